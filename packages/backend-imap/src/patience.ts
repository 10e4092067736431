import { MailtideError } from '@mailtide/contracts'
import { isBusyCode, serverResting } from './errors.ts'
import type { ServerHabits } from './server-habits.ts'
import { parseStatus } from './status-text.ts'

/** Keeps an account quiet for as long as its server asks for it. */
export interface Patience {
  /** Hears a status response: how many milliseconds of quiet it asks for, if it does. */
  hear(response: string): number | undefined
  /** Waits until the server may be asked again. Throws `imap/throttled` at once where that would take too long. */
  pass(signal: AbortSignal): Promise<void>
  /**
   * Waits before the same is asked once more that may have been put off for a reason of its own (RFC 5530, 3), while all
   * else goes on; false, and at once, where too much time went by so already.
   */
  rest(milliseconds: number, signal: AbortSignal): Promise<boolean>
  /** How often quiet was asked for. */
  readonly asked: number
  /**
   * After an attempt has failed that began when quiet had been asked for `since` times, and which had no effect: waits, and
   * answers whether to begin anew. `tries` were before it.
   */
  again(
    error: unknown,
    before: { readonly since: number; readonly tries: number },
    signal: AbortSignal,
  ): Promise<boolean>
  /** Does work, and does it again once the server may be asked again, if it put it off. It has to be safe to do anew. */
  patiently<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>
}

/** What patience is made of. */
export interface PatienceSetting {
  readonly host: string
  habits(): ServerHabits
  now(): number
  wait(milliseconds: number, signal: AbortSignal): Promise<void>
  /** Told once of each pause. */
  readonly paused?: ((until: Date) => void) | undefined
}

const minute = 60_000
/** The longest that is waited for, once and in all. */
const longest = { once: 15 * minute, total: 45 * minute, apart: 5 * minute }
/** How often work is done again that may have been put off for a reason of its own. */
const secondChances = 2
/** What several commands in flight are told at the same time is one pause. */
const sameTime = 2000

/** Makes the patience of one account. */
export function createPatience({ host, habits, now, wait, paused }: PatienceSetting): Patience {
  let until = 0
  let told = 0
  let spent = 0
  let spentApart = 0
  let isSlowed = false
  let heard = 0
  let last = 0
  return {
    get asked() {
      return heard
    },
    hear,
    pass,
    rest,
    again,
    patiently,
  }

  function hear(response: string): number | undefined {
    const asked = habits().backoff?.(response)
    if (asked === undefined) return undefined
    heard++
    last = asked
    if (isAboutJustThis(response)) return asked
    const resume = now() + asked
    if (resume <= until) return asked
    // Gmail says THROTTLED of what it has done, again and again: that is a pace, and no refusal.
    const isPace = /^\s*OK\b/i.test(response)
    if (!isPace) spent += resume - Math.max(until, now())
    until = resume
    if (resume - told > sameTime && !(isPace && isSlowed) && isBearable()) paused?.(new Date(resume))
    told = Math.max(told, resume)
    isSlowed ||= isPace
    return asked
  }

  function isBearable(): boolean {
    return until - now() <= longest.once && spent <= longest.total
  }

  async function pass(signal: AbortSignal): Promise<void> {
    while (until > 0 && until > now()) {
      signal.throwIfAborted()
      if (!isBearable()) throw serverResting(host, new Date(until))
      const waitedFor = until
      await wait(waitedFor - now(), signal)
      // Whoever hands in waits may have another clock.
      if (until === waitedFor) until = 0
    }
  }

  async function rest(milliseconds: number, signal: AbortSignal): Promise<boolean> {
    spentApart += milliseconds
    if (spentApart > longest.apart) return false
    paused?.(new Date(now() + milliseconds))
    await wait(milliseconds, signal)
    return true
  }

  async function patiently<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      await pass(signal)
      const since = heard
      try {
        return await work()
      } catch (error) {
        signal.throwIfAborted()
        if (!(await again(error, { since, tries }, signal))) throw error
      }
    }
  }

  async function again(
    error: unknown,
    { since, tries }: { readonly since: number; readonly tries: number },
    signal: AbortSignal,
  ): Promise<boolean> {
    if (!(error instanceof MailtideError)) return false
    if (error.code === 'imap/throttled') {
      await pass(signal)
      return heard > since
    }
    if (tries >= secondChances) return false
    if (error.code === 'imap/busy') return rest(last, signal)
    const { cause } = error
    const isMomentary = error.code === 'imap/login-refused' && error.retryable && cause instanceof Error
    if (!isMomentary || hear(cause.message) === undefined) return false
    return isAboutJustThis(cause.message) ? rest(last, signal) : true
  }
}

function isAboutJustThis(response: string): boolean {
  const status = parseStatus(response, 0)
  return status !== undefined && isBusyCode(status.code)
}
