/** One field of a header. */
export interface HeaderField {
  /** In lower case. */
  readonly name: string
  /** Unfolded, latin1. */
  readonly value: string
  /** As it stands in the message, with its line ends, latin1. */
  readonly raw: string
}

/** The fields of a header in their order. Lines that are none are passed over. */
export function parseHeader(header: Buffer): HeaderField[] {
  const fields: HeaderField[] = []
  for (const [raw] of header.toString('latin1').matchAll(/(?<=^|\n)[^\r\n\t ][^\n]*(?:\n[\t ][^\n]*)*(?:\n|$)/g)) {
    const colon = raw.indexOf(':')
    if (colon <= 0) continue
    const value = raw
      .slice(colon + 1)
      .replace(/\r?\n(?=[\t ])/g, '')
      .trim()
    fields.push({ name: raw.slice(0, colon).trimEnd().toLowerCase(), value, raw })
  }
  return fields
}

/** The value of the first field of a name. */
export function fieldValue(fields: readonly HeaderField[], name: string): string | undefined {
  return fields.find((field) => field.name === name)?.value
}
