import type { Arguments } from '../wire/arguments.ts'
import { malformed } from '../wire/command-error.ts'
import { parseDay } from '../wire/dates.ts'
import { parseSequenceSet, type SequenceSet } from '../wire/sequence-set.ts'

/** What to search for (RFC 3501, 6.4.4; RFC 7162, 3.1.5). Texts are latin1 of what the client sent, in lower case. */
export type SearchKey =
  | { readonly kind: 'all' | 'new' | 'old' | 'recent' }
  | { readonly kind: 'and'; readonly keys: readonly SearchKey[] }
  | { readonly kind: 'or'; readonly keys: readonly SearchKey[] }
  | { readonly kind: 'not'; readonly key: SearchKey }
  | { readonly kind: 'flag'; readonly flag: string }
  | { readonly kind: 'header'; readonly name: string; readonly text: string }
  | { readonly kind: 'body' | 'text'; readonly text: string }
  | {
      readonly kind: 'date'
      readonly of: 'received' | 'sent'
      readonly is: 'before' | 'on' | 'since'
      readonly day: number
    }
  | { readonly kind: 'larger' | 'smaller'; readonly size: number }
  | { readonly kind: 'numbers' | 'uids'; readonly set: SequenceSet }
  | { readonly kind: 'mod-sequence'; readonly modSeq: bigint }
  | { readonly kind: 'label' | 'label-raw'; readonly text: string }
  | { readonly kind: 'letter' | 'thread'; readonly id: bigint }

const flag = (name: string): SearchKey => ({ kind: 'flag', flag: name })
const not = (key: SearchKey): SearchKey => ({ kind: 'not', key })
const lower = (args: Arguments) => args.astring().toLowerCase()

const plain: Readonly<Record<string, SearchKey>> = {
  ALL: { kind: 'all' },
  NEW: { kind: 'new' },
  OLD: { kind: 'old' },
  RECENT: { kind: 'recent' },
  ANSWERED: flag('\\Answered'),
  DELETED: flag('\\Deleted'),
  DRAFT: flag('\\Draft'),
  FLAGGED: flag('\\Flagged'),
  SEEN: flag('\\Seen'),
  UNANSWERED: not(flag('\\Answered')),
  UNDELETED: not(flag('\\Deleted')),
  UNDRAFT: not(flag('\\Draft')),
  UNFLAGGED: not(flag('\\Flagged')),
  UNSEEN: not(flag('\\Seen')),
}

const withArguments: Readonly<Record<string, (args: Arguments) => SearchKey>> = {
  BCC: (args) => ({ kind: 'header', name: 'bcc', text: lower(args) }),
  CC: (args) => ({ kind: 'header', name: 'cc', text: lower(args) }),
  FROM: (args) => ({ kind: 'header', name: 'from', text: lower(args) }),
  SUBJECT: (args) => ({ kind: 'header', name: 'subject', text: lower(args) }),
  TO: (args) => ({ kind: 'header', name: 'to', text: lower(args) }),
  HEADER(args) {
    const name = lower(args)
    args.space()
    return { kind: 'header', name, text: lower(args) }
  },
  BODY: (args) => ({ kind: 'body', text: lower(args) }),
  TEXT: (args) => ({ kind: 'text', text: lower(args) }),
  BEFORE: (args) => ({ kind: 'date', of: 'received', is: 'before', day: readDay(args) }),
  ON: (args) => ({ kind: 'date', of: 'received', is: 'on', day: readDay(args) }),
  SINCE: (args) => ({ kind: 'date', of: 'received', is: 'since', day: readDay(args) }),
  SENTBEFORE: (args) => ({ kind: 'date', of: 'sent', is: 'before', day: readDay(args) }),
  SENTON: (args) => ({ kind: 'date', of: 'sent', is: 'on', day: readDay(args) }),
  SENTSINCE: (args) => ({ kind: 'date', of: 'sent', is: 'since', day: readDay(args) }),
  LARGER: (args) => ({ kind: 'larger', size: args.number() }),
  SMALLER: (args) => ({ kind: 'smaller', size: args.number() }),
  KEYWORD: (args) => flag(args.flag()),
  UNKEYWORD: (args) => not(flag(args.flag())),
  UID: (args) => ({ kind: 'uids', set: args.sequenceSet() }),
  NOT: (args) => not(readSearchKey(args)),
  OR(args) {
    const first = readSearchKey(args)
    args.space()
    return { kind: 'or', keys: [first, readSearchKey(args)] }
  },
  'X-GM-LABELS': (args) => ({ kind: 'label', text: args.sees('\\') ? args.flag().toLowerCase() : lower(args) }),
  'X-GM-RAW': (args) => ({ kind: 'label-raw', text: lower(args) }),
  'X-GM-MSGID': (args) => ({ kind: 'letter', id: args.modSeq() }),
  'X-GM-THRID': (args) => ({ kind: 'thread', id: args.modSeq() }),
  MODSEQ(args) {
    // An entry's name and kind may come first; all flags share one mod-sequence here.
    if (args.sees('"')) {
      args.astring()
      args.space()
      args.atom()
      args.space()
    }
    return { kind: 'mod-sequence', modSeq: args.modSeq() }
  },
}

/** Reads one key. */
export function readSearchKey(args: Arguments): SearchKey {
  if (args.sees('(')) return { kind: 'and', keys: args.list(() => readSearchKey(args)) }
  const word = args.word()
  const name = word.toUpperCase()
  if (Object.hasOwn(plain, name)) return plain[name]!
  if (Object.hasOwn(withArguments, name)) {
    args.space()
    return withArguments[name]!(args)
  }
  const set = parseSequenceSet(word)
  if (!set) throw malformed(`Unknown search key ${name}`)
  return { kind: 'numbers', set }
}

/** Reads keys up to the end of the command: all of them have to hold. */
export function readSearchKeys(args: Arguments): SearchKey {
  const keys = [readSearchKey(args)]
  while (args.accept(' ')) keys.push(readSearchKey(args))
  args.end()
  return { kind: 'and', keys }
}

/** Whether mod-sequences, or this one, are asked about, which then are told as well. */
export function mentionsModSeq(key: SearchKey, wanted?: bigint): boolean {
  return mentions(key, (one) => one.kind === 'mod-sequence' && (wanted === undefined || one.modSeq === wanted))
}

/** Whether labels, or what else only servers with labels know, are asked about. */
export function mentionsLabels(key: SearchKey): boolean {
  return mentions(key, ({ kind }) => kind === 'label' || kind === 'label-raw' || kind === 'letter' || kind === 'thread')
}

function mentions(key: SearchKey, isMeant: (key: SearchKey) => boolean): boolean {
  if (key.kind === 'and' || key.kind === 'or') return key.keys.some((inner) => mentions(inner, isMeant))
  return key.kind === 'not' ? mentions(key.key, isMeant) : isMeant(key)
}

function readDay(args: Arguments): number {
  const day = parseDay(args.astring())
  if (day === undefined) throw malformed('Invalid date')
  return day
}
