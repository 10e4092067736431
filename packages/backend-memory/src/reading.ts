import { type Body, type IncomingMessage, type Measure, type MessageSummary, wholeBodyLimit } from '@mailtide/contracts'
import { bodyOf, identityHeaderLimit } from '@mailtide/message-bytes'
import { bodyTaken } from './errors.ts'
import type { StoredMessage } from './mailbox.ts'

const chunkSize = 64 * 1024

/** What a listing tells of a message. */
export function summaryOf({ id, flags, labels, peer }: StoredMessage, hasLabels: boolean): MessageSummary {
  return { id, flags, ...(hasLabels && { labels }), ...(peer !== undefined && { peer }) }
}

/** What tells whether a message is wanted. */
export function measureOf({ bytes, receivedAt }: StoredMessage): Measure {
  return receivedAt ? { size: bytes.length, receivedAt } : { size: bytes.length }
}

/** A message on its way out, and how to say that the next one was asked for. */
export function outgoing(message: StoredMessage): { readonly message: IncomingMessage; expire(): void } {
  const { id, flags, receivedAt, bytes } = message
  let taken = false
  let expired = false
  const streamed: Body = {
    size: bytes.length,
    head: bytes.subarray(0, identityHeaderLimit),
    async *stream() {
      if (taken) throw bodyTaken(id)
      taken = true
      for (let start = 0; start < bytes.length; start += chunkSize) {
        if (expired) throw bodyTaken(id)
        yield bytes.subarray(start, start + chunkSize)
      }
    },
  }
  const body = bytes.length > wholeBodyLimit ? streamed : bodyOf(bytes)
  return {
    message: receivedAt ? { id, flags, receivedAt, body } : { id, flags, body },
    expire() {
      taken = true
      expired = true
    },
  }
}
