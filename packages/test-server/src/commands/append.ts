import type { CommandTable } from '../session/command.ts'
import { offers } from '../session/session.ts'
import type { NewMessage } from '../store/message.ts'
import type { Arguments } from '../wire/arguments.ts'
import { malformed } from '../wire/command-error.ts'
import { formatSequenceSet } from '../wire/sequence-set.ts'
import { findTarget } from './find-mailbox.ts'

/** APPEND, of one message or of several (RFC 3502). */
export const appendCommands: CommandTable = {
  APPEND: {
    needs: 'login',
    run(session, args) {
      args.space()
      const name = args.astring()
      const messages: NewMessage[] = []
      do {
        args.space()
        messages.push(readMessage(args))
      } while (!args.atEnd)
      if (messages.length > 1 && !offers(session, 'MULTIAPPEND')) throw malformed('Only one message at a time')
      const mailbox = findTarget(session, name)
      const uids = mailbox.add(messages).map(({ uid }) => uid)
      const code = `APPENDUID ${mailbox.uidValidity} ${formatSequenceSet(uids)}`
      return { text: 'APPEND completed', code: offers(session, 'UIDPLUS') ? code : undefined }
    },
  },
}

function readMessage(args: Arguments): NewMessage {
  const flags = args.sees('(') ? args.list(args.flag) : undefined
  if (flags) args.space()
  const internalDate = args.sees('"') ? args.dateTime() : undefined
  if (internalDate) args.space()
  return { bytes: args.literal(), ...(flags && { flags }), ...(internalDate && { internalDate }) }
}
