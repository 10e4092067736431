import { noLabels, unknownMessage } from '../errors.ts'
import type { Arriving } from '../labels/letter.ts'
import { createFlagNames } from './flag-names.ts'
import type { StoredMessage, TestMessage } from './message.ts'
import type { FolderOptions, TestFolder } from './test-folder.ts'

/** Something happened in a mailbox. `origin` is the session that did it, if one did. */
export type MailboxEvent =
  | { readonly type: 'added' }
  | { readonly type: 'flags'; readonly messages: readonly StoredMessage[]; readonly origin: unknown }
  | { readonly type: 'expunged'; readonly messages: readonly StoredMessage[] }
  /** Deleted, or its UIDs lost their meaning: sessions in it have to be closed. */
  | { readonly type: 'void' }

/** A folder as the server sees it. */
export interface Mailbox extends TestFolder {
  readonly stored: readonly StoredMessage[]
  /** The first UID that no session was told of as `\Recent`. */
  firstRecentUid: number
  readonly specialUse: string | undefined
  readonly readOnly: boolean
  /** The flags that are kept; `\*` among them if any keyword may be added. */
  permanentFlags(): string[]
  keywords(): string[]
  add(messages: readonly Arriving[]): StoredMessage[]
  /** Gives each message the flags that `change` makes of its old ones, and answers those that have others now. */
  change(
    messages: readonly StoredMessage[],
    change: (flags: ReadonlySet<string>) => Iterable<string>,
    origin?: unknown,
  ): StoredMessage[]
  remove(messages: readonly StoredMessage[]): void
  /** Counts these messages as changed, and tells nobody. */
  touch(messages: readonly StoredMessage[]): void
  /** A message's labels, where it has any. */
  labelsOf(message: StoredMessage): string[] | undefined
  /** Lets it have these. */
  relabel(message: StoredMessage, labels: readonly string[]): void
  /** The UIDs expunged after a mod-sequence, ascending. */
  expungedSince(modSeq: bigint): number[]
  rename(name: string): void
  /** Tells sessions that they can't go on here. */
  abandon(): void
  watch(listener: (event: MailboxEvent) => void): () => void
}

/** What a new mailbox is made with. */
export interface MailboxSettings extends FolderOptions {
  readonly name: string
  readonly uidValidity: number
  readonly nextUidValidity: () => number
  readonly permanentFlags: readonly string[]
}

/** An empty mailbox. */
export function createMailbox(settings: MailboxSettings): Mailbox {
  const names = createFlagNames(settings.permanentFlags)
  const listeners = new Set<(event: MailboxEvent) => void>()
  let { name, uidValidity } = settings
  let stored: StoredMessage[] = []
  let expunged: { readonly uid: number; readonly modSeq: bigint }[] = []
  let uidNext = 1
  let highestModSeq = 1n
  const kept = new Set(settings.permanentFlags.map((flag) => flag.toLowerCase()))
  const keepsKeywords = settings.permanentFlags.includes('\\*')

  function tell(event: MailboxEvent): void {
    for (const listener of [...listeners]) listener(event)
  }

  function keptFlags(flags: Iterable<string>): ReadonlySet<string> {
    return names.set(
      [...flags].filter((flag) => kept.has(flag.toLowerCase()) || (keepsKeywords && !flag.startsWith('\\'))),
    )
  }

  function find(uid: number): StoredMessage {
    const message = stored[indexOfUid(stored, uid)]
    if (message?.uid !== uid) throw unknownMessage(name, uid)
    return message
  }

  function show(stored: StoredMessage): TestMessage {
    const { gone, letter, ...message } = stored
    if (!letter) return message
    const { id, threadId } = letter
    return { ...message, letter: { id, threadId, labels: mailbox.labelsOf(stored) ?? [] } }
  }

  const mailbox: Mailbox = {
    firstRecentUid: 1,
    specialUse: settings.specialUse,
    readOnly: settings.readOnly ?? false,
    get name() {
      return name
    },
    get stored() {
      return stored
    },
    get uidValidity() {
      return uidValidity
    },
    get uidNext() {
      return uidNext
    },
    get highestModSeq() {
      return highestModSeq
    },
    permanentFlags() {
      if (!keepsKeywords) return [...settings.permanentFlags]
      const fixed = settings.permanentFlags.filter((flag) => flag !== '\\*')
      return [...fixed, ...names.keywords().filter((keyword) => !fixed.includes(keyword)), '\\*']
    },
    keywords: names.keywords,
    add(messages) {
      if (messages.length === 0) return []
      highestModSeq++
      const added = messages.map(({ bytes, flags, internalDate }) => ({
        uid: uidNext++,
        bytes: Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
        flags: keptFlags(flags ?? []),
        internalDate: internalDate ?? new Date(),
        modSeq: highestModSeq,
        gone: false,
      }))
      for (const message of added) stored.push(message)
      tell({ type: 'added' })
      return added
    },
    change(messages, change, origin) {
      const changed: StoredMessage[] = []
      for (const message of messages) {
        if (message.gone) continue
        const flags = keptFlags(change(message.flags))
        if (flags === message.flags) continue
        message.flags = flags
        message.modSeq = highestModSeq + 1n
        changed.push(message)
      }
      if (changed.length === 0) return changed
      highestModSeq++
      tell({ type: 'flags', messages: changed, origin })
      return changed
    },
    remove(messages) {
      const removed = messages.filter((message) => !message.gone)
      if (removed.length === 0) return
      highestModSeq++
      for (const message of removed) {
        message.gone = true
        expunged.push({ uid: message.uid, modSeq: highestModSeq })
      }
      stored = stored.filter((message) => !message.gone)
      tell({ type: 'expunged', messages: removed })
    },
    touch(messages) {
      highestModSeq++
      for (const message of messages) message.modSeq = highestModSeq
    },
    labelsOf: () => undefined,
    relabel() {
      throw noLabels(name)
    },
    expungedSince(modSeq) {
      const first = expunged.findIndex((entry) => entry.modSeq > modSeq)
      return first === -1
        ? []
        : expunged
            .slice(first)
            .map(({ uid }) => uid)
            .sort((a, b) => a - b)
    },
    rename(newName) {
      name = newName
    },
    abandon: () => tell({ type: 'void' }),
    watch(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    append(bytes, options) {
      const octets = typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes)
      return mailbox.add([{ bytes: octets, ...options }])[0]!.uid
    },
    appendAll(messages) {
      return mailbox.add(messages).map(({ uid }) => uid)
    },
    messages: () => stored.map(show),
    message: (uid) => show(find(uid)),
    setLabels: (uid, labels) => mailbox.relabel(find(uid), labels),
    setFlags(uid, flags) {
      mailbox.change([find(uid)], () => flags)
    },
    expunge(uids) {
      mailbox.remove([...uids].map(find))
    },
    changeUidValidity(options = {}) {
      uidValidity = options.uidValidity ?? settings.nextUidValidity()
      expunged = []
      highestModSeq++
      if (!options.keepUids) {
        uidNext = 1
        stored = stored.map((message) => ({ ...message, uid: uidNext++ }))
      }
      mailbox.firstRecentUid = uidNext
      tell({ type: 'void' })
    },
    raiseModSeq(modSeq) {
      if (modSeq > highestModSeq) highestModSeq = modSeq
    },
  }
  return mailbox
}

/** Where a UID is in a list that ascends by UID, or where it would be. */
export function indexOfUid(messages: readonly { readonly uid: number }[], uid: number): number {
  let low = 0
  let high = messages.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (messages[middle]!.uid < uid) low = middle + 1
    else high = middle
  }
  return low
}
