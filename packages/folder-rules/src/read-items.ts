import { unreadableRule } from './errors.ts'

/** One character of an item; in quotes a backslash takes the special meaning away. */
export interface Character {
  readonly text: string
  readonly plain: boolean
}

/** One item of a list, and where in the rule it begins. */
export interface Item {
  readonly characters: readonly Character[]
  readonly at: number
}

/** An item's text, every character taken literally. */
export function textOf({ characters }: Item): string {
  return characters.map(({ text }) => text).join('')
}

/**
 * Reads a line of items parted by commas, each of one or, with an arrow, of two names. A comma at the end is allowed.
 *
 * | written        | means                                                     |
 * | -------------- | --------------------------------------------------------- |
 * | `Sent Mail`    | the name, blanks around it dropped                        |
 * | `"a, b -> c "` | the name in the quotes                                    |
 * | `"a \"b\" \*"` | in quotes: `\"`, `\\`, `\*`, `\%` are the characters alone |
 */
export function readItems(line: string, start: number, arrow: 'arrow' | 'no-arrow'): Item[][] {
  const groups: Item[][] = []
  let position = 0
  const fail = (what: string, at = position) =>
    unreadableRule(what, { at: start + at, near: line.slice(at).slice(0, 30) })
  const skipBlanks = () => {
    while (/\s/.test(line.charAt(position))) position++
  }
  const isAt = (mark: ',' | '->') => (mark === '->' ? arrow === 'arrow' : true) && line.startsWith(mark, position)

  const readQuoted = (): Item => {
    const at = position
    const characters: Character[] = []
    for (position++; line.charAt(position) !== '"'; position++) {
      if (position >= line.length) throw fail('These double quotes are not closed', at)
      const escaped = line.charAt(position) === '\\'
      if (escaped && !/["\\*%]/.test(line.charAt(++position)))
        throw fail('In quotes a backslash stands before ", \\, * or %', position - 1)
      characters.push({ text: line.charAt(position), plain: escaped })
    }
    position++
    skipBlanks()
    if (position < line.length && !isAt(',') && !isAt('->')) throw fail('A comma is missing after the closing quotes')
    return { characters, at: start + at }
  }

  const readBare = (): Item => {
    const at = position
    while (position < line.length && !isAt(',') && !isAt('->')) position++
    const text = line.slice(at, position).trimEnd()
    if (text === '') throw fail('A folder name is missing', at)
    if (text.startsWith('@'))
      throw fail('Roles are not understood; a folder name that begins with @ goes in double quotes', at)
    return { characters: [...text].map((character) => ({ text: character, plain: false })), at: start + at }
  }

  const readItem = () => {
    skipBlanks()
    return line.charAt(position) === '"' ? readQuoted() : readBare()
  }

  for (skipBlanks(); position < line.length; skipBlanks()) {
    const group = [readItem()]
    if (isAt('->')) {
      position += 2
      group.push(readItem())
    }
    if (isAt('->')) throw fail('One pair has one ->')
    if (isAt(',')) position++
    groups.push(group)
  }
  return groups
}
