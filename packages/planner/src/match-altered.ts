import type { MessageId } from '@mailtide/contracts'

/** A message with all its octets, in wire form. */
export interface WholeMessage {
  readonly id: MessageId
  readonly bytes: Uint8Array
}

const cr = 13
const lf = 10
/** `X`, which Cyrus puts for each octet beyond ASCII in a header (`munge8bit`). */
const replacement = 0x58
const lineEnd = 2

/** In which sizes servers may have stored a message that they alter; none where they keep it as it is. */
export function alteredSizes(bytes: Uint8Array): readonly number[] {
  const isOpen = hasOpenEnd(bytes)
  const isMunged = bytes.subarray(0, headerEnd(bytes)).some(isBeyondAscii)
  return [...(isMunged ? [bytes.length] : []), ...(isOpen ? [bytes.length + lineEnd] : [])]
}

/**
 * Whether a message is another as servers are known to store it: with an `X` for each octet beyond ASCII in its header
 * (Cyrus), with an end to its last line where it had none (Courier), or both. Anything else that differs makes it another.
 */
export function isAlteredForm(stored: Uint8Array, original: Uint8Array): boolean {
  const { length } = original
  const isEnded = stored.length === length + lineEnd && hasOpenEnd(original)
  if (isEnded && (stored[length] !== cr || stored[length + 1] !== lf)) return false
  if (!isEnded && stored.length !== length) return false
  const end = headerEnd(original)
  let kept = 0
  let replaced = 0
  for (let at = 0; at < length; at++) {
    const octet = original[at]!
    if (at < end && isBeyondAscii(octet) && stored[at] === replacement) replaced++
    else if (octet !== stored[at]) return false
    else if (at < end && isBeyondAscii(octet)) kept++
  }
  // All of them are replaced, or none is.
  return replaced === 0 ? isEnded : kept === 0
}

/** Finds messages that are stored in an altered form on the other side: id of the original to that of what is stored, each once. */
export function matchAltered(
  originals: readonly WholeMessage[],
  stored: readonly WholeMessage[],
): Map<MessageId, MessageId> {
  const bySize = new Map<number, Set<WholeMessage>>()
  for (const message of stored) {
    const same = bySize.get(message.bytes.length)
    if (same) same.add(message)
    else bySize.set(message.bytes.length, new Set([message]))
  }
  const matches = new Map<MessageId, MessageId>()
  for (const { id, bytes } of originals) {
    const candidates = alteredSizes(bytes).flatMap((size) => [...(bySize.get(size) ?? [])])
    const found = candidates.find((candidate) => isAlteredForm(candidate.bytes, bytes))
    if (!found) continue
    bySize.get(found.bytes.length)?.delete(found)
    matches.set(id, found.id)
  }
  return matches
}

function hasOpenEnd(bytes: Uint8Array): boolean {
  return bytes.length > 0 && bytes[bytes.length - 1] !== lf
}

function isBeyondAscii(octet: number): boolean {
  return octet > 0x7f
}

/** Where the header ends, its blank line included; the whole where there is no blank line. */
function headerEnd(bytes: Uint8Array): number {
  if (bytes[0] === cr && bytes[1] === lf) return lineEnd
  for (let at = bytes.indexOf(cr); at !== -1; at = bytes.indexOf(cr, at + 1)) {
    if (bytes[at + 1] === lf && bytes[at + 2] === cr && bytes[at + 3] === lf) return at + 2 * lineEnd
  }
  return bytes.length
}
