import { describe, expect, it } from 'vitest'
import { backoffOf } from './backoff.ts'
import { profiles } from './profiles.ts'

describe('backoffOf', () => {
  it.each([
    ['NO Request is throttled. Suggested Backoff Time: 299123 milliseconds', 299_123],
    ['BAD Request is throttled. Suggested Backoff Time: 12 milliseconds', 12],
    ['* BYE [ALERT] request is THROTTLED. suggested backoff time: 0 milliseconds', 0],
    ['NO Request is throttled. Suggested Backoff Time: 99999999999999999999 milliseconds', 86_400_000],
    ['NO Request is throttled.', 300_000],
    ['* NO [ALERT] Too many simultaneous connections. (Failure)', 60_000],
    ['* BYE [ALERT] Account exceeded command or bandwidth limits. (Failure)', 900_000],
    ['OK [THROTTLED] FETCH completed', 10_000],
    ['NO [UNAVAILABLE] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)', 60_000],
    ['NO [UNAVAILABLE] Temporary authentication failure', 30_000],
    ['NO [INUSE] Mailbox is in use', 10_000],
    ['NO Too many requests, slow down', 60_000],
    ['BAD User is authenticated but not connected.', 30_000],
  ])('%s', (text, milliseconds) => {
    expect(backoffOf(text)).toBe(milliseconds)
  })

  it.each([
    'OK FETCH completed',
    'NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)',
    'NO [OVERQUOTA] Mailbox is full',
    'NO SELECT Unsafe Login. Please contact kefu@188.com for help',
    '',
  ])('does not wait for: %s', (text) => {
    expect(backoffOf(text)).toBeUndefined()
  })

  it('prefers what is known of this kind of server', () => {
    const yahoo = profiles.find(({ name }) => name === 'yahoo')
    const text = 'NO [UNAVAILABLE] UID FETCH Server error while fetching messages'
    expect([backoffOf(text), backoffOf(text, yahoo)]).toEqual([30_000, 1000])
    expect(backoffOf('NO [UNAVAILABLE] SELECT', yahoo)).toBe(30_000)
  })
})
