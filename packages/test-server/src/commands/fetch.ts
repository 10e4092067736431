import { formatBodyStructure } from '../fetch/body-structure.ts'
import { formatEnvelope } from '../fetch/envelope.ts'
import { type FetchItem, labelItems, readFetchItems } from '../fetch/fetch-items.ts'
import { readableMessages } from '../fetch/readable-messages.ts'
import { sectionOctets } from '../fetch/section-octets.ts'
import { formatLabels } from '../labels/format-labels.ts'
import { parseEntity } from '../mime/entity.ts'
import type { Answer, Command, CommandTable } from '../session/command.ts'
import { flushLimit } from '../session/responder.ts'
import { offers, type Session } from '../session/session.ts'
import type { Numbered, View } from '../session/view.ts'
import type { Arguments } from '../wire/arguments.ts'
import { malformed, refused } from '../wire/command-error.ts'
import { formatDateTime } from '../wire/dates.ts'
import { formatFlags, formatLiteral } from '../wire/format.ts'
import { isInRanges, resolveSequenceSet, type SequenceSet } from '../wire/sequence-set.ts'
import { reportVanished } from './vanished.ts'

/** What FETCH was asked. */
interface FetchRequest {
  readonly set: SequenceSet
  readonly items: readonly FetchItem[]
  readonly changedSince: bigint | undefined
  readonly vanished: boolean
}

/** FETCH and UID FETCH. */
export const fetchCommands: CommandTable = { FETCH: fetching(false), 'UID FETCH': fetching(true) }

function fetching(byUid: boolean): Command {
  return {
    needs: 'mailbox',
    keepsNumbers: !byUid,
    run: (session, args) => fetch(session, session.view!, readRequest(session, args, byUid), byUid),
  }
}

function readRequest(session: Session, args: Arguments, byUid: boolean): FetchRequest {
  args.space()
  const set = args.sequenceSet()
  args.space()
  const items = readFetchItems(args)
  let changedSince: bigint | undefined
  let vanished = false
  if (args.accept(' ')) {
    args.list(() => {
      const modifier = args.keyword()
      if (modifier === 'CHANGEDSINCE' && offers(session, 'CONDSTORE')) {
        args.space()
        changedSince = args.modSeq()
        if (changedSince === 0n && session.server.habits.zeroModSeqIsBad) throw malformed('Command arguments invalid')
      } else if (modifier === 'VANISHED' && byUid && session.enabled.has('QRESYNC')) {
        vanished = true
      } else {
        throw malformed(`Unknown modifier ${modifier}`)
      }
    })
  }
  args.end()
  if (vanished && changedSince === undefined) throw malformed('VANISHED goes with CHANGEDSINCE')
  const label = items.find(({ kind }) => labelItems.some((name) => name === kind))
  if (label && !session.account!.labels) throw malformed(`Unknown fetch item ${label.kind}`)
  const asksModSeq = items.some(({ kind }) => kind === 'MODSEQ')
  if (asksModSeq && !offers(session, 'CONDSTORE')) throw malformed('Unknown fetch item MODSEQ')
  if (asksModSeq || changedSince !== undefined) session.enabled.add('CONDSTORE')
  return { set, items: withImplied(items, byUid, changedSince !== undefined), changedSince, vanished }
}

/** UID FETCH tells the UID, and CHANGEDSINCE the mod-sequence, asked or not. */
function withImplied(items: readonly FetchItem[], uid: boolean, modSeq: boolean): FetchItem[] {
  return [...missing(items, 'UID', uid), ...items, ...missing(items, 'MODSEQ', modSeq)]
}

/** A message that has just been marked as read tells so. */
function withChangedFlags(session: Session, items: readonly FetchItem[]): FetchItem[] {
  const tellsModSeq = session.enabled.has('CONDSTORE')
  return [...items, ...missing(items, 'FLAGS', true), ...missing(items, 'MODSEQ', tellsModSeq)]
}

function missing(items: readonly FetchItem[], kind: 'UID' | 'FLAGS' | 'MODSEQ', isWanted: boolean): FetchItem[] {
  return isWanted && !items.some((item) => item.kind === kind) ? [{ kind }] : []
}

