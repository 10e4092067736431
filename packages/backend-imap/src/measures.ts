import type { Measure } from '@mailtide/contracts'
import { fetchRows } from './identities.ts'
import type { Session } from './session.ts'
import { setsFor, splitUids } from './uid-set.ts'

const messagesAtOnce = 5000

/** Sizes and dates of messages. What is gone is left out, and so is what the server tells no size of. */
export async function fetchMeasures(session: Session, uids: readonly number[]): Promise<Map<number, Measure>> {
  const measures = new Map<number, Measure>()
  const sets = splitUids(uids, setsFor(session.server, 0, messagesAtOnce)).map(({ text }) => text)
  await fetchRows(session, sets, '(UID RFC822.SIZE INTERNALDATE)', ({ uid, size, receivedAt }) => {
    if (uid > 0 && size >= 0) measures.set(uid, receivedAt ? { size, receivedAt } : { size })
  })
  return measures
}
