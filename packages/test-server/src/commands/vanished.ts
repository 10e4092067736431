import type { Session } from '../session/session.ts'
import { formatSequenceSet } from '../wire/sequence-set.ts'

/** Tells which messages were expunged before the client asked (RFC 7162, 3.2.10). */
export function reportVanished(session: Session, uids: readonly number[]): void {
  if (uids.length > 0) session.respond.untagged(`VANISHED (EARLIER) ${formatSequenceSet(uids)}`)
}