async function fetch(session: Session, view: View, request: FetchRequest, byUid: boolean): Promise<Answer> {
  const { set, changedSince } = request
  if (request.vanished && changedSince !== undefined) {
    const ranges = resolveSequenceSet(set, view.mailbox.uidNext - 1)
    const expunged = view.mailbox.expungedSince(changedSince)
    reportVanished(
      session,
      expunged.filter((uid) => isInRanges(ranges, uid)),
    )
  }
  const { faults } = session.respond
  const { readable, refusal } = readableMessages(faults, view, request.items, view.select(set, byUid))
  const seen = markSeen(view, request, readable)
  for (const numbered of faults.find('unsorted') ? readable.toReversed() : readable) {
    const { message } = numbered
    if (changedSince !== undefined && message.modSeq <= changedSince) continue
    const items = seen.has(message) ? withChangedFlags(session, request.items) : request.items
    session.respond.untaggedParts(describeMessage(session, numbered, items))
    if (session.connection.unsent > flushLimit) await session.connection.flush()
    if (session.ended || session.connection.closed.aborted) break
  }
  if (refusal !== undefined) throw refused(refusal)
  return { text: 'FETCH completed' }
}

/** Fetching a body without PEEK marks it as read. */
function markSeen(view: View, { items, changedSince }: FetchRequest, selected: readonly Numbered[]): Set<unknown> {
  const marks = items.some((item) => item.kind === 'section' && !item.peek)
  if (!marks || view.readOnly) return new Set()
  const messages = selected
    .map(({ message }) => message)
    .filter(({ modSeq }) => changedSince === undefined || modSeq > changedSince)
  return new Set(view.mailbox.change(messages, (flags) => [...flags, '\\Seen'], view))
}

/** What a FETCH response tells of a message, as far as the faults of the moment let it. */
export function describeMessage(
  session: Session,
  { message, number }: Numbered,
  wanted: readonly FetchItem[],
): (string | Uint8Array)[] {
  const { faults } = session.respond
  const view = session.view!
  const parts: (string | Uint8Array)[] = []
  const lacking = (item: FetchItem) => faults.all('without-item').find((fault) => fault.item === nameOf(item))
  const items = wanted.filter((item) => lacking(item) === undefined || lacking(item)?.nil)
  let text = `${number} FETCH (`
  for (const [index, item] of items.entries()) {
    if (index > 0) text += ' '
    if (lacking(item)) {
      text += `${nameOf(item)} NIL`
      continue
    }
    switch (item.kind) {
      case 'UID':
        text += `UID ${message.uid}`
        break
      case 'FLAGS':
        text += `FLAGS ${formatFlags(view.isRecent(message) ? [...message.flags, '\\Recent'] : message.flags)}`
        break
      case 'INTERNALDATE':
        text += `INTERNALDATE "${formatDateTime(message.internalDate)}"`
        break
      case 'RFC822.SIZE':
        text += `RFC822.SIZE ${message.bytes.length}`
        break
      case 'MODSEQ':
        text += `MODSEQ (${message.modSeq})`
        break
      case 'X-GM-MSGID':
        text += `X-GM-MSGID ${message.letter?.id}`
        break
      case 'X-GM-THRID':
        text += `X-GM-THRID ${message.letter?.threadId}`
        break
      case 'X-GM-LABELS':
        text += formatLabels(session, message)
        break
      case 'ENVELOPE':
        text += `ENVELOPE ${formatEnvelope(parseEntity(message.bytes))}`
        break
      case 'BODY':
      case 'BODYSTRUCTURE': {
        const extended = item.kind === 'BODYSTRUCTURE'
        text += `${item.kind} ${formatBodyStructure(parseEntity(message.bytes), { extended })}`
        break
      }
      case 'section': {
        const octets = sectionOctets(message.bytes, item.section)
        text += `${item.label} `
        if (!octets) {
          text += 'NIL'
          break
        }
        const { start, length } = item.partial ?? { start: 0, length: octets.length }
        const [opening, body] = formatLiteral(octets.subarray(start, start + length))
        parts.push(text + opening, body)
        text = ''
        break
      }
    }
  }
  parts.push(`${text})`)
  return parts
}

function nameOf(item: FetchItem): string {
  return item.kind === 'section' ? item.label : item.kind
}
