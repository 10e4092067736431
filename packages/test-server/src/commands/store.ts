import type { Answer, Command, CommandTable } from '../session/command.ts'
import { reportFlags, reportKeywords } from '../session/report-changes.ts'
import { offers, type Session } from '../session/session.ts'
import type { Numbered, View } from '../session/view.ts'
import { isSystemFlag } from '../store/flag-names.ts'
import type { Arguments } from '../wire/arguments.ts'
import { malformed } from '../wire/command-error.ts'
import { formatSequenceSet, type SequenceSet } from '../wire/sequence-set.ts'
import { writableView } from './find-mailbox.ts'
import { storeLabels } from './store-labels.ts'

/** What STORE was asked. */
interface StoreRequest {
  readonly set: SequenceSet
  readonly unchangedSince: bigint | undefined
  readonly change: (flags: ReadonlySet<string>) => ReadonlySet<string>
  readonly silent: boolean
}

/** STORE and UID STORE. */
export const storeCommands: CommandTable = { STORE: storing(false), 'UID STORE': storing(true) }

function storing(byUid: boolean): Command {
  return {
    needs: 'mailbox',
    keepsNumbers: !byUid,
    run(session, args) {
      const { set, unchangedSince } = readTarget(session, args)
      const sign = args.accept('+') ? '+' : args.accept('-') ? '-' : '='
      if (session.account!.labels && args.accept('X-GM-LABELS')) {
        return storeLabels(session, writableView(session), args, { set, sign, byUid })
      }
      const request = { set, unchangedSince, ...readChange(args, sign) }
      return store(session, writableView(session), request, byUid)
    },
  }
}

function readTarget(session: Session, args: Arguments): Pick<StoreRequest, 'set' | 'unchangedSince'> {
  args.space()
  const set = args.sequenceSet()
  args.space()
  let unchangedSince: bigint | undefined
  if (args.sees('(') && offers(session, 'CONDSTORE')) {
    args.expect('(UNCHANGEDSINCE ')
    unchangedSince = args.modSeq()
    args.expect(') ')
    session.enabled.add('CONDSTORE')
  }
  return { set, unchangedSince }
}

function readChange(args: Arguments, sign: '+' | '-' | '='): Pick<StoreRequest, 'change' | 'silent'> {
  args.expect('FLAGS')
  const silent = args.accept('.SILENT')
  args.space()
  const flags = new Set(args.sees('(') ? args.list(args.flag) : readBareFlags(args))
  const unknown = [...flags].find((flag) => flag.startsWith('\\') && !isSystemFlag(flag))
  if (unknown !== undefined) throw malformed(`Invalid system flag ${unknown}`)
  args.end()
  return { silent, change: changeOf(sign, flags) }
}

function readBareFlags(args: Arguments): string[] {
  const flags: string[] = []
  do flags.push(args.flag())
  while (args.accept(' '))
  return flags
}

function changeOf(sign: '+' | '-' | '=', flags: ReadonlySet<string>): StoreRequest['change'] {
  const lowered = new Set([...flags].map((flag) => flag.toLowerCase()))
  switch (sign) {
    case '=':
      return () => flags
    case '+':
      return (old) => old.union(flags)
    case '-':
      return (old) => new Set([...old].filter((flag) => !lowered.has(flag.toLowerCase())))
  }
}

function store(session: Session, view: View, request: StoreRequest, byUid: boolean): Answer {
  const { unchangedSince } = request
  const selected = view.select(request.set, byUid)
  const isRefused = ({ message }: Numbered) => unchangedSince !== undefined && message.modSeq > unchangedSince
  const refused = selected.filter(isRefused)
  const stored = selected.filter((numbered) => !isRefused(numbered) && !numbered.message.gone)
  const changed = new Set(
    view.mailbox.change(
      stored.map(({ message }) => message),
      request.change,
      view,
    ),
  )
  if (view.takeNewKeywords()) reportKeywords(session, view)
  for (const numbered of stored) {
    const { message, number } = numbered
    if (!request.silent) reportFlags(session, view, numbered, byUid)
    // RFC 7162, 3.1.3: the new mod-sequence is told even to those who asked for silence.
    else if (unchangedSince !== undefined || (session.enabled.has('CONDSTORE') && changed.has(message))) {
      session.respond.untagged(`${number} FETCH (UID ${message.uid} MODSEQ (${message.modSeq}))`)
    }
  }
  for (const numbered of refused) reportFlags(session, view, numbered, byUid)
  if (refused.length === 0) return { text: 'STORE completed' }
  const numbers = refused.map(({ message, number }) => (byUid ? message.uid : number))
  return { text: 'Conditional STORE failed for some', code: `MODIFIED ${formatSequenceSet(numbers)}` }
}
