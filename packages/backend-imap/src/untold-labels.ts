import type { LabelSet } from '@mailtide/contracts'
import type { ListedFolder } from './survey.ts'

/** The labels that stand for Gmail's own folders, in every spelling that was seen, by the folder's use (RFC 6154, 8457). */
const systemLabels: readonly (readonly [string, readonly string[]])[] = [
  ['\\all', []],
  ['\\sent', ['\\Sent']],
  ['\\drafts', ['\\Draft', '\\Drafts']],
  ['\\trash', ['\\Trash']],
  ['\\junk', ['\\Junk', '\\Spam']],
  ['\\flagged', ['\\Starred', '\\Flagged']],
  ['\\important', ['\\Important']],
]

/** What X-GM-LABELS leaves out in a folder: the label that the folder itself is. */
export function untoldLabelsOf({ name, attributes }: ListedFolder): LabelSet {
  if (name === 'INBOX') return new Set(['\\Inbox'])
  const labels = systemLabels.find(([attribute]) => attributes.has(attribute))?.[1]
  return new Set(labels ?? [name])
}
