/** A text made readable for a Python 3 parser, character for character in the same place. */
export interface ModernText {
  readonly text: string
  /** Whether anything was found that only Python 2 understands. */
  readonly legacy: boolean
}

// Comments, strings, names, numbers, line ends, and whatever else there is.
const token = /#[^\n]*|([bBrRuUfF]{0,3})("""|'''|"|')|[\p{L}\p{N}_]+|\\\n|\n|[ \t\f]+|[\s\S]/gu

const operatorWords = new Set(['in', 'is', 'if', 'else', 'and', 'or', 'for', 'as', 'import'])

/**
 * Rewrites what Python 2 spells another way.
 *
 * | Python 2                     | becomes                        |
 * | ---------------------------- | ------------------------------ |
 * | `ur'x'`                      | ` r'x'`                        |
 * | `10L`                        | `10 `                          |
 * | `0755`                       | left to the reader of numbers  |
 * | `print a, b`                 | `pass; a, b`                   |
 * | `print >>sys.stderr, a`      | `pass;   sys.stderr, a`        |
 */
export function modernise(original: string): ModernText {
  const text = original.replace(/\r\n?/g, '\n')
  let modern = ''
  let legacy = false
  let opensStatement = true
  const scan = new RegExp(token)
  for (let found = scan.exec(text); found; found = scan.exec(text)) {
    const word = found[0]
    if (found[2] !== undefined) {
      const end = endOfString(text, scan.lastIndex, found[2])
      const isLegacy = /^ur$/i.test(found[1] ?? '')
      legacy ||= isLegacy
      modern += isLegacy ? ` ${text.slice(found.index + 1, end)}` : text.slice(found.index, end)
      scan.lastIndex = end
      opensStatement = false
      continue
    }
    if (opensStatement && word === 'print') {
      const shift = printShift(text.slice(scan.lastIndex))
      if (shift !== undefined) {
        legacy = true
        modern += `pass;${' '.repeat(shift)}`
        scan.lastIndex += shift
        opensStatement = false
        continue
      }
    }
    const isLong = /^(\d+|0[xX][\da-fA-F]+)[lL]$/.test(word)
    legacy ||= isLong
    modern += isLong ? `${word.slice(0, -1)} ` : word
    if (!/^[ \t\f]+$|^\\\n$/.test(word)) opensStatement = word === '\n' || word === ';' || word === ':'
  }
  return { text: modern, legacy }
}

// How many characters after `print` belong to the statement's own spelling; undefined where it is a name.
function printShift(after: string): number | undefined {
  const blank = /^[ \t]*/.exec(after)?.[0].length ?? 0
  const rest = after.slice(blank)
  if (rest.startsWith('>>')) return blank + 2
  const word = /^[\p{L}_]+/u.exec(rest)?.[0]
  if (word !== undefined && blank > 0 && !operatorWords.has(word))
    return word === 'not' && /^not\s+in\b/.test(rest) ? undefined : 0
  return /^["'`\d{]/.test(rest) || (blank > 0 && /^[-~[]/.test(rest)) ? 0 : undefined
}

function endOfString(text: string, from: number, mark: string): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text.startsWith(mark, at)) return at + mark.length
    else if (mark.length === 1 && text[at] === '\n') return at
  }
  return text.length
}
