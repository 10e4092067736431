import type { Command, CommandTable } from '../session/command.ts'
import { offers, type Session } from '../session/session.ts'
import type { Arguments } from '../wire/arguments.ts'
import { formatSequenceSet } from '../wire/sequence-set.ts'
import { findTarget, writableView } from './find-mailbox.ts'

/** COPY and MOVE, by number and by UID. */
export const copyCommands: CommandTable = {
  COPY: copying(false),
  'UID COPY': copying(true),
  MOVE: moving(false),
  'UID MOVE': moving(true),
}

function copying(byUid: boolean): Command {
  return {
    needs: 'mailbox',
    run(session, args) {
      const { code } = copy(session, args, byUid)
      return { text: 'COPY completed', code }
    },
  }
}

// RFC 6851
function moving(byUid: boolean): Command {
  return {
    needs: 'mailbox',
    extension: 'MOVE',
    run(session, args) {
      const view = writableView(session)
      const { messages, code } = copy(session, args, byUid)
      if (code) session.respond.untagged(`OK [${code}] Moved`)
      view.mailbox.remove(messages)
      const modSeq = session.enabled.has('QRESYNC') ? `HIGHESTMODSEQ ${view.mailbox.highestModSeq}` : undefined
      return { text: 'MOVE completed', code: modSeq }
    },
  }
}

function copy(session: Session, args: Arguments, byUid: boolean) {
  args.space()
  const set = args.sequenceSet()
  args.space()
  const name = args.astring()
  args.end()
  const target = findTarget(session, name)
  const messages = session
    .view!.select(set, byUid)
    .map(({ message }) => message)
    .filter(({ gone }) => !gone)
  const copies = target.add(messages)
  const uids = (list: readonly { readonly uid: number }[]) => formatSequenceSet(list.map(({ uid }) => uid))
  const code = `COPYUID ${target.uidValidity} ${uids(messages)} ${uids(copies)}`
  return { messages, code: messages.length > 0 && offers(session, 'UIDPLUS') ? code : undefined }
}
