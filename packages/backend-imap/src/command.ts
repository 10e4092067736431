import { isAtom } from './flag-sets.ts'

/** A literal on its way to the server (RFC 9051, 4.3). */
export interface OutgoingLiteral {
  readonly size: number
  /** All of it, or a stream of exactly `size` octets. */
  readonly octets: Uint8Array | (() => AsyncIterable<Uint8Array>)
  /** As literal8, which may hold octets of value 0 (RFC 3516, 4.4). */
  readonly binary?: boolean
}

/** A command without its tag: latin1 text and literals in turn. */
export type Command = readonly (string | OutgoingLiteral)[]

/** A command's argument that may need quotes, or a literal where quotes won't do (RFC 9051, 4.3). */
export function argument(octets: string): string | OutgoingLiteral {
  if (isAtom(octets) && octets.toUpperCase() !== 'NIL') return octets
  if (/^[\x01-\x09\x0b\x0c\x0e-\x7e]*$/.test(octets)) return `"${octets.replace(/["\\]/g, '\\$&')}"`
  return { size: octets.length, octets: Buffer.from(octets, 'latin1') }
}

/** Joins texts and arguments into a command, in as few pieces as can be. */
export function command(...parts: Command): Command {
  const joined: (string | OutgoingLiteral)[] = []
  for (const part of parts) {
    const last = joined[joined.length - 1]
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part
    else joined.push(part)
  }
  return joined
}
