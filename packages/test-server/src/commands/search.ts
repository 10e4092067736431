import { matcherOf } from '../search/matches.ts'
import { mentionsLabels, mentionsModSeq, readSearchKeys, type SearchKey } from '../search/search-keys.ts'
import type { Command, CommandTable } from '../session/command.ts'
import { offers, type Session } from '../session/session.ts'
import type { Numbered } from '../session/view.ts'
import type { Arguments } from '../wire/arguments.ts'
import { malformed, refused } from '../wire/command-error.ts'
import { formatString } from '../wire/format.ts'
import { formatSequenceSet } from '../wire/sequence-set.ts'

/** SEARCH and UID SEARCH. */
export const searchCommands: CommandTable = { SEARCH: searching(false), 'UID SEARCH': searching(true) }

function searching(byUid: boolean): Command {
  return {
    needs: 'mailbox',
    keepsNumbers: !byUid,
    run(session, args) {
      const wanted = args.accept(' RETURN ') ? readReturnOptions(session, args) : undefined
      checkCharset(args)
      args.space()
      const key = readSearchKeys(args)
      if (mentionsLabels(key) && !session.account!.labels) throw malformed('Unknown search key')
      const tellsModSeq = mentionsModSeq(key)
      if (tellsModSeq) useModSeq(session)
      if (session.server.habits.zeroModSeqIsBad && mentionsModSeq(key, 0n))
        throw malformed('UID SEARCH Command arguments invalid')
      const found = find(session, key, byUid)
      const numbers = found.map(({ message, number }) => (byUid ? message.uid : number))
      const modSeq = tellsModSeq && found.length > 0 ? highestOf(found) : undefined
      if (wanted) {
        const tag = formatString(session.tag)
        session.respond.untagged(`ESEARCH (TAG ${tag})${byUid ? ' UID' : ''}${formatResult(wanted, numbers, modSeq)}`)
      } else {
        const tail = modSeq === undefined ? [] : [`(MODSEQ ${modSeq})`]
        if (session.respond.faults.find('unsorted')) numbers.reverse()
        session.respond.untagged(['SEARCH', ...numbers, ...tail].join(' '))
      }
      return { text: 'SEARCH completed' }
    },
  }
}

function find(session: Session, key: SearchKey, byUid: boolean): Numbered[] {
  const view = session.view!
  const matches = matcherOf(key, view)
  return view.messages
    .map((message, index) => ({ message, number: index + 1 }))
    .filter((numbered) => (!byUid || !numbered.message.gone) && matches(numbered))
}

// RFC 4731: an empty list asks for everything.
function readReturnOptions(session: Session, args: Arguments): readonly string[] {
  if (!offers(session, 'ESEARCH')) throw malformed('Unknown search key RETURN')
  const options = args.list(args.keyword)
  const unknown = options.find((option) => !['MIN', 'MAX', 'ALL', 'COUNT'].includes(option))
  if (unknown) throw malformed(`Unknown return option ${unknown}`)
  return options.length === 0 ? ['ALL'] : options
}

function formatResult(wanted: readonly string[], numbers: readonly number[], modSeq: bigint | undefined): string {
  const hasAny = numbers.length > 0
  const items = [
    wanted.includes('MIN') && hasAny && `MIN ${numbers[0]}`,
    wanted.includes('MAX') && hasAny && `MAX ${numbers.at(-1)}`,
    wanted.includes('COUNT') && `COUNT ${numbers.length}`,
    wanted.includes('ALL') && hasAny && `ALL ${formatSequenceSet(numbers)}`,
    modSeq !== undefined && `MODSEQ ${modSeq}`,
  ]
  return items.map((item) => (item ? ` ${item}` : '')).join('')
}

function checkCharset(args: Arguments): void {
  if (!args.accept(' CHARSET ')) return
  const charset = args.astring().toUpperCase()
  if (charset !== 'UTF-8' && charset !== 'US-ASCII') throw refused('Unknown charset', 'BADCHARSET (US-ASCII UTF-8)')
}

function useModSeq(session: Session): void {
  if (!offers(session, 'CONDSTORE')) throw malformed('Unknown search key MODSEQ')
  session.enabled.add('CONDSTORE')
}

function highestOf(found: readonly Numbered[]): bigint {
  let highest = 0n
  for (const { message } of found) if (message.modSeq > highest) highest = message.modSeq
  return highest
}
