import { type Body, type FlagSet, wholeBodyLimit } from '@mailtide/contracts'
import { bodyOf } from '@mailtide/message-bytes'
import fc from 'fast-check'

/** A message as tests make it; its bytes are in wire form. */
export interface Mail {
  readonly bytes: Uint8Array
  readonly flags: FlagSet
  /** In whole seconds and in the past, which is what every store keeps: Dovecot puts the present for a future date. */
  readonly receivedAt: Date
}

const latin1 = (text: string) => Buffer.from(text, 'latin1')

const messageIds = fc.option(fc.nat(3).map((serial) => `Message-ID: <${serial}@example.org>`))

const headers = fc.subarray([
  'Subject: hello',
  'Subject: hello',
  'Subject: folded\r\n over two\r\n\tand three lines',
  'Subject: gr\xfc\xdfe, \xc3\xa4 and \xff',
  'X-Empty:',
  'X-Long: '.concat('word '.repeat(190)),
  'From: somebody@example.org',
])

// Bodies of equal length behind equal headers are told apart by their bytes alone.
const bodies = fc.oneof(
  fc.constantFrom('', 'hi\r\n', 'ho\r\n', 'no end', '\r\n', '.\r\n..\r\n.', 'From me\r\n>From you\r\n', '\t \r\n \r\n'),
  fc.constantFrom('gr\xfc\xdfe\r\n', '\x01\x7f\x80\xff\r\n', `${'x'.repeat(2000)}\r\n`, 'a\r\n'.repeat(300)),
)

const bytes = fc.tuple(messageIds, headers, fc.option(bodies, { freq: 8 })).map(([id, others, body]) => {
  const lines = [...(id === null ? [] : [id]), ...others, 'Date: Thu, 29 Feb 2024 12:00:00 +0000']
  const header = lines.map((line) => `${line}\r\n`).join('')
  return latin1(body === null ? header : `${header}\r\n${body}`)
})

/** Sets of flags that most stores can keep. */
export const flagSets: fc.Arbitrary<FlagSet> = fc
  .subarray(['\\Seen', '\\Answered', '\\Flagged', '\\Draft'])
  .map((flags) => new Set(flags))

/**
 * Odd but legal mail: without Message-ID or with another message's, folded and 8-bit headers, no body, no final line
 * end, equal headers before different bodies of equal length.
 */
export const mail: fc.Arbitrary<Mail> = fc.record({
  bytes,
  flags: flagSets,
  receivedAt: fc.integer({ min: 631_152_000, max: 1_700_000_000 }).map((seconds) => new Date(seconds * 1000)),
})

/** A body as a backend hands it out: whole up to the limit, else with a short head and a stream of odd chunks. */
export function bodyAsRead(content: Uint8Array): Body {
  if (content.length <= wholeBodyLimit) return bodyOf(content)
  return {
    size: content.length,
    head: content.subarray(0, 64 * 1024),
    async *stream() {
      for (let start = 0; start < content.length; start += 10_007) yield content.subarray(start, start + 10_007)
    },
  }
}
