import type { Answer, Command, CommandTable } from '../session/command.ts'
import { reportFlags, reportKeywords } from '../session/report-changes.ts'
import { offers, type Session } from '../session/session.ts'
import type { View } from '../session/view.ts'
import type { Arguments } from '../wire/arguments.ts'
import { malformed } from '../wire/command-error.ts'
import { isInRanges, type NumberRange, resolveSequenceSet } from '../wire/sequence-set.ts'
import { findMailbox } from './find-mailbox.ts'
import { reportVanished } from './vanished.ts'

/** What a client remembers of a mailbox (RFC 7162, 3.2.5). */
interface Remembered {
  readonly uidValidity: number
  readonly modSeq: bigint
  readonly known: readonly NumberRange[] | undefined
}

/** SELECT, EXAMINE, and the two ways to leave a mailbox without removing anything. */
export const selectCommands: CommandTable = {
  SELECT: selection(false),
  EXAMINE: selection(true),
  // RFC 3691
  UNSELECT: {
    needs: 'mailbox',
    extension: 'UNSELECT',
    run(session, args) {
      args.end()
      session.leave()
      return { text: 'UNSELECT completed' }
    },
  },
  CHECK: {
    needs: 'mailbox',
    run(_, args) {
      args.end()
      return { text: 'CHECK completed' }
    },
  },
}

function selection(examine: boolean): Command {
  return {
    needs: 'login',
    run(session, args) {
      args.space()
      const name = args.astring()
      const remembered = args.accept(' ') ? readParameters(session, args) : undefined
      args.end()
      if (session.view) {
        session.leave()
        if (offers(session, 'QRESYNC')) session.respond.untagged('OK [CLOSED] The mailbox before is closed')
      }
      const view = session.open({ mailbox: findMailbox(session, name), readOnly: examine })
      describe(session, view)
      if (remembered) catchUp(session, view, remembered)
      return opened(view, examine)
    },
  }
}

function opened(view: View, examine: boolean): Answer {
  return { text: `${examine ? 'EXAMINE' : 'SELECT'} completed`, code: view.readOnly ? 'READ-ONLY' : 'READ-WRITE' }
}

function readParameters(session: Session, args: Arguments): Remembered | undefined {
  let remembered: Remembered | undefined
  args.list(() => {
    const parameter = args.keyword()
    if (parameter === 'CONDSTORE' && offers(session, 'CONDSTORE')) {
      session.enabled.add('CONDSTORE')
    } else if (parameter === 'QRESYNC' && session.enabled.has('QRESYNC')) {
      args.space()
      remembered = readRemembered(args)
    } else {
      throw malformed(`${parameter} is not enabled`)
    }
  })
  return remembered
}

function readRemembered(args: Arguments): Remembered {
  args.expect('(')
  const uidValidity = args.number()
  args.space()
  const modSeq = args.modSeq()
  let known: readonly NumberRange[] | undefined
  if (args.accept(' ') && !args.sees('(')) {
    known = resolveSequenceSet(args.sequenceSet(), 0)
    if (args.accept(' ')) readSequenceMatch(args)
  } else if (args.sees('(')) {
    readSequenceMatch(args)
  }
  args.expect(')')
  return { uidValidity, modSeq, known }
}

// It would only help a server that has forgotten what was expunged; this one never does.
function readSequenceMatch(args: Arguments): void {
  args.expect('(')
  args.sequenceSet()
  args.space()
  args.sequenceSet()
  args.expect(')')
}

function describe(session: Session, view: View): void {
  const { respond } = session
  const { mailbox, messages, recent } = view
  reportKeywords(session, view)
  respond.untagged(`${messages.length} EXISTS`)
  respond.untagged(`${recent} RECENT`)
  const unseen = messages.findIndex(({ flags }) => !flags.has('\\Seen'))
  if (unseen !== -1) respond.untagged(`OK [UNSEEN ${unseen + 1}] First unseen`)
  respond.untagged(`OK [UIDVALIDITY ${mailbox.uidValidity}] UIDs valid`)
  respond.untagged(`OK [UIDNEXT ${mailbox.uidNext}] Predicted next UID`)
  if (offers(session, 'CONDSTORE')) respond.untagged(`OK [HIGHESTMODSEQ ${mailbox.highestModSeq}] Highest`)
}

/** Tells what happened since the client was last here. */
function catchUp(session: Session, view: View, { uidValidity, modSeq, known }: Remembered): void {
  if (uidValidity !== view.mailbox.uidValidity) return
  const isKnown = (uid: number) => known === undefined || isInRanges(known, uid)
  reportVanished(session, view.mailbox.expungedSince(modSeq).filter(isKnown))
  for (const [index, message] of view.messages.entries()) {
    if (message.modSeq > modSeq && isKnown(message.uid)) {
      reportFlags(session, view, { message, number: index + 1 }, true)
    }
  }
}
