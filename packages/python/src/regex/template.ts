import { raiseAbout } from '../values/raised.ts'
import { groupName } from './parse-group.ts'
import { type PatternSource, patternSource, regexError } from './pattern-source.ts'
import type { Program } from './program.ts'

/** A replacement: texts, and the numbers of the groups between them. */
export type Template = readonly (string | number)[]

const controls: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}

/** Reads the replacement of `re.sub`. */
export function parseTemplate(text: string, { isBytes, groups, names }: Program): Template {
  if (!text.includes('\\')) return [text]
  const source = patternSource(text, isBytes)
  const pieces: (string | number)[] = []
  const addGroup = (index: number) => {
    if (index > groups) throw regexError(`invalid group reference ${index}`, source.position)
    pieces.push(index)
  }
  for (let token = source.take(); token !== undefined; token = source.take()) {
    if (!token.startsWith('\\')) pieces.push(token)
    else if (token === '\\g') addGroup(namedGroup(source, names))
    else if (token === '\\0') pieces.push(octalCharacter(`0${source.takeWhile(2, /^[0-7]$/)}`))
    else if (/^\\[1-9]$/.test(token)) {
      const digits = token.slice(1) + source.takeWhile(1, /^[0-9]$/)
      const isOctal = /^[0-7]{2}$/.test(digits) && source.next !== undefined && /^[0-7]$/.test(source.next)
      if (isOctal) pieces.push(octalCharacter(digits + source.take()))
      else addGroup(Number(digits))
    } else pieces.push(escaped(token, source))
  }
  return pieces
}

function escaped(token: string, source: PatternSource): string {
  const control = controls[token.slice(1)]
  if (control !== undefined) return control
  if (/^\\[a-zA-Z]$/.test(token)) throw regexError(`bad escape ${token}`, source.position)
  return token
}

function octalCharacter(digits: string): string {
  const point = Number.parseInt(digits, 8)
  if (point > 0o377) throw regexError(`octal escape value \\${digits} outside of range 0-0o377`)
  return String.fromCharCode(point)
}

function namedGroup(source: PatternSource, names: ReadonlyMap<string, number>): number {
  if (!source.accept('<')) throw regexError('missing <', source.position)
  const name = source.takeUntil('>', 'group name')
  if (/^[0-9]+$/.test(name)) return Number(name)
  const index = names.get(groupName(source, name))
  if (index === undefined) throw raiseAbout('IndexError', 'unknown group name', `unknown group name '${name}'`)
  return index
}
