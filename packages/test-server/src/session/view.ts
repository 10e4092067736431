import { indexOfUid, type Mailbox, type MailboxEvent } from '../store/mailbox.ts'
import type { StoredMessage } from '../store/message.ts'
import { malformed } from '../wire/command-error.ts'
import { type NumberRange, resolveSequenceSet, type SequenceSet } from '../wire/sequence-set.ts'

/** A message and its number in a session. */
export interface Numbered {
  readonly message: StoredMessage
  readonly number: number
}

/** What a session has to be told of its mailbox. */
export interface ViewChanges {
  /** The highest number first, so that each is right when it is told. */
  readonly expunged: readonly Numbered[]
  /** How many messages there are, if new ones came. */
  readonly exists: number | undefined
  readonly recent: number
  readonly flags: readonly Numbered[]
}

/** A mailbox as one session knows it: message numbers stay as they are until the session is told (RFC 3501, 7.4.1). */
export interface View {
  readonly mailbox: Mailbox
  /** Opened by EXAMINE, or refuses changes itself. */
  readonly readOnly: boolean
  readonly messages: readonly StoredMessage[]
  /** What a set means here. A message number that is not there makes the command bad (RFC 3501, 9). */
  resolve(set: SequenceSet, byUid: boolean): NumberRange[]
  /** The messages of a set that are there, in order. Those that are gone have a number still, but no UID. */
  select(set: SequenceSet, byUid: boolean): Numbered[]
  isRecent(message: StoredMessage): boolean
  readonly recent: number
  /** Whether there are keywords that the session was not told of. Asked only once. */
  takeNewKeywords(): boolean
  /** The changes since the last call. Expunged messages keep their numbers if they may not be told now. */
  takeChanges(options: { readonly expunges: boolean }): ViewChanges
  close(): void
}

/** How a mailbox is opened. */
export interface ViewOptions {
  readonly readOnly: boolean
  /** The mailbox changed by another's hand. */
  readonly onChange: () => void
  /** The mailbox is gone, or its UIDs have lost their meaning. */
  readonly onVoid: () => void
}

/** Opens a mailbox for a session; `origin` of changes to flags that the session makes itself has to be this view. */
export function openView(mailbox: Mailbox, options: ViewOptions): View {
  let messages: StoredMessage[] = []
  const recent = new Set<number>()
  const changed = new Set<StoredMessage>()
  let hasExpunged = false
  let keywordsTold = mailbox.keywords().length
  const stop = mailbox.watch(note)
  grow()

  function note(event: MailboxEvent): void {
    switch (event.type) {
      case 'added':
        break
      case 'flags':
        if (event.origin === view) return
        for (const message of event.messages) changed.add(message)
        break
      case 'expunged':
        hasExpunged = true
        break
      case 'void':
        options.onVoid()
        return
    }
    options.onChange()
  }

  /** Takes in the messages that came since. */
  function grow(): boolean {
    const { stored } = mailbox
    const first = indexOfUid(stored, (messages.at(-1)?.uid ?? 0) + 1)
    for (const message of stored.slice(first)) {
      messages.push(message)
      changed.delete(message)
      if (message.uid < mailbox.firstRecentUid) continue
      recent.add(message.uid)
      // RFC 3501, 2.3.2: only one session is told, and EXAMINE takes nothing away.
      if (!options.readOnly) mailbox.firstRecentUid = message.uid + 1
    }
    return first < stored.length
  }

  function takeExpunged(): Numbered[] {
    const expunged: Numbered[] = []
    for (let index = messages.length - 1; index >= 0; index--) {
      const message = messages[index]!
      if (!message.gone) continue
      expunged.push({ message, number: index + 1 })
      recent.delete(message.uid)
      changed.delete(message)
    }
    messages = messages.filter((message) => !message.gone)
    hasExpunged = false
    return expunged
  }

  const numberOf = (message: StoredMessage) => indexOfUid(messages, message.uid) + 1

  function resolve(set: SequenceSet, byUid: boolean): NumberRange[] {
    if (byUid) return resolveSequenceSet(set, messages.at(-1)?.uid ?? 0)
    const ranges = resolveSequenceSet(set, messages.length)
    if (ranges.at(-1)!.to > messages.length || ranges[0]!.from < 1) throw malformed('No message has this number')
    return ranges
  }

  const view: View = {
    mailbox,
    readOnly: options.readOnly || mailbox.readOnly,
    get messages() {
      return messages
    },
    resolve,
    select(set, byUid) {
      const selected: Numbered[] = []
      for (const { from, to } of resolve(set, byUid)) {
        const start = byUid ? indexOfUid(messages, from) : from - 1
        for (let index = start; index < messages.length; index++) {
          const message = messages[index]!
          if ((byUid ? message.uid : index + 1) > to) break
          if (!byUid || !message.gone) selected.push({ message, number: index + 1 })
        }
      }
      return selected
    },
    isRecent: (message) => recent.has(message.uid),
    get recent() {
      return recent.size
    },
    takeNewKeywords() {
      const known = keywordsTold
      keywordsTold = mailbox.keywords().length
      return keywordsTold > known
    },
    takeChanges({ expunges }) {
      const expunged = expunges && hasExpunged ? takeExpunged() : []
      const grew = grow()
      const flags = [...changed].filter((message) => !message.gone && messages[numberOf(message) - 1] === message)
      changed.clear()
      return {
        expunged,
        exists: grew ? messages.length : undefined,
        recent: recent.size,
        flags: flags.map((message) => ({ message, number: numberOf(message) })),
      }
    },
    close: stop,
  }
  return view
}
