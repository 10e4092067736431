/** One response: text, and octets that are sent as they are. */
export type ResponseParts = readonly (string | Uint8Array)[]

/** A string in quotes, or a literal where it holds what quotes cannot. Latin1 in, latin1 out. */
export function formatString(text: string): string {
  return /[\r\n\0\x80-\xff]/.test(text) ? `{${text.length}}\r\n${text}` : `"${text.replace(/["\\]/g, '\\$&')}"`
}

/** A string, or NIL for none. */
export function formatNstring(text: string | undefined): string {
  return text === undefined ? 'NIL' : formatString(text)
}

/** Octets as a literal. */
export function formatLiteral(octets: Uint8Array): [string, Uint8Array] {
  return [`{${octets.length}}\r\n`, octets]
}

/** Flags in brackets. */
export function formatFlags(flags: Iterable<string>): string {
  return `(${[...flags].join(' ')})`
}
