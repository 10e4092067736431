import { decodeWords, restoreKept } from './encoded-words.ts'
import { invalidHeaderName } from './errors.ts'
import { formatLabels, isPartedBySpaces } from './format-labels.ts'
import { fieldText, type HeaderField, headerFields, isBlank } from './header-fields.ts'
import { withoutFields } from './without-headers.ts'

/** The labels in all headers of this name: sorted, each once. */
export function readLabels(head: Uint8Array, headerName: string): string[] {
  const split = isPartedBySpaces(headerName) ? splitAtBlanks : splitAtCommas
  const texts = labelFields(head, headerName).map((field) => decodeWords(fieldText(head, field)))
  return sortedOnce(texts.flatMap(split).map(restoreKept))
}

/**
 * The header with exactly these labels: all headers of this name replaced by one, where the first was or else at the
 * top, and by none if there are no labels. Everything else stays octet for octet.
 *
 * A message that begins with a blank and has no line end has no place for a header, and stays as it is.
 */
export function withLabels(head: Uint8Array, headerName: string, labels: Iterable<string>): Uint8Array {
  const fields = labelFields(head, headerName)
  const sorted = sortedOnce(labels)
  const place = fields[0]?.start ?? topOf(head)
  if (sorted.length === 0 || place === undefined) return withoutFields(head, fields)
  const field = Buffer.from(formatLabels(headerName, sorted, lineEndOf(head)), 'latin1')
  // The first of the fields begins at this place, so that nothing before it is cut.
  const rest = withoutFields(head, fields).subarray(place)
  return Buffer.concat([head.subarray(0, place), field, rest])
}

function labelFields(head: Uint8Array, headerName: string): HeaderField[] {
  if (!/^[\x21-\x39\x3b-\x7e]+$/.test(headerName)) throw invalidHeaderName(headerName)
  const name = headerName.toLowerCase()
  return [...headerFields(head)].filter((field) => field.name === name)
}

function splitAtBlanks(text: string): string[] {
  return text.split(/[ \t]+/)
}

function splitAtCommas(text: string): string[] {
  return text.split(',').map(trimBlanks)
}

// An expression for it would take a time that grows with the square of the blanks, and trim() takes more than blanks.
function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (isBlank(text.charCodeAt(start))) start++
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

function sortedOnce(labels: Iterable<string>): string[] {
  const each = new Set([...labels].map((label) => label.toWellFormed()))
  each.delete('')
  return [...each].sort()
}

/**
 * Where a header can be put before all others: behind the `From ` line of an mbox, which is only known as such in the
 * first place, and behind a line that would else be read as the continuation of it.
 */
function topOf(head: Uint8Array): number | undefined {
  const isContinuation = isBlank(head[0])
  const isEnvelope = /^>?From /.test(Buffer.from(head.subarray(0, 6)).toString('latin1'))
  if (!isContinuation && !isEnvelope) return 0
  const end = headerFields(head).next().value?.end ?? 0
  if (head[end - 1] === 10) return end
  return isContinuation ? undefined : 0
}

function lineEndOf(head: Uint8Array): string {
  const lf = head.indexOf(10)
  return lf > 0 && head[lf - 1] !== 13 ? '\n' : '\r\n'
}
