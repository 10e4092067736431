import type { Body } from '@mailtide/contracts'
import type { OctetHash } from './verify-request.ts'

/** What tells whether two messages are the same, and where they differ, without keeping either. */
export interface Fingerprint {
  readonly size: number
  /** The header with its blank line; of a longer one the first 64 KiB. */
  readonly header: Uint8Array
  /** Hash of all that follows, but for a line end at its very end. */
  readonly rest: string
  readonly isEnded: boolean
}

/** How two messages differ. */
export type OctetDifference =
  | 'none'
  /** As servers are known to alter what they are given. */
  | 'altered'
  | { readonly onlyInHeaders: readonly string[] }
  | 'anywhere'

const headerLimit = 64 * 1024
const cr = 13
const lf = 10
const replacement = 0x58
const none = new Uint8Array()

/** Takes all octets of a message, a chunk at a time. The hash is to be a new one. */
export async function fingerprintOf(body: Body, hash: OctetHash): Promise<Fingerprint> {
  const length = headerLengthOf(body.head)
  const header = body.head.slice(0, length)
  let last = none
  const take = (octets: Uint8Array) => {
    const all = last.length === 0 ? octets : joined(last, octets)
    const kept = Math.max(0, all.length - 2)
    hash.update(all.subarray(0, kept))
    last = all.slice(kept)
  }
  if (body.head.length === body.size) take(body.head.subarray(length))
  else {
    let position = 0
    for await (const chunk of body.stream()) {
      const rest = chunk.subarray(Math.max(0, length - position))
      position += chunk.length
      if (rest.length > 0) take(rest)
    }
  }
  const isEnded = last[0] === cr && last[1] === lf
  if (!isEnded) hash.update(last)
  return { size: body.size, header, rest: hash.digest(), isEnded }
}

/** Says how two messages differ, as far as their fingerprints tell. */
export function differenceBetween(a: Fingerprint, b: Fingerprint): OctetDifference {
  const sameHeader = equalOctets(a.header, b.header)
  if (a.rest !== b.rest) return 'anywhere'
  // Courier ends a last line that was left open; Cyrus puts an X for each octet beyond ASCII in a header.
  if (sameHeader) return a.isEnded === b.isEnded ? 'none' : 'altered'
  if (isMunged(a.header, b.header) || isMunged(b.header, a.header)) return 'altered'
  if (a.isEnded !== b.isEnded) return 'anywhere'
  const onlyInHeaders = fieldsThatDiffer(a.header, b.header)
  return onlyInHeaders.length > 0 ? { onlyInHeaders } : 'anywhere'
}

/** The names of fields, in lower case, of which the two headers don't have the same ones in the same order. */
function fieldsThatDiffer(a: Uint8Array, b: Uint8Array): string[] {
  const [fieldsOfA, fieldsOfB] = [fieldsByName(a), fieldsByName(b)]
  const names = new Set([...fieldsOfA.keys(), ...fieldsOfB.keys()])
  return [...names].filter((name) => fieldsOfA.get(name) !== fieldsOfB.get(name)).sort()
}

function fieldsByName(header: Uint8Array): Map<string, string> {
  const fields = new Map<string, string>()
  const text = new TextDecoder('latin1').decode(header)
  // A line that begins with a blank goes on with the one before it (RFC 5322, 2.2.3).
  for (const field of text.split(/\r\n(?![ \t])/)) {
    const name = /^[\x21-\x39\x3b-\x7e]+(?=[ \t]*:)/.exec(field)?.[0].toLowerCase() ?? ''
    fields.set(name, `${fields.get(name) ?? ''}${field}\r\n`)
  }
  return fields
}

function isMunged(stored: Uint8Array, original: Uint8Array): boolean {
  return (
    stored.length === original.length &&
    original.every((octet, at) => octet === stored[at] || (octet > 0x7f && stored[at] === replacement))
  )
}

function headerLengthOf(head: Uint8Array): number {
  const end = Math.min(head.length, headerLimit)
  if (head[0] === cr && head[1] === lf) return 2
  for (let at = head.indexOf(cr); at !== -1 && at < end; at = head.indexOf(cr, at + 1)) {
    if (head[at + 1] === lf && head[at + 2] === cr && head[at + 3] === lf) return Math.min(at + 4, end)
  }
  return end
}

function equalOctets(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, at) => octet === b[at])
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length)
  all.set(a)
  all.set(b, a.length)
  return all
}
