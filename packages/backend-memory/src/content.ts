import {
  createFlagInterner,
  createSetInterner,
  type Flag,
  type FlagSet,
  type Label,
  type LabelSet,
} from '@mailtide/contracts'
import type { Content } from './mailbox.ts'

/** A message for a test: its bytes (a text is taken as UTF-8), and what else is known of it. */
export type MemoryMail =
  | string
  | Uint8Array
  | {
      readonly bytes: string | Uint8Array
      readonly flags?: Iterable<Flag> | undefined
      readonly labels?: Iterable<Label> | undefined
      readonly receivedAt?: Date | undefined
    }

/** One shared object for equal sets of flags. */
export const flagSet: (flags: Iterable<Flag>) => FlagSet = createFlagInterner()

/** One shared object for equal sets of labels. */
export const labelSet: (labels: Iterable<Label>) => LabelSet = createSetInterner()

/** What a test's message is made of. */
export function contentOf(mail: MemoryMail): Content {
  if (typeof mail === 'string' || mail instanceof Uint8Array) return contentOf({ bytes: mail })
  return {
    bytes: typeof mail.bytes === 'string' ? Buffer.from(mail.bytes) : mail.bytes,
    flags: flagSet(mail.flags ?? []),
    labels: labelSet(mail.labels ?? []),
    receivedAt: mail.receivedAt,
  }
}
