import { systemFlags } from '../store/flag-names.ts'
import { formatFlags } from '../wire/format.ts'
import { formatSequenceSet } from '../wire/sequence-set.ts'
import type { Session } from './session.ts'
import type { Numbered, View } from './view.ts'

/** Tells a session what others, or its own command, did to the open mailbox. */
export function reportChanges(session: Session, options: { readonly expunges: boolean; readonly uids: boolean }): void {
  const { view, respond } = session
  if (!view) return
  const lastKnown = view.messages.at(-1)?.uid ?? 0
  if (view.takeNewKeywords()) reportKeywords(session, view)
  const { expunged, exists, recent, flags } = view.takeChanges(options)
  if (expunged.length > 0) reportExpunged(session, expunged)
  if (exists !== undefined) {
    respond.untagged(`${exists} EXISTS`)
    respond.untagged(`${recent} RECENT`)
    session.notifications?.describeNew(lastKnown)
  }
  for (const numbered of flags) reportFlags(session, view, numbered, options.uids)
}

/** A message's flags as FETCH shows them, with what the session has to be told along with them. */
export function reportFlags(session: Session, view: View, { message, number }: Numbered, withUid: boolean): void {
  const uid = withUid || session.enabled.has('QRESYNC') ? `UID ${message.uid} ` : ''
  const modSeq = session.enabled.has('CONDSTORE') ? ` MODSEQ (${message.modSeq})` : ''
  const flags = formatFlags(view.isRecent(message) ? [...message.flags, '\\Recent'] : message.flags)
  session.respond.untagged(`${number} FETCH (${uid}FLAGS ${flags}${modSeq})`)
}

/** Which flags there are, and which of them are kept. */
export function reportKeywords({ respond }: Session, { mailbox, readOnly }: View): void {
  respond.untagged(`FLAGS ${formatFlags([...systemFlags, ...mailbox.keywords()])}`)
  respond.untagged(`OK [PERMANENTFLAGS ${formatFlags(readOnly ? [] : mailbox.permanentFlags())}] Flags permitted`)
}

function reportExpunged(session: Session, expunged: readonly Numbered[]): void {
  if (session.enabled.has('QRESYNC')) {
    const uids = expunged.map(({ message }) => message.uid).reverse()
    session.respond.untagged(`VANISHED ${formatSequenceSet(uids)}`)
    return
  }
  for (const { number } of expunged) session.respond.untagged(`${number} EXPUNGE`)
}
