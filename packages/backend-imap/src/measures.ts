import type { Measure, MeasuredForm } from '@mailtide/contracts'
import { fetchRows } from './identities.ts'
import type { Session } from './session.ts'
import { setsFor, splitUids } from './uid-set.ts'

const messagesAtOnce = 5000

/**
 * Sizes and dates of messages; the size in wire form is that without the header of labels. What is gone is left out, and so
 * is what the server tells no size of.
 */
export async function fetchMeasures(
  session: Session,
  uids: readonly number[],
  form: MeasuredForm,
): Promise<Map<number, Measure>> {
  const measures = new Map<number, Measure>()
  const sets = splitUids(uids, setsFor(session.server, 0, messagesAtOnce)).map(({ text }) => text)
  const { labelsHeader } = session
  const isBare = form === 'wire' && labelsHeader !== undefined
  const items = `UID RFC822.SIZE INTERNALDATE${isBare ? ` BODY.PEEK[HEADER.FIELDS (${labelsHeader})]` : ''}`
  await fetchRows(session, sets, `(${items})`, ({ uid, size: whole, receivedAt, body }) => {
    // RFC 9051, 6.4.5: behind the fields that were found stands a blank line.
    const size = isBare ? whole - Math.max(0, (body?.length ?? 0) - 2) : whole
    if (uid > 0 && whole >= 0) measures.set(uid, receivedAt ? { size, receivedAt } : { size })
  })
  return measures
}
