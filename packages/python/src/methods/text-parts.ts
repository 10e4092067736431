import type { Runtime } from '../runtime.ts'

// What str and bytes do alike. Bytes come here as texts of one character a byte.

/** How one of the two types tells blanks and line ends. */
export interface Alphabet {
  readonly isSpace: (point: number) => boolean
  /** Matches one line end. */
  readonly lineEnd: RegExp
}

/** `text.split(separator, most)`; `most` is -1 for no bound. */
export function splitAt(runtime: Runtime, text: string, separator: string, most: number): string[] {
  runtime.spend(text.length >> 4)
  const parts: string[] = []
  let from = 0
  for (let left = most; left !== 0; left--) {
    const at = text.indexOf(separator, from)
    if (at === -1) break
    parts.push(text.slice(from, at))
    runtime.fits(parts.length)
    from = at + separator.length
  }
  parts.push(text.slice(from))
  return parts
}

/** `text.rsplit(separator, most)` */
export function splitAtEnd(runtime: Runtime, text: string, separator: string, most: number): string[] {
  runtime.spend(text.length >> 4)
  const parts: string[] = []
  let to = text.length
  for (let left = most; left !== 0; left--) {
    const at = to < separator.length ? -1 : text.lastIndexOf(separator, to - separator.length)
    if (at === -1) break
    parts.push(text.slice(at + separator.length, to))
    runtime.fits(parts.length)
    to = at
  }
  parts.push(text.slice(0, to))
  return parts.reverse()
}

/** `text.split(None, most)`: at blanks; those before and after the parts don't count. */
export function splitAtBlanks(runtime: Runtime, text: string, most: number, { isSpace }: Alphabet): string[] {
  runtime.spend(text.length >> 2)
  const parts: string[] = []
  let at = 0
  for (;;) {
    while (at < text.length && isSpace(text.charCodeAt(at))) at++
    if (at === text.length) return parts
    if (parts.length === most) {
      parts.push(text.slice(at))
      return parts
    }
    const from = at
    while (at < text.length && !isSpace(text.charCodeAt(at))) at++
    parts.push(text.slice(from, at))
  }
}

/** `text.rsplit(None, most)` */
export function splitAtBlanksFromEnd(runtime: Runtime, text: string, most: number, { isSpace }: Alphabet): string[] {
  runtime.spend(text.length >> 2)
  const parts: string[] = []
  let at = text.length
  for (;;) {
    while (at > 0 && isSpace(text.charCodeAt(at - 1))) at--
    if (at === 0) return parts.reverse()
    if (parts.length === most) {
      parts.push(text.slice(0, at))
      return parts.reverse()
    }
    const to = at
    while (at > 0 && !isSpace(text.charCodeAt(at - 1))) at--
    parts.push(text.slice(at, to))
  }
}

/** `text.splitlines(keep)` */
export function splitLines(runtime: Runtime, text: string, keepEnds: boolean, { lineEnd }: Alphabet): string[] {
  runtime.spend(text.length >> 2)
  const lines: string[] = []
  let from = 0
  for (const end of text.matchAll(lineEnd)) {
    lines.push(text.slice(from, end.index + (keepEnds ? end[0].length : 0)))
    from = end.index + end[0].length
  }
  if (from < text.length) lines.push(text.slice(from))
  return lines
}

/** `text.replace(old, by, most)`; an empty `old` is found between all characters. */
export function replaceParts(
  runtime: Runtime,
  text: string,
  [old, by]: readonly [string, string],
  most: number,
): string {
  if (old === '') {
    const characters = [...text]
    const times = most < 0 ? characters.length + 1 : Math.min(most, characters.length + 1)
    runtime.room(text.length + times * by.length)
    return (
      characters.map((character, index) => (index < times ? by + character : character)).join('') +
      (times > characters.length ? by : '')
    )
  }
  const parts = splitAt(runtime, text, old, most)
  runtime.room(text.length + (parts.length - 1) * (by.length - old.length))
  return parts.join(by)
}

/** `text.strip(characters)`; `isStripped` tells which, `sides` where. */
export function strip(
  text: string,
  isStripped: (character: string) => boolean,
  sides: 'both' | 'left' | 'right',
): string {
  const characters = [...text]
  let from = 0
  let to = characters.length
  if (sides !== 'right') while (from < to && isStripped(characters[from]!)) from++
  if (sides !== 'left') while (to > from && isStripped(characters[to - 1]!)) to--
  return characters.slice(from, to).join('')
}

/** `text.expandtabs(size)` */
export function expandTabs(runtime: Runtime, text: string, size: number): string {
  let expanded = ''
  let column = 0
  for (const character of text) {
    if (character === '\t') {
      const width = size > 0 ? size - (column % size) : 0
      runtime.room(expanded.length + width)
      expanded += ' '.repeat(width)
      column += width
    } else {
      expanded += character
      column = character === '\n' || character === '\r' ? 0 : column + 1
    }
  }
  return expanded
}

/** How many times a part is found without overlaps. */
export function countParts(runtime: Runtime, text: string, part: string, characters: number): number {
  return part === '' ? characters + 1 : splitAt(runtime, text, part, -1).length - 1
}

/** Where the padding of `text.center(width)` goes: the odd one is on the left if the width is odd. */
export function centering(length: number, width: number): { left: number; right: number } {
  const missing = width - length
  const left = Math.floor(missing / 2) + (missing & width & 1)
  return { left, right: missing - left }
}
