import { formatLabels } from '../labels/format-labels.ts'
import type { Answer } from '../session/command.ts'
import type { Session } from '../session/session.ts'
import type { View } from '../session/view.ts'
import type { Arguments } from '../wire/arguments.ts'
import type { SequenceSet } from '../wire/sequence-set.ts'

/** The rest of a STORE that is about labels, behind `X-GM-LABELS`, and what it does. */
export function storeLabels(
  session: Session,
  view: View,
  args: Arguments,
  { set, sign, byUid }: { readonly set: SequenceSet; readonly sign: '+' | '-' | '='; readonly byUid: boolean },
): Answer {
  const silent = args.accept('.SILENT')
  args.space()
  const readLabel = () => (args.sees('\\') ? args.flag() : args.astring())
  const names = args.sees('(') ? args.list(readLabel) : [readLabel()]
  args.end()
  for (const { message, number } of view.select(set, byUid)) {
    session.account!.labels!.change(view.mailbox, message, sign, names)
    const uid = byUid ? ` UID ${message.uid}` : ''
    if (!silent && !message.gone) session.respond.untagged(`${number} FETCH (${formatLabels(session, message)}${uid})`)
  }
  return { text: 'STORE completed' }
}
