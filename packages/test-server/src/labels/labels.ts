import type { LabelOptions } from '../habits/habits.ts'
import type { Account } from '../store/account.ts'
import type { Mailbox } from '../store/mailbox.ts'
import type { StoredMessage } from '../store/message.ts'
import { refused } from '../wire/command-error.ts'
import { encodeMailboxName } from '../wire/mailbox-name.ts'
import type { Arriving, Letter } from './letter.ts'
import { createLetterBook } from './letter-book.ts'
import { type SpecialUse, specialFolders, specialLabels } from './special-folders.ts'

/** The labels of one account: each is a folder, and a message with several labels is in several folders. */
export interface Labels {
  /** Makes the special folders. */
  begin(account: Account): void
  /** Lets what is done in a mailbox be done to labels. */
  dress(mailbox: Mailbox): void
  /** A letter's labels as they stand on the wire, the system's first; not the one of the mailbox in which it is looked at. */
  of(letter: Letter, seenIn?: Mailbox): string[]
  /** Gives a message of a mailbox labels, takes them away, or lets it have these alone; missing ones are made. */
  change(mailbox: Mailbox, message: StoredMessage, sign: '+' | '-' | '=', labels: readonly string[]): void
}

/** What a mailbox does by itself. */
type Plain = Pick<Mailbox, 'add' | 'change' | 'remove'>

/**
 * Labels as Gmail has them.
 *
 * | done                         | in a label's folder   | in All Mail | in Trash or Spam       |
 * | ---------------------------- | --------------------- | ----------- | ---------------------- |
 * | a message comes              | has the label as well | has no more | has no other label now |
 * | a message is removed         | loses the label       | stays       | is gone                |
 * | a flag but `\Deleted` is set | is set everywhere     | likewise    | likewise               |
 */
