import { MailtideError } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { refused } from './errors.ts'
import { createPatience } from './patience.ts'
import { parseStatus } from './status-text.ts'

const { signal } = new AbortController()
const minute = 60_000

/** A patience whose clock goes on by what is waited for; `NO wait 5000` asks for five seconds. */
function start() {
  let time = 1_000_000_000_000
  const waits: number[] = []
  const told: number[] = []
  const patience = createPatience({
    host: 'example.org',
    habits: () => ({
      backoff: (response) => {
        const asked = /wait (\d+)/.exec(response)?.[1]
        return asked === undefined ? undefined : Number(asked)
      },
    }),
    now: () => time,
    async wait(milliseconds, waiting) {
      waiting.throwIfAborted()
      waits.push(milliseconds)
      time += milliseconds
    },
    paused: (until) => told.push(until.getTime() - 1_000_000_000_000),
  })
  const refuse = (response: string) => {
    const pause = patience.hear(response)
    throw refused('it', { ...parseStatus(response, 0)!, ...(pause !== undefined && { pause }) }, 'folder')
  }
  return { patience, waits, told, refuse }
}

describe('patience', () => {
  it('takes work up again when the server may be asked again, and tells of each pause once', async () => {
    const { patience, waits, told, refuse } = start()
    let tries = 0
    const work = async () => (++tries < 4 ? refuse(`NO throttled, wait ${tries * 10_000}`) : 'done')
    expect(await patience.patiently(signal, work)).toBe('done')
    expect([waits, told]).toEqual([
      [10_000, 20_000, 30_000],
      [10_000, 30_000, 60_000],
    ])
  })

  it('keeps all that is asked of the account waiting', async () => {
    const { patience, waits, told } = start()
    for (let count = 0; count < 3; count++) patience.hear('NO wait 5000')
    await patience.pass(signal)
    await patience.pass(signal)
    expect([waits, told]).toEqual([[5000], [5000]])
  })

  it('waits for no pause that is too long, and says when it ends', async () => {
    const { patience, waits, told } = start()
    patience.hear(`BYE wait ${16 * minute}`)
    await expect(patience.pass(signal)).rejects.toMatchObject({
      code: 'imap/throttled',
      retryable: true,
      message: expect.stringMatching(/^example\.org asks for patience: it resumes at \d\d:\d\d$/),
    })
    expect([waits, told]).toEqual([[], []])
  })

  it('ends when all pauses together are too long', async () => {
    const { patience, waits, refuse } = start()
    const work = async () => refuse(`NO throttled, wait ${14 * minute}`)
    await expect(patience.patiently(signal, work)).rejects.toMatchObject({ code: 'imap/throttled' })
    expect(waits).toHaveLength(3)
  })

  it('gives up soon what may have been put off for a reason of its own', async () => {
    const { patience, waits, refuse } = start()
    let tries = 0
    const work = async () => {
      tries++
      refuse('NO [INUSE] wait 5000')
    }
    await expect(patience.patiently(signal, work)).rejects.toMatchObject({ code: 'imap/busy', scope: 'folder' })
    expect([tries, waits.length]).toEqual([3, 2])
  })

  it('lets all else go on meanwhile, and bears only so much of that', async () => {
    const { patience, waits } = start()
    patience.hear('NO [UNAVAILABLE] wait 5000')
    await patience.pass(signal)
    expect(waits).toEqual([])
    expect(await patience.rest(4 * minute, signal)).toBe(true)
    expect(await patience.rest(2 * minute, signal)).toBe(false)
    expect(waits).toEqual([4 * minute])
  })

  it('slows down for as long as the server is merely slow, and tells of that once', async () => {
    const { patience, waits, told } = start()
    for (let count = 0; count < 400; count++) {
      patience.hear('OK [THROTTLED] done, wait 10000')
      await patience.pass(signal)
    }
    expect([waits.length, told]).toEqual([400, [10_000]])
  })

  it('does nothing again that failed for another reason, or without a word about waiting', async () => {
    const { patience, waits, refuse } = start()
    for (const response of ['NO throttled', 'NO no such folder', 'BAD what?']) {
      await expect(patience.patiently(signal, async () => refuse(response))).rejects.toBeInstanceOf(MailtideError)
    }
    expect(waits).toEqual([])
  })

  it('waits for a login that was refused for the moment only', async () => {
    const { patience, waits } = start()
    let tries = 0
    const login = async () => {
      if (++tries === 3) return 'in'
      const cause = new Error('NO [LIMIT] too many, wait 5000')
      throw new MailtideError('imap/login-refused', 'refused', { scope: 'account', retryable: true, cause })
    }
    expect(await patience.patiently(signal, login)).toBe('in')
    expect(waits).toEqual([5000, 5000])
  })

  it('ends with the signal', async () => {
    const { patience } = start()
    const ending = new AbortController()
    patience.hear('NO wait 5000')
    ending.abort(new Error('enough'))
    await expect(patience.pass(ending.signal)).rejects.toThrow('enough')
  })
})
