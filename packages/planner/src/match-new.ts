import type { MessageId, MessageSummary } from '@mailtide/contracts'

/** What is known of the messages that are new on one side. */
export interface NewMessages {
  readonly messages: readonly MessageSummary[]
  /** From {@link Folder.identify}; a message that is missing here matches nothing. */
  readonly identities: ReadonlyMap<MessageId, string>
}

/**
 * Finds messages that are new on both sides and the same: local id to remote id, each used once.
 * Where several are identical, one that names the other as its peer comes first.
 */
export function matchNew(local: NewMessages, remote: NewMessages): Map<MessageId, MessageId> {
  const candidates = new Map<string, Set<MessageId>>()
  for (const { id } of remote.messages) {
    const identity = remote.identities.get(id)
    if (identity === undefined) continue
    const same = candidates.get(identity)
    if (same) same.add(id)
    else candidates.set(identity, new Set([id]))
  }
  const matches = new Map<MessageId, MessageId>()
  const take = (message: MessageSummary, choose: (same: ReadonlySet<MessageId>) => MessageId | undefined) => {
    const same = candidates.get(local.identities.get(message.id) ?? '')
    const chosen = same && !matches.has(message.id) ? choose(same) : undefined
    if (!same || chosen === undefined) return
    same.delete(chosen)
    matches.set(message.id, chosen)
  }
  for (const message of local.messages) {
    take(message, (same) => (message.peer !== undefined && same.has(message.peer) ? message.peer : undefined))
  }
  for (const message of local.messages) take(message, ([first]) => first)
  return matches
}
