import { type Body, wholeBodyLimit } from '@mailtide/contracts'
import { bodyPassedBy } from './errors.ts'
import type { LiteralReceiver } from './response-splitter.ts'

/** A body on its way in, too big to be held. */
export interface BodyStream extends LiteralReceiver {
  /** Nobody wants the rest. */
  discard(): void
  /** The rest will not come. */
  fail(error: unknown): void
}

/** Who is told how a stream fares. */
export interface BodyStreamSetting {
  readonly size: number
  /** As much has come as a body's head must hold. */
  begun(body: Body): void
  /** So many more octets wait to be taken, or fewer. */
  waiting(difference: number): void
}

const headSize = 64 * 1024

/** Whether a literal of this size is streamed. */
export function isStreamed(size: number): boolean {
  return size > wholeBodyLimit
}

/** Starts a body that is taken while it arrives. */
export function createBodyStream({ size, begun, waiting }: BodyStreamSetting): BodyStream {
  const chunks: Uint8Array[] = []
  let held = 0
  let arrived = 0
  let isBegun = false
  let isDiscarded = false
  let failure: { readonly error: unknown } | undefined
  let wake: PromiseWithResolvers<void> | undefined

  return {
    chunk(bytes) {
      arrived += bytes.length
      if (isDiscarded) return
      chunks.push(bytes)
      hold(bytes.length)
      wake?.resolve()
      if (isBegun || arrived < headSize) return
      isBegun = true
      begun({ size, head: Buffer.concat(chunks), stream })
    },
    discard() {
      isDiscarded = true
      chunks.length = 0
      hold(-held)
      wake?.resolve()
    },
    fail(error) {
      failure ??= { error }
      wake?.resolve()
    },
  }

  function hold(difference: number): void {
    held += difference
    waiting(difference)
  }

  async function* stream(): AsyncGenerator<Uint8Array> {
    for (let given = 0; given < size; ) {
      const chunk = chunks.shift()
      if (chunk) {
        given += chunk.length
        hold(-chunk.length)
        yield chunk
        continue
      }
      if (failure) throw failure.error
      if (isDiscarded) throw bodyPassedBy()
      wake = Promise.withResolvers()
      await wake.promise
    }
  }
}
