import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Session } from './session.ts'
import { createShelf, type UnusedConnections } from './shelf.ts'

/** As much of a session as a shelf looks at. */
function session(folder?: string) {
  const noops: number[] = []
  let failure: Error | undefined
  const made = {
    connection: {
      get failure() {
        return failure
      },
      destroy(error: Error) {
        failure = error
      },
    },
    selected: folder === undefined ? undefined : { name: folder },
    refresh: async () => void noops.push(Date.now()),
  } as unknown as Session
  return { made, noops }
}

function shelf(care: UnusedConnections) {
  const out: Session[] = []
  return { out, ...createShelf({ host: 'x', care, now: Date.now, logOut: (left) => out.push(left) }) }
}

describe('a shelf of connections', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 0 })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('hands out what has the folder selected, else anything that works', () => {
    const { put, take } = shelf({})
    const [a, b, broken] = [session('A').made, session('B').made, session('C').made]
    for (const each of [broken, a, b]) put(each)
    broken.connection.destroy(new Error('gone'))
    expect([take('B'), take('C'), take('C')]).toEqual([b, a, undefined])
  })

  it('keeps what nobody uses for as long as told', () => {
    const { put, take, out } = shelf({ restAfter: 30 })
    const { made } = session()
    put(made)
    vi.advanceTimersByTime(20_000)
    expect(take(undefined)).toBe(made)
    put(made)
    vi.advanceTimersByTime(35_000)
    expect(out).toEqual([made])
    expect(take(undefined)).toBeUndefined()
  })

  it('keeps what nobody uses alive', () => {
    const { put, take } = shelf({ keepAlive: 60 })
    const { made, noops } = session()
    put(made)
    vi.advanceTimersByTime(200_000)
    expect(noops).toEqual([60_000, 120_000, 180_000])
    expect(take(undefined)).toBe(made)
  })

  it('trusts nothing that the machine slept over', () => {
    const { put, take } = shelf({ keepAlive: 60 })
    const { made } = session()
    put(made)
    vi.setSystemTime(3_600_000)
    expect(take(undefined)).toBeUndefined()
    expect(made.connection.failure).toMatchObject({ code: 'imap/connection-lost' })
  })
})
