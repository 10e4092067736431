import { MailtideError } from '@mailtide/contracts'
import type { Python } from '../src/index.ts'
import type { Outcome } from './python3.ts'

/** What mailtide makes of an expression: an outcome as Python has it, or why it declined. */
export function outcomeOf(python: Python, expression: string): Outcome | { readonly declined: string } {
  try {
    return { value: python.describe(python.evaluate(expression, { file: 'rc' })) }
  } catch (error) {
    if (!(error instanceof MailtideError)) throw new Error(`crashed on ${expression}`, { cause: error })
    if (error.code === 'python/exception' || error.code === 'python/syntax-error') {
      return { exception: /^\w+/.exec(error.message)?.[0] ?? '' }
    }
    return { declined: error.message }
  }
}
