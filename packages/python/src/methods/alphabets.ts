import { isSpace } from '../values/unicode.ts'
import type { Alphabet } from './text-parts.ts'

/** Blanks and line ends of str. */
export const unicodeAlphabet: Alphabet = {
  isSpace,
  lineEnd: /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g,
}

/** Blanks and line ends of bytes. */
export const asciiAlphabet: Alphabet = {
  isSpace: (point) => (point >= 9 && point <= 13) || point === 32,
  lineEnd: /\r\n|[\n\r]/g,
}
