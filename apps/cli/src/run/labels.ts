import type { AccountConfig } from '@mailtide/config'
import { createSetInterner } from '@mailtide/contracts'
import type { Inheritance, SyncRequest } from '@mailtide/engine'
import type { StatusEntry } from '@mailtide/offlineimap-state'

/** How the labels of an account are kept in step, if they are (`synclabels`, `labelsheader`, `ignorelabels`). */
export async function labelPolicyOf({ labels }: AccountConfig): Promise<Pick<SyncRequest, 'labels'>> {
  if (!labels) return {}
  const { encodeUtf7 } = await import('@mailtide/backend-imap')
  // Labels are in the server's form; who writes an rc file may well write them as people do.
  const ignored = new Set(labels.ignored.flatMap((label) => [label, encodeUtf7(label)]))
  return { labels: { ignored, keptAs: labels.header } }
}

/** What OfflineIMAP knew of messages, with the labels that it noted: they are in its status in the server's form too. */
export function withNotedLabels(
  messages: Inheritance['messages'],
  noted: Iterable<StatusEntry>,
): Inheritance['messages'] {
  const intern = createSetInterner()
  const none = intern([])
  const byUid = new Map<string, ReadonlySet<string>>()
  for (const { uid, labels } of noted) if (labels.length > 0) byUid.set(String(uid), intern(labels))
  return {
    *[Symbol.iterator]() {
      for (const message of messages) yield { ...message, labels: byUid.get(message.remote) ?? none }
    },
  }
}
