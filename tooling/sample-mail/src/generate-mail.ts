import { createRandom, type Random } from './random.ts'
import { writeMessage } from './write-message.ts'

/** A message and its place in an account. */
export interface SampleMessage {
  /** The segments of the folder's name. */
  readonly folder: readonly string[]
  readonly flags: readonly string[]
  readonly receivedAt: Date
  /** With CRLF line ends, as on the wire. */
  readonly bytes: Buffer
}

/** What mail to make. */
export interface MailWish {
  readonly seed: number
  readonly messages: number
  /** Messages go to these in turn. */
  readonly folders: readonly (readonly string[])[]
  /** Header lines that are odd but legal: octets that are not ASCII, no Message-ID, one that others have, too. */
  readonly oddHeaders?: boolean
  /** Octets of the biggest message. Default: 4 MiB. */
  readonly biggest?: number
}

const flags = [
  { flag: '\\Seen', share: 0.7 },
  { flag: '\\Answered', share: 0.15 },
  { flag: '\\Flagged', share: 0.05 },
  { flag: '\\Draft', share: 0.01 },
]

/**
 * Mail as real mailboxes hold it: half of all messages are below 6 KiB, the mean is about 32 KiB, a few have megabytes.
 * The same wish makes the same bytes on every machine.
 */
export function* generateMail(wish: MailWish): Generator<SampleMessage> {
  const { seed, messages, folders, oddHeaders = false, biggest = 4 * 1024 * 1024 } = wish
  const random = createRandom(seed)
  for (let number = 0; number < messages; number++) {
    const receivedAt = new Date(Date.UTC(2020, 0, 1) + random.between(0, 5 * 365 * 86_400) * 1000)
    const size = Math.min(biggest, random.logNormal(6 * 1024, 1.84))
    const text = writeMessage(random, { number, size, sentAt: receivedAt, oddHeaders })
    yield {
      folder: folders[number % folders.length] ?? ['INBOX'],
      flags: someFlags(random),
      receivedAt,
      bytes: Buffer.from(text.replaceAll('\n', '\r\n')),
    }
  }
}

function someFlags(random: Random): string[] {
  return flags.filter(({ share }) => random.chance(share)).map(({ flag }) => flag)
}
