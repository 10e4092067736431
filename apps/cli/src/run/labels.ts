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

/**
 * What OfflineIMAP knew of messages, with the labels that it noted: they are in its status in the server's form too. Into
 * headers that part labels by blanks it wrote those that hold a blank as they are: what it left there reads as several
 * labels, and has to be no news, or the words would become labels on the server.
 */
export function withNotedLabels(
  messages: Inheritance['messages'],
  noted: Iterable<StatusEntry>,
  header: string,
): Inheritance['messages'] {
  const written = header === 'X-Label' || header === 'Keywords' ? wordsOf : (labels: readonly string[]) => labels
  const intern = createSetInterner()
  const none = intern([])
  const byUid = new Map<string, ReadonlySet<string>>()
  for (const { uid, labels } of noted) if (labels.length > 0) byUid.set(String(uid), intern(written(labels)))
  return {
    *[Symbol.iterator]() {
      for (const message of messages) yield { ...message, labels: byUid.get(message.remote) ?? none }
    },
  }
}

function wordsOf(labels: readonly string[]): Iterable<string> {
  return new Set(labels.flatMap((label) => label.split(/[ \t]+/)))
}
