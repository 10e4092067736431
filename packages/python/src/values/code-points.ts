// Python counts a str in code points. Texts without surrogates are by far the most, and there both counts agree.
const surrogate = /[\ud800-\udfff]/

/** Whether every character is one UTF-16 unit. */
export function isFlat(text: string): boolean {
  return !surrogate.test(text)
}

/** `len(text)` */
export function lengthOf(text: string): number {
  if (isFlat(text)) return text.length
  let length = 0
  for (const _ of text) length++
  return length
}

/** The code points of a text. */
export function pointsOf(text: string): number[] {
  const points = new Array<number>(text.length)
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit >= 0xd800 && unit <= 0xdfff) return Array.from(text, (character) => character.codePointAt(0) ?? 0)
    points[index] = unit
  }
  return points
}

/** The text of some code points. */
export function textOf(points: readonly number[]): string {
  const parts: string[] = []
  for (let from = 0; from < points.length; from += 4096) {
    parts.push(String.fromCodePoint(...points.slice(from, from + 4096)))
  }
  return parts.join('')
}

/** The characters from one index up to another, both counted in code points and within the text. */
export function part(text: string, from: number, to: number): string {
  return isFlat(text) ? text.slice(from, to) : [...text].slice(from, to).join('')
}

/** The UTF-16 offset of a code point's index. */
export function offsetOf(text: string, index: number): number {
  if (isFlat(text)) return index
  let offset = 0
  for (let left = index; left > 0 && offset < text.length; left--) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1
  }
  return offset
}

/** The index of the code point at a UTF-16 offset. */
export function indexOf(text: string, offset: number): number {
  return isFlat(text) ? offset : lengthOf(text.slice(0, offset))
}

/** Negative, zero or positive, by code points as Python orders them. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  if (isFlat(a) && isFlat(b)) return a < b ? -1 : 1
  const left = pointsOf(a)
  const right = pointsOf(b)
  for (let index = 0; index < left.length && index < right.length; index++) {
    const difference = left[index]! - right[index]!
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
