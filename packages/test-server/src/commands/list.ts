import type { StatusItem } from '../faults/fault.ts'
import type { CommandTable } from '../session/command.ts'
import { offers, type Session } from '../session/session.ts'
import type { Arguments } from '../wire/arguments.ts'
import { malformed } from '../wire/command-error.ts'
import { formatString } from '../wire/format.ts'
import { type ListedMailbox, listMailboxes, patternMatcher } from './list-mailboxes.ts'
import { readStatusItems, reportStatus } from './status.ts'

/** What LIST was asked (RFC 5258). */
interface ListRequest {
  readonly reference: string
  readonly patterns: readonly string[]
  readonly select: ReadonlySet<string>
  readonly show: ReadonlySet<string>
  readonly status: readonly StatusItem[] | undefined
}

/** LIST and LSUB. */
export const listCommands: CommandTable = {
  LIST: {
    needs: 'login',
    run(session, args) {
      const request = readRequest(session, args)
      if (request.patterns.length === 1 && request.patterns[0] === '') {
        session.respond.untagged(`LIST (\\Noselect) ${formatString(session.server.separator)} ""`)
      } else {
        list(session, request)
      }
      return { text: 'LIST completed' }
    },
  },
  LSUB: {
    needs: 'login',
    run(session, args) {
      args.space()
      const reference = args.astring()
      args.space()
      const pattern = reference + args.pattern()
      args.end()
      listSubscribed(session, pattern)
      return { text: 'LSUB completed' }
    },
  },
}

function readRequest(session: Session, args: Arguments): ListRequest {
  const isExtended = offers(session, 'LIST-EXTENDED')
  args.space()
  const select = new Set<string>()
  if (args.sees('(')) {
    for (const option of args.list(args.keyword)) select.add(checkOption(session, option, selectOptions))
    args.space()
  }
  const reference = args.astring()
  args.space()
  const patterns = isExtended && args.sees('(') ? args.list(args.pattern) : [args.pattern()]
  const show = new Set<string>()
  let status: StatusItem[] | undefined
  const canReturn = Object.values(returnOptions).some((extension) => offers(session, extension))
  if (canReturn && args.accept(' RETURN ')) {
    args.list(() => {
      const option = checkOption(session, args.keyword(), returnOptions)
      show.add(option)
      if (option !== 'STATUS') return
      args.space()
      status = readStatusItems(session, args)
    })
  }
  args.end()
  return { reference, patterns, select, show, status }
}

/** Which extension each option belongs to. */
const selectOptions = {
  SUBSCRIBED: 'LIST-EXTENDED',
  REMOTE: 'LIST-EXTENDED',
  RECURSIVEMATCH: 'LIST-EXTENDED',
  'SPECIAL-USE': 'SPECIAL-USE',
} as const
const returnOptions = {
  SUBSCRIBED: 'LIST-EXTENDED',
  CHILDREN: 'LIST-EXTENDED',
  'SPECIAL-USE': 'SPECIAL-USE',
  STATUS: 'LIST-STATUS',
} as const

function checkOption(session: Session, option: string, table: typeof selectOptions | typeof returnOptions): string {
  const found = Object.entries(table).find(([name, extension]) => name === option && offers(session, extension))
  if (!found) throw malformed(`Unknown option ${option}`)
  return option
}

function list(session: Session, request: ListRequest): void {
  const { separator } = session.server
  const all = listMailboxes(session.account!, separator)
  const isWanted = (mailbox: ListedMailbox) =>
    (!request.select.has('SUBSCRIBED') || mailbox.subscribed) &&
    (!request.select.has('SPECIAL-USE') || mailbox.mailbox?.specialUse !== undefined)
  const findsBelow = (mailbox: ListedMailbox) =>
    request.select.has('RECURSIVEMATCH') &&
    all.some((other) => other.wireName.startsWith(mailbox.wireName + separator) && isWanted(other))
  const matchers = request.patterns.map((pattern) => patternMatcher(request.reference + pattern, separator))
  for (const mailbox of all) {
    if (!matchers.some((matches) => matches(mailbox.wireName))) continue
    const below = findsBelow(mailbox)
    if (!isWanted(mailbox) && !below) continue
    if (!mailbox.mailbox && !mailbox.hasChildren && !request.select.has('SUBSCRIBED')) continue
    const childInfo = below ? ' ("CHILDINFO" ("SUBSCRIBED"))' : ''
    const attributes = attributesOf(session, mailbox, request).join(' ')
    const name = formatString(mailbox.wireName)
    session.respond.untagged(`LIST (${attributes}) ${formatString(separator)} ${name}${childInfo}`)
    if (request.status && mailbox.mailbox) reportStatus(session, mailbox.wireName, mailbox.mailbox, request.status)
  }
}

function attributesOf(session: Session, mailbox: ListedMailbox, { select, show }: ListRequest): string[] {
  const attributes: string[] = []
  if (!mailbox.mailbox) attributes.push(mailbox.hasChildren ? '\\Noselect' : '\\NonExistent')
  if (mailbox.subscribed && (select.has('SUBSCRIBED') || show.has('SUBSCRIBED'))) attributes.push('\\Subscribed')
  if (offers(session, 'CHILDREN') || show.has('CHILDREN')) {
    attributes.push(mailbox.hasChildren ? '\\HasChildren' : '\\HasNoChildren')
  }
  const specialUse = mailbox.mailbox?.specialUse
  if (specialUse !== undefined && offers(session, 'SPECIAL-USE')) attributes.push(specialUse)
  return attributes
}

// RFC 3501, 6.3.9: where `%` stops above a subscribed mailbox, its parent is told as \Noselect.
function listSubscribed(session: Session, pattern: string): void {
  const { separator } = session.server
  const matches = patternMatcher(pattern, separator)
  const told = new Map<string, string>()
  for (const { wireName, subscribed } of listMailboxes(session.account!, separator)) {
    if (!subscribed) continue
    if (matches(wireName)) told.set(wireName, '')
    const segments = wireName.split(separator)
    for (let depth = 1; pattern.endsWith('%') && depth < segments.length; depth++) {
      const parent = segments.slice(0, depth).join(separator)
      if (matches(parent) && !told.has(parent)) told.set(parent, '\\Noselect')
    }
  }
  for (const [wireName, attribute] of told) {
    session.respond.untagged(`LSUB (${attribute}) ${formatString(separator)} ${formatString(wireName)}`)
  }
}
