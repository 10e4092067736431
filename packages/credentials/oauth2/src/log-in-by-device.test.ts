import { type FakeAuthorizationServer, fakeAuthorizationServer, sendJson } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { type DeviceLoginOptions, type DevicePrompt, logInByDevice } from './log-in-by-device.ts'

const { signal } = new AbortController()

/** A login whose time passes only while it waits. */
function begin(server: FakeAuthorizationServer, options: Partial<DeviceLoginOptions> = {}) {
  const waits: number[] = []
  const prompts: DevicePrompt[] = []
  let time = 0
  const { provider, client } = server
  const tokens = logInByDevice(
    {
      account: 'home',
      provider,
      client,
      show: (prompt) => prompts.push(prompt),
      now: () => time,
      async wait(milliseconds) {
        waits.push(milliseconds / 1000)
        time += milliseconds
      },
      ...options,
    },
    signal,
  )
  return { tokens, waits, prompts }
}

describe('logInByDevice', () => {
  it('shows a code, and asks until it was typed in, more slowly when told to', async () => {
    const server = await fakeAuthorizationServer()
    server.devicePatience.push('authorization_pending', 'slow_down', 'authorization_pending')
    const { tokens, waits, prompts } = begin(server)
    expect(server.issued((await tokens).accessToken?.reveal() ?? '')).toBe(true)
    expect(await tokens).toHaveProperty('refreshToken')
    expect(waits).toEqual([5, 5, 10, 10])
    const { origin } = new URL(server.provider.tokenEndpoint)
    expect(prompts).toEqual([
      {
        address: `${origin}/activate`,
        code: 'WDJB-MJHT',
        wholeAddress: `${origin}/activate?code=WDJB-MJHT`,
        expiresAt: new Date(1800_000),
      },
    ])
  })

  it('bears a network that fails for a while', async () => {
    const server = await fakeAuthorizationServer()
    server.misbehaviour.push((response) => response.writeHead(503).end())
    server.misbehaviour.push((response) => response.destroy())
    const { tokens, waits } = begin(server)
    await tokens
    expect(waits).toEqual([5, 10, 20])
  })

  it.each([
    { error: 'access_denied', code: 'credentials/login-denied' },
    { error: 'expired_token', code: 'credentials/login-expired' },
    { error: 'invalid_scope', code: 'credentials/token-refused' },
  ])('ends at $error', async ({ error, code }) => {
    const server = await fakeAuthorizationServer()
    server.devicePatience.push('authorization_pending', error)
    await expect(begin(server).tokens).rejects.toMatchObject({ code })
  })

  it('ends when the code has expired', async () => {
    const server = await fakeAuthorizationServer()
    server.devicePatience.push(...Array.from({ length: 1000 }, () => 'authorization_pending'))
    const { tokens, waits } = begin(server)
    await expect(tokens).rejects.toMatchObject({ code: 'credentials/login-expired' })
    expect(waits).toHaveLength(1800 / 5)
  })

  it('can be stopped while it waits', async () => {
    const server = await fakeAuthorizationServer()
    const stopping = new AbortController()
    const { provider, client } = server
    const show = () => stopping.abort(new Error('enough'))
    await expect(logInByDevice({ account: 'home', provider, client, show }, stopping.signal)).rejects.toMatchObject({
      name: 'AbortError',
      cause: expect.objectContaining({ message: 'enough' }),
    })
  })

  it('does not begin where there is no such thing, or where it is not understood', async () => {
    const server = await fakeAuthorizationServer()
    const { tokenEndpoint, scopes } = server.provider
    await expect(begin(server, { provider: { tokenEndpoint, scopes } }).tokens).rejects.toMatchObject({
      code: 'credentials/flow-missing',
    })
    await expect(begin(server, { client: { id: 'unknown' } }).tokens).rejects.toMatchObject({
      code: 'credentials/client-refused',
    })
  })

  it('shows no device code in an error', async () => {
    const server = await fakeAuthorizationServer()
    server.misbehaviour.push((response) => {
      const said = `no such code: ${server.asked[0]?.get('device_code')}`
      sendJson(response, 400, { error: 'invalid_grant', error_description: said })
    })
    await expect(begin(server).tokens).rejects.toMatchObject({
      message: expect.stringContaining('no such code: [secret]'),
    })
  })
})
