import type { Random } from './random.ts'
import { domains, plainWords, words } from './words.ts'

/** What is asked of one message. */
export interface MessageWish {
  /** Makes its Message-ID its own. */
  readonly number: number
  /** About how many octets. */
  readonly size: number
  readonly sentAt: Date
  /** Now and then something odd but legal in headers. */
  readonly oddHeaders: boolean
}

/** Writes a message like those in real mailboxes: traces, MIME parts, attachments. Lines end with LF. */
export function writeMessage(random: Random, wish: MessageWish): string {
  const { number, size, sentAt, oddHeaders } = wish
  const id = `<${number}.${random.bytes(6).toString('hex')}@${random.pick(domains)}>`
  const oddity = oddHeaders ? random.next() : 0.5
  const header = [
    `Return-Path: <bounce-${random.between(1, 9999)}@lists.example.org>`,
    ...Array.from({ length: random.between(1, 4) }, (_, hop) => received(random, hop, sentAt)),
    `Date: ${sentAt.toUTCString().replace('GMT', '+0000')}`,
    `From: ${address(random)}`,
    `To: ${Array.from({ length: random.pick([1, 1, 1, 2, 5]) }, () => address(random)).join(',\n ')}`,
    `Subject: ${subject(random, oddity < 0.05)}`,
    ...messageId(id, oddity),
    'MIME-Version: 1.0',
  ]
  const room = Math.max(0, size - header.join('\n').length - 300)
  return [...header, body(random, room)].join('\n')
}

/** Some messages have none, some have it folded, some have another's. */
function messageId(id: string, oddity: number): string[] {
  if (oddity > 0.98) return []
  if (oddity > 0.96) return [`Message-ID:\n ${id}`]
  return [`Message-ID: ${oddity > 0.94 ? '<newsletter@lists.example.org>' : id}`]
}

function received(random: Random, hop: number, sentAt: Date): string {
  return [
    `Received: from mx${hop}.example.net (mx${hop}.example.net [192.0.2.${random.between(1, 254)}])`,
    `\tby mail${hop}.example.org with ESMTPS id ${random.bytes(5).toString('hex')}`,
    `\tfor <reader@example.org>; ${sentAt.toUTCString().replace('GMT', '+0000')}`,
  ].join('\n')
}

function address(random: Random): string {
  return `"${random.pick(plainWords)} ${random.pick(plainWords)}" <user${random.between(1, 400)}@${random.pick(domains)}>`
}

function subject(random: Random, rawOctets: boolean): string {
  const text = Array.from({ length: random.between(2, 9) }, () => random.pick(words)).join(' ')
  return rawOctets || /^[\x20-\x7e]+$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`
}

/** Plain text, text and HTML, or, when there is much room, text and an attachment. */
function body(random: Random, room: number): string {
  if (room > 20_000) {
    const attachment = `${random.bytes(Math.floor((room - 1500) * 0.74)).toString('base64')}`.replace(/.{76}/g, '$&\n')
    return multipart(random, 'mixed', [
      `Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n${text(random, 1500)}`,
      `Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n${attachment}\n`,
    ])
  }
  if (random.chance(0.5)) {
    return `Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n${text(random, room)}`
  }
  const html = `<html><body><p>${text(random, room / 2).replaceAll('\n\n', '</p>\n<p>')}</p></body></html>\n`
  return multipart(random, 'alternative', [
    `Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n${text(random, room / 2)}`,
    `Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n${html}`,
  ])
}

function multipart(random: Random, kind: string, parts: readonly string[]): string {
  const boundary = `=_${random.bytes(8).toString('hex')}`
  const opened = parts.map((part) => `--${boundary}\n${part}\n`).join('')
  return `Content-Type: multipart/${kind};\n boundary="${boundary}"\n\n${opened}--${boundary}--\n`
}

function text(random: Random, size: number): string {
  let written = ''
  while (Buffer.byteLength(written) < size) {
    const line = Array.from({ length: random.between(6, 11) }, () => random.pick(words)).join(' ')
    written += `${random.chance(0.2) ? `> ${line}` : line}\n${random.chance(0.15) ? '\n' : ''}`
  }
  return written
}
