import { positionals } from '../values/args.ts'
import { isCased } from '../values/letter-case.ts'
import { isAlphanumeric, isDecimal, isDigit, isNumeric, isPrintable, isSpace } from '../values/unicode.ts'
import type { Method } from './table.ts'

/** The methods of str that answer whether it is of some kind. */
export const strTests: Readonly<Record<string, Method<string>>> = {
  isalnum: each('isalnum', (character) => isAlphanumeric(character.codePointAt(0) ?? 0)),
  isalpha: each('isalpha', (character) => /\p{L}/u.test(character)),
  isascii: test('isascii', (text) => /^[\x00-\x7f]*$/.test(text)),
  isdecimal: each('isdecimal', (character) => isDecimal(character.codePointAt(0) ?? 0)),
  isdigit: each('isdigit', isDigit),
  isidentifier: test('isidentifier', (text) => /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(text)),
  islower: test('islower', (text) => /\p{Lowercase}/u.test(text) && !/[\p{Uppercase}\p{Lt}]/u.test(text)),
  isnumeric: each('isnumeric', isNumeric),
  isprintable: test('isprintable', (text) => Array.from(text).every(isPrintable)),
  isspace: each('isspace', (character) => isSpace(character.codePointAt(0) ?? 0)),
  istitle: test('istitle', isTitle),
  isupper: test('isupper', (text) => /\p{Uppercase}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text)),
}

function test(name: string, holds: (text: string) => boolean): Method<string> {
  return (runtime, self, args) => {
    positionals(name, args, 0)
    runtime.spend(self.length >> 4)
    return holds(self)
  }
}

function each(name: string, holds: (character: string) => boolean): Method<string> {
  return test(name, (text) => text !== '' && Array.from(text).every(holds))
}

function isTitle(text: string): boolean {
  let inWord = false
  let isTitled = false
  for (const character of text) {
    if (/[\p{Uppercase}\p{Lt}]/u.test(character) && inWord) return false
    if (/\p{Lowercase}/u.test(character) && !inWord) return false
    inWord = isCased(character)
    isTitled ||= inWord
  }
  return isTitled
}
