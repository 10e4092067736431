import type { Expression } from '@mailtide/config'
import { asMailtideError, MailtideError } from '@mailtide/contracts'
import { placeOfExpression } from '../python/evaluator.ts'

/** A rule in plain words cannot be read. */
export function ruleUnreadable(expression: Expression, cause: unknown): MailtideError {
  const { message, hint } = asMailtideError(cause, 'account')
  return new MailtideError('cli/rule-unreadable', `${placeOfExpression(expression)}: ${message}`, {
    scope: 'account',
    ...(hint === undefined ? {} : { hint }),
    cause,
  })
}

/** A filter stands where names are to be translated, or the other way round. */
export function ruleMisplaced(expression: Expression): MailtideError {
  const hint =
    expression.option === 'nametrans'
      ? 'include: and exclude: belong in folderfilter.'
      : 'strip-prefix:, prefix: and map: belong in nametrans.'
  return new MailtideError('cli/rule-misplaced', `${placeOfExpression(expression)} holds a rule for something else`, {
    scope: 'account',
    hint,
  })
}
