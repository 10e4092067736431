import type { Arguments } from '../wire/arguments.ts'
import { malformed } from '../wire/command-error.ts'
import { formatString } from '../wire/format.ts'

/** Which octets of a message or part. */
export interface Section {
  /** The numbers of the part, outermost first; none for the message itself. */
  readonly part: readonly number[]
  readonly what: 'all' | 'header' | 'text' | 'mime' | 'fields' | 'other-fields'
  /** In lower case, for `fields` and `other-fields`. */
  readonly names: readonly string[]
}

/** One thing that FETCH can tell (RFC 3501, 6.4.5). */
export type FetchItem =
  | { readonly kind: (typeof labelItems)[number] }
  | {
      readonly kind: 'FLAGS' | 'UID' | 'INTERNALDATE' | 'RFC822.SIZE' | 'MODSEQ' | 'ENVELOPE' | 'BODY' | 'BODYSTRUCTURE'
    }
  | {
      readonly kind: 'section'
      /** How it is named in the answer. */
      readonly label: string
      readonly section: Section
      readonly peek: boolean
      readonly partial: { readonly start: number; readonly length: number } | undefined
    }

/** What only servers with labels tell. */
export const labelItems = ['X-GM-MSGID', 'X-GM-THRID', 'X-GM-LABELS'] as const

const simple = ['FLAGS', 'UID', 'INTERNALDATE', 'RFC822.SIZE', 'MODSEQ', 'ENVELOPE', 'BODYSTRUCTURE'] as const
const macros: Readonly<Record<string, readonly ((typeof simple)[number] | 'BODY')[]>> = {
  FAST: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE'],
  ALL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE'],
  FULL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE', 'BODY'],
}
const whole: Section = { part: [], what: 'all', names: [] }
const rfc822: Readonly<Record<string, FetchItem>> = {
  RFC822: legacy('RFC822', 'all', false),
  'RFC822.HEADER': legacy('RFC822.HEADER', 'header', true),
  'RFC822.TEXT': legacy('RFC822.TEXT', 'text', false),
}

/** Reads what is to be fetched: a macro, one item, or several between brackets. */
export function readFetchItems(args: Arguments): FetchItem[] {
  if (args.sees('(')) return args.list(() => readItem(args))
  for (const [name, kinds] of Object.entries(macros)) {
    if (args.accept(name)) return kinds.map((kind) => ({ kind }))
  }
  return [readItem(args)]
}

function readItem(args: Arguments): FetchItem {
  if (args.sees('BODY[') || args.sees('BODY.PEEK[')) return readSectionItem(args)
  const name = args.keyword()
  if (name === 'BODY') return { kind: 'BODY' }
  const kind = [...simple, ...labelItems].find((candidate) => candidate === name)
  if (kind) return { kind }
  const item = rfc822[name]
  if (!item) throw malformed(`Unknown fetch item ${name}`)
  return item
}

function readSectionItem(args: Arguments): FetchItem {
  args.expect('BODY')
  const peek = args.accept('.PEEK')
  args.expect('[')
  const { section, label } = readSection(args)
  args.expect(']')
  if (!args.accept('<')) return { kind: 'section', label: `BODY[${label}]`, section, peek, partial: undefined }
  const start = args.number()
  args.expect('.')
  const length = args.number()
  args.expect('>')
  return { kind: 'section', label: `BODY[${label}]<${start}>`, section, peek, partial: { start, length } }
}

function readSection(args: Arguments): { section: Section; label: string } {
  if (args.sees(']')) return { section: whole, label: '' }
  const specifier = args.keyword()
  const match = /^(\d+(?:\.\d+)*)?\.?(HEADER|HEADER\.FIELDS|HEADER\.FIELDS\.NOT|TEXT|MIME)?$/.exec(specifier)
  if (!match) throw malformed(`Unknown section ${specifier}`)
  const part = match[1]?.split('.').map(Number) ?? []
  switch (match[2]) {
    case undefined:
      return { section: { part, what: 'all', names: [] }, label: specifier }
    case 'HEADER':
      return { section: { part, what: 'header', names: [] }, label: specifier }
    case 'TEXT':
      return { section: { part, what: 'text', names: [] }, label: specifier }
    case 'MIME':
      if (part.length === 0) throw malformed('MIME is for parts')
      return { section: { part, what: 'mime', names: [] }, label: specifier }
    default: {
      args.space()
      const names = args.list(args.astring)
      const what = match[2] === 'HEADER.FIELDS' ? 'fields' : 'other-fields'
      const label = `${specifier} (${names.map((name) => (/^[!-~]+$/.test(name) ? name : formatString(name))).join(' ')})`
      return { section: { part, what, names: names.map((name) => name.toLowerCase()) }, label }
    }
  }
}

function legacy(label: string, what: Section['what'], peek: boolean): FetchItem {
  return { kind: 'section', label, section: { part: [], what, names: [] }, peek, partial: undefined }
}