export function createLabels(options: LabelOptions): Labels {
  const {
    language = 'en',
    root = '[Gmail]',
    autoExpunge = false,
    keepsTwins = false,
    whenExpunged = 'archive',
  } = options
  const book = createLetterBook({ keepsTwins })
  const plain = new Map<Mailbox, Plain>()
  const special = new Map<SpecialUse, Mailbox>()
  let account: Account | undefined

  const isAll = (mailbox: Mailbox) => mailbox === special.get('\\All')
  const isApart = (mailbox: Mailbox) => mailbox === special.get('\\Trash') || mailbox === special.get('\\Junk')

  /** Puts a copy of a letter into a mailbox, with the flags and the date that its other copies have. */
  function put(mailbox: Mailbox, letter: Letter, source: Arriving): StoredMessage {
    const elsewhere = letter.copies.values().next().value
    const shared = [...(source.flags ?? [])].filter((flag) => flag.toLowerCase() !== '\\deleted')
    const flags = elsewhere ? [...withoutDeleted(elsewhere.flags), ...shared] : (source.flags ?? [])
    const internalDate = elsewhere?.internalDate ?? source.internalDate ?? new Date()
    const [copy] = plain.get(mailbox)!.add([{ bytes: source.bytes, flags, internalDate }])
    copy!.letter = letter
    letter.copies.set(mailbox, copy!)
    return copy!
  }

  function take(mailbox: Mailbox, letter: Letter): void {
    const copy = letter.copies.get(mailbox)
    letter.copies.delete(mailbox)
    if (copy) plain.get(mailbox)!.remove([copy])
    if (letter.copies.size === 0) book.forget(letter)
  }

  function enter(mailbox: Mailbox, source: Arriving): StoredMessage {
    const letter = source.letter ?? book.letterOf(source.bytes)
    const there = letter.copies.get(mailbox)
    if (there) return there
    const copy = put(mailbox, letter, source)
    for (const other of [...letter.copies.keys()]) {
      if (other !== mailbox && (isApart(mailbox) || isApart(other))) take(other, letter)
    }
    const all = special.get('\\All')
    if (all && !isApart(mailbox) && !letter.copies.has(all)) put(all, letter, source)
    if (mailbox === special.get('\\Flagged')) plain.get(mailbox)!.change([copy], (flags) => [...flags, '\\Flagged'])
    share(mailbox, copy)
    touch(letter, mailbox)
    return copy
  }

  function leave(mailbox: Mailbox, message: StoredMessage): void {
    const { letter } = message
    if (!letter || message.gone || isAll(mailbox)) return
    take(mailbox, letter)
    const [rest] = letter.copies
    if (!rest) return
    touch(letter, mailbox)
    if (mailbox === special.get('\\Flagged')) {
      plain.get(rest[0])!.change([rest[1]], (flags) => [...flags].filter((flag) => flag !== '\\Flagged'))
      share(...rest)
    }
    const isLast = labels.of(letter).length === 0 && message.flags.has('\\Deleted')
    if (isLast && whenExpunged === 'trash') enter(special.get('\\Trash')!, message)
    if (isLast && whenExpunged === 'delete') take(special.get('\\All')!, letter)
  }

  /** Gives the other copies of a message the flags of this one, and the folder of starred ones what is starred. */
  function share(mailbox: Mailbox, { letter, flags }: StoredMessage): void {
    if (!letter) return
    for (const [other, copy] of letter.copies) {
      if (other === mailbox) continue
      const own = copy.flags.has('\\Deleted') ? ['\\Deleted'] : []
      plain.get(other)!.change([copy], () => [...withoutDeleted(flags), ...own])
    }
    const starred = special.get('\\Flagged')
    if (!starred || [...letter.copies.keys()].some(isApart)) return
    const [first] = letter.copies.values()
    if (flags.has('\\Flagged') && first && !letter.copies.has(starred)) put(starred, letter, first)
    if (!flags.has('\\Flagged') && letter.copies.has(starred)) take(starred, letter)
  }

  // Other labels are a change of the message, which CHANGEDSINCE tells wherever else it is (RFC 7162).
  function touch(letter: Letter, but: Mailbox): void {
    for (const [mailbox, copy] of letter.copies) if (mailbox !== but) mailbox.touch([copy])
  }

  function labelOf(mailbox: Mailbox): string | undefined {
    if (mailbox.name === 'INBOX') return '\\Inbox'
    for (const [use, one] of special) if (one === mailbox) return specialLabels[use]
    return encodeMailboxName(mailbox.name)
  }

  function find(label: string): Mailbox | undefined {
    const wanted = label.toLowerCase()
    for (const mailbox of account!.mailboxes.values()) {
      const own = labelOf(mailbox)
      if (own === label || (label.startsWith('\\') && own?.toLowerCase() === wanted)) return mailbox
    }
    return wanted === '\\draft' ? special.get('\\Drafts') : undefined
  }

  function findOrMake(label: string): Mailbox {
    const found = find(label)
    if (found) return found
    if (!label.startsWith('\\')) account!.create(label)
    const made = account!.find(label)
    if (!made) throw refused('Invalid label')
    return made
  }

  const labels: Labels = {
    begin(begun) {
      account = begun
      for (const { use, name } of specialFolders(language)) {
        const wireName = encodeMailboxName(`${root}/${name}`)
        account.create(wireName, { specialUse: use })
        special.set(use, account.find(wireName)!)
      }
    },
    dress(mailbox) {
      const { add, change, remove, abandon, changeUidValidity } = mailbox
      plain.set(mailbox, { add, change, remove })
      Object.assign(mailbox, {
        add: (messages) => messages.map((message) => enter(mailbox, message)),
        change(messages, makeFlags, origin) {
          const changed = change(messages, makeFlags, origin)
          for (const message of changed) share(mailbox, message)
          if (autoExpunge) for (const message of changed) if (message.flags.has('\\Deleted')) leave(mailbox, message)
          return changed
        },
        remove(messages) {
          for (const message of [...messages]) leave(mailbox, message)
        },
        abandon() {
          for (const { letter } of mailbox.stored) letter?.copies.delete(mailbox)
          abandon()
        },
        changeUidValidity(options) {
          changeUidValidity(options)
          for (const message of mailbox.stored) message.letter?.copies.set(mailbox, message)
        },
        labelsOf: ({ letter }) => letter && labels.of(letter),
        relabel: (message, wanted) => labels.change(mailbox, message, '=', wanted.map(encodeLabel)),
      } satisfies Partial<Mailbox>)
    },
    of(letter, seenIn) {
      const shown = [...letter.copies.keys()].filter((mailbox) => mailbox !== seenIn)
      return shown.flatMap((mailbox) => labelOf(mailbox) ?? []).sort(systemFirst)
    },
    change(mailbox, message, sign, names) {
      const { letter } = message
      if (!letter || message.gone) return
      const wanted = new Set(names.flatMap((name) => (sign === '-' ? (find(name) ?? []) : findOrMake(name))))
      const isKept = (other: Mailbox) => wanted.has(other) || isAll(other) || other === mailbox
      if (sign !== '-') for (const one of wanted) enter(one, message)
      const dropped =
        sign === '-' ? wanted : [...letter.copies.keys()].filter((other) => sign === '=' && !isKept(other))
      for (const one of dropped) {
        const copy = letter.copies.get(one)
        if (copy && isApart(one)) enter(special.get('\\All')!, copy)
        else if (copy) leave(one, copy)
      }
    },
  }
  return labels
}

function systemFirst(a: string, b: string): number {
  if (a.startsWith('\\') !== b.startsWith('\\')) return a.startsWith('\\') ? -1 : 1
  return a < b ? -1 : 1
}

function withoutDeleted(flags: Iterable<string>): string[] {
  return [...flags].filter((flag) => flag !== '\\Deleted')
}

function encodeLabel(label: string): string {
  return label.startsWith('\\') ? label : encodeMailboxName(label)
}
