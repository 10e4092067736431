/** A run of message numbers or UIDs; `Infinity` stands for `*`. The ends may come in either order. */
export interface NumberRange {
  readonly from: number
  readonly to: number
}

/** A sequence set (RFC 3501, 9) as it was written. */
export type SequenceSet = readonly NumberRange[]

/** Reads `1:3,7,9:*`; undefined if it is none. */
export function parseSequenceSet(text: string): SequenceSet | undefined {
  const ranges: NumberRange[] = []
  for (const part of text.split(',')) {
    const match = /^(\*|[1-9]\d*)(?::(\*|[1-9]\d*))?$/.exec(part)
    if (!match) return undefined
    const from = parseNumber(match[1]!)
    ranges.push({ from, to: match[2] === undefined ? from : parseNumber(match[2]) })
  }
  return ranges
}

/** The runs with their ends in order and `*` replaced, sorted, none touching another. */
export function resolveSequenceSet(set: SequenceSet, last: number): NumberRange[] {
  const number = (end: number) => (end === Infinity ? last : end)
  const ordered = set
    .map(({ from, to }) => ({ from: Math.min(number(from), number(to)), to: Math.max(number(from), number(to)) }))
    .sort((a, b) => a.from - b.from)
  const merged: NumberRange[] = []
  for (const range of ordered) {
    const before = merged.at(-1)
    if (before && range.from <= before.to + 1) {
      merged[merged.length - 1] = { from: before.from, to: Math.max(before.to, range.to) }
    } else {
      merged.push(range)
    }
  }
  return merged
}

/** Whether a number is in resolved runs. */
export function isInRanges(ranges: readonly NumberRange[], number: number): boolean {
  let low = 0
  let high = ranges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const range = ranges[middle]!
    if (number < range.from) high = middle - 1
    else if (number > range.to) low = middle + 1
    else return true
  }
  return false
}

/** Writes ascending numbers as short as can be: `1:3,7`. */
export function formatSequenceSet(numbers: readonly number[]): string {
  const parts: string[] = []
  for (let start = 0; start < numbers.length; ) {
    let end = start
    while (end + 1 < numbers.length && numbers[end + 1] === numbers[end]! + 1) end++
    parts.push(end === start ? `${numbers[start]}` : `${numbers[start]}:${numbers[end]}`)
    start = end + 1
  }
  return parts.join(',')
}

function parseNumber(text: string): number {
  return text === '*' ? Infinity : Number(text)
}
