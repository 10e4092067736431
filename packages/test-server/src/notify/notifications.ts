import { describeMessage } from '../commands/fetch.ts'
import { reportStatus } from '../commands/status.ts'
import { reportChanges } from '../session/report-changes.ts'
import { offers, type Session } from '../session/session.ts'
import type { AccountEvent } from '../store/account.ts'
import type { Mailbox, MailboxEvent } from '../store/mailbox.ts'
import { formatString } from '../wire/format.ts'
import { type EventGroup, type EventName, groupFor } from './event-groups.ts'

/** What a client is told without asking (RFC 5465). */
export interface Notifications {
  /** Tells what has happened since, unless a command is being carried out. */
  tell(): void
  /** Tells of the messages above this UID in the open mailbox what was asked for. */
  describeNew(lastKnown: number): void
  stop(): void
}

const messageEvents: Readonly<Record<Exclude<MailboxEvent['type'], 'void'>, EventName>> = {
  added: 'MessageNew',
  flags: 'FlagChange',
  expunged: 'MessageExpunge',
}

/** Begins to watch an account for a session; with `status`, tells of every mailbox first how it is. */
export function openNotifications(
  session: Session,
  groups: readonly EventGroup[],
  options: { readonly status: boolean },
): Notifications {
  const account = session.account!
  const open = groups.find(({ mailboxes }) => mailboxes.kind.startsWith('selected'))
  const changed = new Set<Mailbox>()
  const lines: string[] = []
  const watches = new Map<Mailbox, () => void>()
  let isScheduled = false
  let isStopped = false

  function schedule(): void {
    if (!isScheduled) setImmediate(tell)
    isScheduled = true
  }

  function tell(): void {
    isScheduled = false
    if (isStopped || session.busy || session.ended || session.connection.closed.aborted) return
    for (const line of lines.splice(0)) session.respond.untagged(line)
    for (const mailbox of changed) reportMailbox(mailbox)
    changed.clear()
    if (open) reportChanges(session, { expunges: open.mailboxes.kind === 'selected', uids: false })
    void session.connection.flush()
  }

  function reportMailbox(mailbox: Mailbox): void {
    const wireName = nameOf(mailbox)
    if (wireName === undefined) return
    const modSeq = offers(session, 'CONDSTORE') ? (['HIGHESTMODSEQ'] as const) : []
    reportStatus(session, wireName, mailbox, ['MESSAGES', 'UIDNEXT', 'UIDVALIDITY', ...modSeq])
  }

  function nameOf(mailbox: Mailbox): string | undefined {
    return account.mailboxes.entries().find(([, one]) => one === mailbox)?.[0]
  }

  function wants(wireName: string | undefined, event: EventName): boolean {
    return wireName !== undefined && (groupFor(session, groups, wireName)?.events.has(event) ?? false)
  }

  function follow(mailbox: Mailbox): void {
    if (watches.has(mailbox)) return
    const stopWatching = mailbox.watch(({ type }) => {
      if (type === 'void' || mailbox === session.view?.mailbox) return
      if (!wants(nameOf(mailbox), messageEvents[type])) return
      changed.add(mailbox)
      schedule()
    })
    watches.set(mailbox, stopWatching)
  }

  function onFolder(event: AccountEvent): void {
    const mailbox = account.find(event.wireName)
    if (mailbox) follow(mailbox)
    const isAboutName = event.type !== 'subscribed' && event.type !== 'unsubscribed'
    if (!wants(event.wireName, isAboutName ? 'MailboxName' : 'SubscriptionChange')) return
    lines.push(formatFolderEvent(session, event))
    schedule()
  }

  for (const mailbox of account.mailboxes.values()) follow(mailbox)
  const stopFolders = account.watch(onFolder)
  session.onChange = open ? schedule : () => {}
  if (options.status) {
    for (const [wireName, mailbox] of account.mailboxes) {
      if (mailbox !== session.view?.mailbox && wants(wireName, 'MessageNew')) reportMailbox(mailbox)
    }
  }

  return {
    tell,
    describeNew(lastKnown) {
      if (!open || open.items.length === 0) return
      for (const [index, message] of session.view!.messages.entries()) {
        if (message.uid <= lastKnown) continue
        session.respond.untaggedParts(describeMessage(session, { message, number: index + 1 }, open.items))
      }
    },
    stop() {
      isStopped = true
      stopFolders()
      for (const stopWatching of watches.values()) stopWatching()
      session.onChange = () => {}
    },
  }
}

function formatFolderEvent({ server }: Session, event: AccountEvent): string {
  const attribute = { deleted: '\\NonExistent', subscribed: '\\Subscribed', created: '', renamed: '', unsubscribed: '' }
  const old = event.type === 'renamed' ? ` ("OLDNAME" (${formatString(event.from)}))` : ''
  const name = formatString(event.wireName)
  return `LIST (${attribute[event.type]}) ${formatString(server.separator)} ${name}${old}`
}
