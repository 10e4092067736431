// What Python's str.isspace() and the regular expression \s agree on. JavaScript's trim() takes U+FEFF for
// a blank and U+0085 and U+001C to U+001F for text.
const blank = '[\\t\\n\\v\\f\\r\\x1c-\\x1f \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const leading = new RegExp(`^${blank}+`)
const trailing = new RegExp(`${blank}+$`)

/** Python's `str.strip()`. */
export function strip(text: string): string {
  return stripEnd(isPlain(text.charCodeAt(0)) ? text : text.replace(leading, ''))
}

/** Python's `str.rstrip()`. */
export function stripEnd(text: string): string {
  return isPlain(text.charCodeAt(text.length - 1)) ? text : text.replace(trailing, '')
}

// Saves the search in nearly all lines.
function isPlain(unit: number): boolean {
  return unit > 0x20 && unit < 0x7f
}

/** How many blanks a line begins with. A tab counts as one, as it does in ConfigParser. */
export function indentOf(line: string): number {
  return leading.exec(line)?.[0].length ?? 0
}
