import { MailtideError } from '@mailtide/contracts'
import { serverResting } from './errors.ts'
import type { ServerHabits } from './server-habits.ts'

/** Keeps an account quiet for as long as its server asks for it. */
export interface Patience {
  /** Hears a status response: how many milliseconds of quiet it asks for, if it does. */
  hear(response: string): number | undefined
  /** Waits until the server may be asked again. Throws `imap/throttled` at once where that would take too long. */
  pass(signal: AbortSignal): Promise<void>
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
const longest = { once: 15 * minute, total: 45 * minute }
/** How often work is done again that may have been put off for a reason of its own. */
const secondChances = 2
/** What several commands in flight are told at the same time is one pause. */
const sameTime = 2000

/** Makes the patience of one account. */
export function createPatience({ host, habits, now, wait, paused }: PatienceSetting): Patience {
  let until = 0
  let told = 0
  let spent = 0
  let isSlowed = false
  let heard = 0
  return { hear, pass, patiently }

  function hear(response: string): number | undefined {
    const asked = habits().backoff?.(response)
    if (asked === undefined) return undefined
    heard++
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

  async function patiently<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      await pass(signal)
      const before = heard
      try {
        return await work()
      } catch (error) {
        signal.throwIfAborted()
        if (!(error instanceof MailtideError) || !isPutOff(error, tries, heard > before)) throw error
      }
    }
  }

  function isPutOff({ code, retryable, cause }: MailtideError, tries: number, wasAsked: boolean): boolean {
    if (code === 'imap/throttled') return wasAsked
    if (tries >= secondChances) return false
    if (code === 'imap/busy') return wasAsked
    return code === 'imap/login-refused' && retryable && cause instanceof Error && hear(cause.message) !== undefined
  }
}
