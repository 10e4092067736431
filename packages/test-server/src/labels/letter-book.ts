import { createHash } from 'node:crypto'
import { headerEnd } from '../mime/entity.ts'
import { fieldValue, parseHeader } from '../mime/header.ts'
import type { Letter } from './letter.ts'

/** Knows every letter of an account. */
export interface LetterBook {
  /** The letter of these octets: the same one for the same octets, as long as it is not forgotten. */
  letterOf(bytes: Uint8Array): Letter
  forget(letter: Letter): void
}

/** An empty one; with `keepsTwins`, the same octets are a new letter each time. */
export function createLetterBook({ keepsTwins }: { readonly keepsTwins: boolean }): LetterBook {
  const byContent = new Map<string, Letter>()
  const keys = new Map<Letter, string>()
  const threads = new Map<string, bigint>()
  // As Gmail's are: beyond what a double can hold.
  let lastId = 1_278_455_344_230_334_000n

  function create({ buffer, byteOffset, byteLength }: Uint8Array): Letter {
    const bytes = Buffer.from(buffer, byteOffset, byteLength)
    const fields = parseHeader(bytes.subarray(0, headerEnd(bytes)))
    const idsIn = (name: string) => fieldValue(fields, name)?.match(/<[^<>\s]+>/g) ?? []
    const id = ++lastId
    const earlier = [...idsIn('references'), ...idsIn('in-reply-to')].find((messageId) => threads.has(messageId))
    const threadId = earlier === undefined ? id : threads.get(earlier)!
    for (const messageId of idsIn('message-id')) threads.set(messageId, threadId)
    return { id, threadId, copies: new Map() }
  }

  return {
    letterOf(bytes) {
      if (keepsTwins) return create(bytes)
      const key = createHash('sha1').update(bytes).digest('base64')
      const letter = byContent.get(key) ?? create(bytes)
      byContent.set(key, letter)
      keys.set(letter, key)
      return letter
    },
    forget(letter) {
      byContent.delete(keys.get(letter) ?? '')
      keys.delete(letter)
    },
  }
}
