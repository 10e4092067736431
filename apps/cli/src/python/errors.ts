import type { Expression } from '@mailtide/config'
import { asMailtideError, MailtideError } from '@mailtide/contracts'
import type { HostValue } from '@mailtide/python-host'
import { reasonOf } from '../errors.ts'
import { placeOfExpression } from './evaluator.ts'

/** An expression was to be evaluated under `--python off`. */
export function pythonIsOff(expression: Expression): MailtideError {
  return new MailtideError('cli/python-off', `${placeOfExpression(expression)} is Python, which --python off forbids`, {
    scope: 'account',
    hint: 'Say it in plain words, or leave --python off away.',
  })
}

/** An expression came out as something else than its option wants. Says of the value only what it is. */
export function wrongValue(expression: Expression, wanted: string, value: HostValue, asked?: string): MailtideError {
  const answered = asked === undefined ? 'is' : `answers for ${JSON.stringify(asked)}`
  const message = `${placeOfExpression(expression)} ${answered} ${typeNameOf(value)}, not ${wanted}`
  return new MailtideError('cli/wrong-value', message, { scope: 'account' })
}

/** What Python calls the type of a value. */
function typeNameOf(value: HostValue): string {
  if (value === null) return 'None'
  if (typeof value === 'string') return value === '' ? 'an empty str' : 'a str'
  if (typeof value === 'boolean') return 'a bool'
  if (typeof value === 'number' || typeof value === 'bigint') return 'a number'
  if (value instanceof Uint8Array) return 'bytes'
  if (Array.isArray(value)) return 'a list'
  if (value instanceof Map) return 'a dict'
  return 'kind' in value && value.kind === 'object' ? `of type ${value.type}` : 'a function'
}

/** The pythonfile is not there, or cannot be read. */
export function pythonFileUnreadable(file: string, cause: unknown): MailtideError {
  return new MailtideError('cli/pythonfile-unreadable', `the pythonfile ${file} cannot be read: ${reasonOf(cause)}`, {
    scope: 'account',
    hint: 'Correct pythonfile in [general], or delete it if nothing needs it any more.',
    cause,
  })
}

/** The pythonfile was not executed to its end. The cause is the interpreter's error, which names the line. */
export function pythonFileFailed(file: string, cause: unknown): MailtideError {
  const { message, hint } = asMailtideError(cause, 'account')
  return new MailtideError('cli/pythonfile-failed', `the pythonfile ${file} does not load: ${message}`, {
    scope: 'account',
    ...(hint === undefined ? {} : { hint }),
    cause,
  })
}
