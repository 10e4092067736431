import { isAlphanumeric, isAsciiLetter, isDecimal, isSpace } from '../values/unicode.ts'
import { sameAsciiLetters, sameLetters } from './letter-classes.ts'
import { type Category, flag, type SetItem } from './nodes.ts'

/** Whether one character, by its code point, fits. */
export type PointTest = (point: number) => boolean

/** `\w` */
export function isWord(point: number, ascii: boolean): boolean {
  if (point === 95) return true
  if (ascii) return (point >= 48 && point <= 57) || isAsciiLetter(point)
  return isAlphanumeric(point)
}

function fitsCategory(category: Category, point: number, ascii: boolean): boolean {
  switch (category) {
    case 'd':
      return ascii ? point >= 48 && point <= 57 : isDecimal(point)
    case 's':
      return ascii ? (point >= 9 && point <= 13) || point === 32 : isSpace(point)
    case 'w':
      return isWord(point, ascii)
    case 'D':
      return !fitsCategory('d', point, ascii)
    case 'S':
      return !fitsCategory('s', point, ascii)
    case 'W':
      return !fitsCategory('w', point, ascii)
  }
}

/** Whether flags ask for the letters of ASCII only; bytes know no others. */
export function isAscii(flags: number, isBytes: boolean): boolean {
  return isBytes || (flags & flag.ascii) !== 0
}

/** The code points that a character of the expression fits, by the flags. */
export function lettersOf(point: number, flags: number, isBytes: boolean): readonly number[] {
  if (!(flags & flag.ignoreCase)) return [point]
  return isAscii(flags, isBytes) ? sameAsciiLetters(point) : sameLetters(point)
}

/** A test for a set in brackets. The answers for ASCII are worked out beforehand. */
export function setTest(items: readonly SetItem[], negated: boolean, flags: number, isBytes: boolean): PointTest {
  const ascii = isAscii(flags, isBytes)
  const fitsPlainly = (point: number) =>
    items.some((item) =>
      item.kind === 'range' ? point >= item.low && point <= item.high : fitsCategory(item.category, point, ascii),
    )
  const fits = (point: number) => lettersOf(point, flags, isBytes).some(fitsPlainly) !== negated
  const known = Uint8Array.from({ length: 128 }, (_, point) => (fits(point) ? 1 : 0))
  return (point) => (point < 128 ? known[point] === 1 : fits(point))
}
