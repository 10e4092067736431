import { type FetchItem, readFetchItems } from '../fetch/fetch-items.ts'
import type { Session } from '../session/session.ts'
import type { Arguments } from '../wire/arguments.ts'
import { malformed, refused } from '../wire/command-error.ts'

const eventNames = ['MessageNew', 'MessageExpunge', 'FlagChange', 'MailboxName', 'SubscriptionChange'] as const

/** Something of which a client can be told (RFC 5465, 5). */
export type EventName = (typeof eventNames)[number]

/** Of what a client wants to be told in which mailboxes. */
export interface EventGroup {
  readonly mailboxes:
    | { readonly kind: 'selected' | 'selected-delayed' | 'inboxes' | 'personal' | 'subscribed' }
    | { readonly kind: 'subtree' | 'mailboxes'; readonly names: readonly string[] }
  readonly events: ReadonlySet<EventName>
  /** What is to be told of new messages in the open mailbox. */
  readonly items: readonly FetchItem[]
}

/** Reads groups up to the end of the command (RFC 5465, 8). */
export function readEventGroups(args: Arguments): EventGroup[] {
  const groups: EventGroup[] = []
  do {
    args.space()
    groups.push(readGroup(args))
  } while (!args.atEnd)
  return groups
}

/** The first group for a mailbox that is not open. */
export function groupFor(session: Session, groups: readonly EventGroup[], wireName: string): EventGroup | undefined {
  return groups.find(({ mailboxes }) => isAmong(session, mailboxes, wireName))
}

function isAmong({ account, server }: Session, mailboxes: EventGroup['mailboxes'], wireName: string): boolean {
  switch (mailboxes.kind) {
    case 'selected':
    case 'selected-delayed':
      return false
    case 'inboxes':
      return wireName === 'INBOX'
    case 'personal':
      return true
    case 'subscribed':
      return account!.subscribed.has(wireName)
    case 'subtree':
      return mailboxes.names.some((name) => wireName === name || wireName.startsWith(name + server.separator))
    case 'mailboxes':
      return mailboxes.names.includes(wireName)
  }
}

function readGroup(args: Arguments): EventGroup {
  args.expect('(')
  const mailboxes = readMailboxes(args)
  args.space()
  const events = new Set<EventName>()
  const items: FetchItem[] = []
  if (!args.accept('NONE')) {
    args.list(() => {
      const event = readEvent(args)
      events.add(event)
      if (event !== 'MessageNew' || !args.sees(' (')) return
      args.space()
      items.push(...readFetchItems(args))
    })
  }
  args.expect(')')
  // RFC 5465, 5: neither of these is of use without the other.
  if (events.has('MessageNew') !== events.has('MessageExpunge')) throw malformed('MessageNew goes with MessageExpunge')
  if (events.has('FlagChange') && !events.has('MessageNew')) throw malformed('FlagChange goes with MessageNew')
  return { mailboxes, events, items }
}

function readMailboxes(args: Arguments): EventGroup['mailboxes'] {
  const kind = args.keyword().toLowerCase()
  switch (kind) {
    case 'selected':
    case 'selected-delayed':
    case 'inboxes':
    case 'personal':
    case 'subscribed':
      return { kind }
    case 'subtree':
    case 'mailboxes':
      args.space()
      return { kind, names: args.sees('(') ? args.list(args.astring) : [args.astring()] }
    default:
      throw malformed(`Unknown mailboxes ${kind}`)
  }
}

function readEvent(args: Arguments): EventName {
  const name = args.keyword()
  const event = eventNames.find((known) => known.toUpperCase() === name)
  if (!event) throw refused(`Unknown event ${name}`, `BADEVENT (${eventNames.join(' ')})`)
  return event
}
