import type { Expression } from '@mailtide/config'
import { MailtideError } from '@mailtide/contracts'
import { exceptionClass } from '../python/exception-class.ts'

/** What failed while a configuration was evaluated. */
export interface Failures {
  /** Undefined, and noted, if the work fails. */
  catching<Result>(expression: Expression, work: () => Promise<Result>): Promise<Result | undefined>
  /** The class of a Python exception; of anything else the error's code, after it was reported. */
  classOf(thrown: unknown): string
  bySection(): Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** Creates the notes. `report` is told what is no exception of Python: a program or a module that is missing. */
export function createFailures(report: (failure: unknown) => void): Failures {
  const noted: Record<string, Record<string, string>> = {}
  function classOf(thrown: unknown): string {
    const found = exceptionClass(thrown)
    if (found !== undefined) return found
    report(thrown)
    return thrown instanceof MailtideError ? thrown.code : 'unexpected'
  }
  return {
    async catching({ section, option }, work) {
      try {
        return await work()
      } catch (thrown) {
        noted[section] = { ...noted[section], [option]: classOf(thrown) }
        return undefined
      }
    },
    classOf,
    bySection: () => noted,
  }
}
