import { parseAddresses } from '../mime/address.ts'
import type { Entity } from '../mime/entity.ts'
import { fieldValue } from '../mime/header.ts'
import { formatNstring } from '../wire/format.ts'

/** A message's ENVELOPE (RFC 3501, 7.4.2). */
export function formatEnvelope({ fields }: Entity): string {
  const text = (name: string) => formatNstring(fieldValue(fields, name))
  const addresses = (...names: string[]) => formatAddresses(names.map((name) => fieldValue(fields, name)))
  const items = [
    text('date'),
    text('subject'),
    addresses('from'),
    addresses('sender', 'from'),
    addresses('reply-to', 'from'),
    addresses('to'),
    addresses('cc'),
    addresses('bcc'),
    text('in-reply-to'),
    text('message-id'),
  ]
  return `(${items.join(' ')})`
}

// An absent Sender or Reply-To is told as From.
function formatAddresses(values: readonly (string | undefined)[]): string {
  const addresses = parseAddresses(values.find((value) => value) ?? '')
  if (addresses.length === 0) return 'NIL'
  const formatted = addresses.map(({ name, mailbox, host }) => {
    return `(${formatNstring(name)} NIL ${formatNstring(mailbox)} ${formatNstring(host)})`
  })
  return `(${formatted.join('')})`
}
