import {
  type BothSides,
  type FlagSet,
  type LabelSet,
  type MessageId,
  type MessageSummary,
  messageId,
  type Pair,
} from '@mailtide/contracts'

/** One message that another program had on both sides when it last ran. */
export interface InheritedMessage {
  readonly remote: MessageId
  /** The local store's id, where the other program knew it; else the local message is the one that names `remote`. */
  readonly local?: MessageId | undefined
  readonly flags: FlagSet
  /** Absent where the other program did not synchronise them. */
  readonly labels?: LabelSet | undefined
}

/** What another program knew of a pair of folders. */
export interface Inheritance {
  /** Of which epoch the remote ids are. Undefined is no proof that they still hold. */
  readonly remoteEpoch: string | undefined
  /** The same of local ids, where there are such. */
  readonly localEpoch?: string | undefined
  /** May be walked more than once. */
  readonly messages: Iterable<InheritedMessage>
}

/**
 * Makes a baseline of what another program knew and of what both sides list now. What is gone on one side keeps its
 * pair, under a local id that no store has if need be, so that the plan finds the deletion; what is gone on both is
 * forgotten. Where two local messages name the same remote one, the first has it and the other is new.
 */
export function pairInherited(
  inherited: Iterable<InheritedMessage>,
  listed: BothSides<Iterable<MessageSummary>>,
): Pair[] {
  const locals = new Set<MessageId>()
  const named = new Map<MessageId, MessageId>()
  for (const { id, peer } of listed.local) {
    locals.add(id)
    if (peer !== undefined && !named.has(peer)) named.set(peer, id)
  }
  const remotes = new Set<MessageId>()
  for (const { id } of listed.remote) remotes.add(id)

  const pairs: Pair[] = []
  const taken = { local: new Set<MessageId>(), remote: new Set<MessageId>() }
  for (const { remote, local: known, flags, labels } of inherited) {
    const local = known ?? named.get(remote) ?? missing(remote)
    if (taken.local.has(local) || taken.remote.has(remote)) continue
    if (!locals.has(local) && !remotes.has(remote)) continue
    taken.local.add(local)
    taken.remote.add(remote)
    pairs.push({ local, remote, flags, ...(labels && { labels }) })
  }
  return pairs
}

/** Stands for a local message that is gone and whose id nobody knows. No store's ids look like this. */
function missing(remote: MessageId): MessageId {
  return messageId(`/gone/${remote}`)
}
