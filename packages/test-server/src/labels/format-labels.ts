import type { Session } from '../session/session.ts'
import type { StoredMessage } from '../store/message.ts'
import { formatString } from '../wire/format.ts'

/**
 * A message's labels as FETCH tells them, less the one of the open mailbox.
 *
 * Gmail quotes system labels with their backslash doubled, and what no atom could hold; but not `[`, `]` and `+`, which
 * an atom and an astring can't all hold either.
 */
export function formatLabels({ account, view }: Session, { letter }: StoredMessage): string {
  const labels = letter ? account!.labels!.of(letter, view!.mailbox) : []
  const isBare = (label: string) => /^[^(){ %*"\\\x00-\x1f\x7f-\xff]+$/.test(label)
  return `X-GM-LABELS (${labels.map((label) => (isBare(label) ? label : formatString(label))).join(' ')})`
}
