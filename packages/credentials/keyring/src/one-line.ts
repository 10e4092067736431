const mark = 'base64:'

/**
 * A text as one line of printable ASCII, which every program keeps and prints as it is: some know only lines, and
 * `security` prints anything else in hexadecimal, so that what looks like it could be either.
 */
export function asOneLine(text: string): string {
  const isPlain = /^[ -~]+$/.test(text) && !/^[0-9a-f]+$/.test(text) && !text.startsWith(mark)
  return isPlain ? text : mark + Buffer.from(text).toString('base64')
}

/** The text that {@link asOneLine} was given. */
export function fromOneLine(line: string): string {
  return line.startsWith(mark) ? Buffer.from(line.slice(mark.length), 'base64').toString() : line
}
