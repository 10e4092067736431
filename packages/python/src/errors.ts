import { MailtideError } from '@mailtide/contracts'
import type { Place } from './values/raised.ts'

/** The text is no Python, or Python that this parser does not take. */
export function syntaxRefused(message: string, place: Place): MailtideError {
  return new MailtideError('python/syntax-error', `SyntaxError: ${message} (${describePlace(place)})`, {
    scope: 'run',
    hint: 'Correct the Python expression.',
  })
}

/** Python that mailtide cannot evaluate by itself. */
export function unsupported(what: string, place: Place | undefined, hint: string | undefined): MailtideError {
  return new MailtideError('python/unsupported', `mailtide cannot evaluate ${what}${inPlace(place)}`, {
    scope: 'run',
    hint: hint ?? 'Say it another way, or install python3.',
  })
}

/** The program raised an exception and nothing in it caught it. */
export function exceptionEscaped(description: string, places: readonly Place[]): MailtideError {
  const where = places.length === 0 ? '' : ` (${places.map(describePlace).join(', from ')})`
  return new MailtideError('python/exception', `${description}${where}`, { scope: 'run' })
}

/** The evaluation took more than it may. */
export function limitReached(what: string, place: Place | undefined): MailtideError {
  return new MailtideError('python/limit', `the Python code ${what}${inPlace(place)}`, {
    scope: 'run',
    hint: 'Make the expression simpler.',
  })
}

/** Something that is no value of this interpreter was handed in, or a value has no JavaScript form. */
export function notConvertible(what: string): MailtideError {
  return new MailtideError('python/not-convertible', `${what} has no plain form`, { scope: 'run' })
}

function inPlace(place: Place | undefined): string {
  return place === undefined ? '' : ` (${describePlace(place)})`
}

/** `file:line:column`, in the file that the text stands in. */
function describePlace({ source, at }: Place): string {
  const before = source.text.slice(0, at)
  const row = before.split('\n').length - 1
  const { file, line = 1, lines, columns } = source.origin
  const column = at - before.lastIndexOf('\n') + (columns?.[row] ?? 1) - 1
  return `${file}:${lines?.[row] ?? line + row}:${column}`
}
