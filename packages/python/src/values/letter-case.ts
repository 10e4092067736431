import { part } from './code-points.ts'

/** `text.lower()`. JavaScript follows the same rules of Unicode, the one for the final sigma included. */
export function lower(text: string): string {
  return text.toLowerCase()
}

/** `text.upper()` */
export function upper(text: string): string {
  return text.toUpperCase()
}

const digraphs: Readonly<Record<string, string>> = { Ǆ: 'ǅ', Ǉ: 'ǈ', Ǌ: 'ǋ', Ǳ: 'ǲ' }

/** A character as the first of a title: `ǆ` becomes `ǅ`, `ﬁ` becomes `Fi`. */
function titleCharacter(character: string): string {
  if (/[\u10d0-\u10ff]/.test(character)) return character
  if (/[\u1f80-\u1faf]/.test(character)) return String.fromCharCode(character.charCodeAt(0) | 8)
  if (/[\u1fb3\u1fc3\u1ff3]/.test(character)) return String.fromCharCode(character.charCodeAt(0) + 9)
  if (/[\u1fbc\u1fcc\u1ffc]/.test(character)) return character
  const capital = character.toUpperCase()
  const digraph = digraphs[capital]
  if (digraph !== undefined) return digraph
  const [first = '', ...rest] = capital
  if (rest.length === 0 || character === 'ŉ') return capital
  // An iota below stays below under the capital.
  return first + rest.join('').toLowerCase().replace('ι', '\u0345')
}

/** `text.capitalize()` */
export function capitalize(text: string): string {
  const first = part(text, 0, 1)
  return first === '' ? '' : titleCharacter(first) + lowerFrom(text, first.length)
}

/** `text.title()`: a letter after anything but a letter begins a word. */
export function title(text: string): string {
  let result = ''
  let inWord = false
  let offset = 0
  for (const character of text) {
    result += inWord ? lowerAt(text, offset, character) : titleCharacter(character)
    inWord = isCased(character)
    offset += character.length
  }
  return result
}

/** `text.swapcase()` */
export function swapCase(text: string): string {
  let result = ''
  let offset = 0
  for (const character of text) {
    if (/\p{Uppercase}/u.test(character)) result += lowerAt(text, offset, character)
    else result += /\p{Lowercase}/u.test(character) ? character.toUpperCase() : character
    offset += character.length
  }
  return result
}

/** `text.casefold()` */
export function caseFold(text: string): string {
  return Array.from(text, (character) => {
    if (/[\u13a0-\u13f5ı]/.test(character)) return character
    if (/[\u13f8-\u13fd\uab70-\uabbf]/.test(character)) return character.toUpperCase()
    return Array.from(character.toLowerCase().toUpperCase(), (letter) => letter.toLowerCase()).join('')
  }).join('')
}

/** Whether a character has a case: what `istitle` and its kin look at. */
export function isCased(character: string): boolean {
  return /[\p{Lowercase}\p{Uppercase}\p{Lt}]/u.test(character)
}

function lowerFrom(text: string, from: number): string {
  let result = ''
  let offset = from
  for (const character of text.slice(from)) {
    result += lowerAt(text, offset, character)
    offset += character.length
  }
  return result
}

// A capital sigma at the end of a word is ς, elsewhere σ; all other characters don't care where they stand.
function lowerAt(text: string, offset: number, character: string): string {
  if (character !== 'Σ') return character.toLowerCase()
  const before = /\p{Cased}\p{Case_Ignorable}*$/u.test(text.slice(0, offset))
  const after = /^\p{Case_Ignorable}*\p{Cased}/u.test(text.slice(offset + 1))
  return before && !after ? 'ς' : 'σ'
}
