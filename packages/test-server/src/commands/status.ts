import type { StatusItem } from '../faults/fault.ts'
import type { CommandTable } from '../session/command.ts'
import { offers, type Session } from '../session/session.ts'
import type { Mailbox } from '../store/mailbox.ts'
import type { Arguments } from '../wire/arguments.ts'
import { malformed } from '../wire/command-error.ts'
import { formatString } from '../wire/format.ts'
import { findMailbox } from './find-mailbox.ts'

const counters: Readonly<Record<StatusItem, (mailbox: Mailbox) => number | bigint>> = {
  MESSAGES: ({ stored }) => stored.length,
  RECENT: ({ stored, firstRecentUid }) => stored.filter(({ uid }) => uid >= firstRecentUid).length,
  UIDNEXT: ({ uidNext }) => uidNext,
  UIDVALIDITY: ({ uidValidity }) => uidValidity,
  UNSEEN: ({ stored }) => stored.filter(({ flags }) => !flags.has('\\Seen')).length,
  HIGHESTMODSEQ: ({ highestModSeq }) => highestModSeq,
}

/** STATUS. */
export const statusCommands: CommandTable = {
  STATUS: {
    needs: 'login',
    run(session, args) {
      args.space()
      const name = args.astring()
      args.space()
      const items = readStatusItems(session, args)
      args.end()
      reportStatus(session, name, findMailbox(session, name), items)
      return { text: 'STATUS completed' }
    },
  },
}

/** Reads what of a mailbox is to be told. */
export function readStatusItems(session: Session, args: Arguments): StatusItem[] {
  return args.list(() => {
    const item = args.keyword()
    if (!isStatusItem(item)) throw malformed(`Unknown status item ${item}`)
    if (item !== 'HIGHESTMODSEQ') return item
    if (!offers(session, 'CONDSTORE')) throw malformed(`Unknown status item ${item}`)
    session.enabled.add('CONDSTORE')
    return item
  })
}

/** Tells it. */
export function reportStatus(session: Session, wireName: string, mailbox: Mailbox, items: readonly StatusItem[]): void {
  const lies = session.respond.faults
    .all('misreport-status')
    .filter((lie) => lie.mailbox === undefined || lie.mailbox === mailbox.name)
  const told = items.flatMap((item) => {
    const lie = lies.find((candidate) => item in candidate.items)
    const value = lie ? lie.items[item] : counters[item](mailbox)
    return value === undefined ? [] : [`${item} ${value}`]
  })
  session.respond.untagged(`STATUS ${formatString(wireName)} (${told.join(' ')})`)
}

function isStatusItem(item: string): item is StatusItem {
  return Object.hasOwn(counters, item)
}
