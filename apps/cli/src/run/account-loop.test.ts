import type { AccountConfig } from '@mailtide/config'
import { MailtideError } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import type { RunFlags } from '../arguments.ts'
import type { Line } from '../lines/line.ts'
import { runAccount, sleep } from './account-loop.ts'
import type { Gate } from './gate.ts'
import type { RunSignals } from './signals.ts'
import type { RoundResult } from './sync-once.ts'

const fine: RoundResult = { failures: 0, refusals: 0, held: { deletions: 0, epochs: 0 } }
const stoppedBy = (retryable: boolean): RoundResult => ({
  ...fine,
  failures: 1,
  stoppedBy: new MailtideError('x', 'x', { scope: 'account', retryable }),
})

interface Scene {
  readonly autorefresh?: number
  readonly quick?: number
  readonly flags?: Partial<RunFlags>
  /** Results of the rounds; the run is told to end after the last. */
  readonly rounds: readonly RoundResult[]
  /** How each sleep ends. */
  readonly sleeps?: readonly ('over' | 'woken')[]
  /** The run is told to end while the account waits for its turn. */
  readonly endsWhileWaiting?: boolean
}

async function play({ autorefresh = 0, quick = 0, flags = {}, rounds, sleeps = [], endsWhileWaiting = false }: Scene) {
  const ending = new AbortController()
  const signals: RunSignals = {
    stop: new AbortController().signal,
    ending: ending.signal,
    onWake: () => () => undefined,
    close: () => undefined,
  }
  const quicks: boolean[] = []
  const slept: number[] = []
  const lines: string[] = []
  const account = { name: 'home', autorefresh, quick, local: {}, remote: {} } as AccountConfig
  const output = {
    show: ({ text }: Line) => lines.push(text),
    tell: (_: unknown, told: readonly Line[] = []) => lines.push(...told.map(({ text }) => text)),
    prompt: undefined,
    onWake: () => () => undefined,
    sendToSyslog: () => undefined,
    logTo: () => undefined,
    close: () => undefined,
  }
  const run = {
    account,
    flags: { once: false, quick: false, ...flags } as RunFlags,
    output,
    signals,
    general: {} as never,
    evaluator: {} as never,
    rules: {} as never,
    servers: {},
    logins: {} as never,
    prompt: undefined,
    warnOfSimilar: () => undefined,
  }
  const waiting: Gate = {
    async pass(work) {
      if (endsWhileWaiting) ending.abort()
      return work()
    },
  }
  const outcome = await runAccount(run, waiting, {
    async syncOnce(_, isQuick) {
      quicks.push(isQuick)
      if (quicks.length === rounds.length) ending.abort()
      return rounds[quicks.length - 1] ?? fine
    },
    async sleep(milliseconds) {
      slept.push(milliseconds)
      return sleeps[slept.length - 1] ?? 'over'
    },
  })
  return { outcome, quicks, slept, lines }
}

describe('runAccount', () => {
  it('syncs once without autorefresh', async () => {
    const { quicks, slept } = await play({ quick: 3, rounds: [fine, fine] })
    expect(quicks).toEqual([false])
    expect(slept).toEqual([])
  })

  it('syncs once with -o, whatever autorefresh says', async () => {
    const { quicks } = await play({ autorefresh: 5, flags: { once: true }, rounds: [fine, fine] })
    expect(quicks).toHaveLength(1)
  })

  it('sleeps between syncs until the run ends', async () => {
    const { slept, lines } = await play({ autorefresh: 0.5, rounds: [fine, fine, fine] })
    expect(slept).toEqual([30_000, 30_000])
    expect(lines).toEqual(['Next refresh in 0.5 minutes', 'Next refresh in 0.5 minutes'])
  })

  it.each([
    { why: 'never', quick: 0, quicks: [false, false, false, false] },
    { why: 'always', quick: -1, quicks: [true, true, true, true] },
    { why: 'two after each full one', quick: 2, quicks: [false, true, true, false] },
    { why: 'always, by -q', quick: 2, flags: { quick: true }, quicks: [true, true, true, true] },
  ])('is quick: $why', async ({ quick, flags = {}, quicks }) => {
    expect((await play({ autorefresh: 1, quick, flags, rounds: [fine, fine, fine, fine] })).quicks).toEqual(quicks)
  })

  it('begins with a full sync when woken', async () => {
    const scene = { autorefresh: 1, quick: 5, rounds: [fine, fine, fine], sleeps: ['over', 'woken'] as const }
    expect((await play(scene)).quicks).toEqual([false, true, false])
  })

  it('goes on as long as waiting may help', async () => {
    const away = stoppedBy(true)
    const { quicks, outcome } = await play({ autorefresh: 1, rounds: [fine, away, away, away, away, fine] })
    expect(quicks).toHaveLength(6)
    expect(outcome.failures).toBe(4)
  })

  it('begins nothing when the run ended while it waited for its turn', async () => {
    expect((await play({ rounds: [fine], endsWhileWaiting: true })).quicks).toEqual([])
  })

  it('gives an account up after three failures that waiting does not mend', async () => {
    const refused = stoppedBy(false)
    const { quicks } = await play({ autorefresh: 1, rounds: [refused, fine, refused, refused, refused, fine] })
    expect(quicks).toHaveLength(5)
  })
})

describe('sleep', () => {
  function signalsFor() {
    const ending = new AbortController()
    const wakers: (() => void)[] = []
    const signals: RunSignals = {
      stop: ending.signal,
      ending: ending.signal,
      onWake(callback) {
        wakers.push(callback)
        return () => undefined
      },
      close: () => undefined,
    }
    return { signals, ending, wake: () => wakers[0]?.() }
  }

  it('ends when woken, or when the run ends', async () => {
    const { signals, ending, wake } = signalsFor()
    const first = sleep(60_000, signals)
    wake()
    expect(await first).toBe('woken')
    const second = sleep(60_000, signals)
    ending.abort()
    expect(await second).toBe('over')
  })

  it('does not begin when the run has ended', async () => {
    const { signals, ending } = signalsFor()
    ending.abort()
    expect(await sleep(60_000, signals)).toBe('over')
  })

  it('ends when the time is over', async () => {
    expect(await sleep(0, signalsFor().signals)).toBe('over')
  })
})
