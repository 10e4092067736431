import { capabilities } from '../commands/capability.ts'
import { commandTable } from '../commands/command-table.ts'
import type { CommandFaults } from '../faults/fault-list.ts'
import { insistOnHabits, isTooBig } from '../habits/insist-on-habits.ts'
import { readArguments } from '../wire/arguments.ts'
import { CommandError, malformed } from '../wire/command-error.ts'
import type { Connection } from '../wire/connection.ts'
import { armFaults, liftFaults, outlast } from './carry-faults.ts'
import type { Answer, Command } from './command.ts'
import { createSession } from './create-session.ts'
import { type RawCommand, readCommand } from './read-command.ts'
import { reportChanges } from './report-changes.ts'
import { offers, type ServerState, type Session } from './session.ts'

/** A client that only talks nonsense is sent away after so many lines of it. */
const patience = 20

const usualGreeting = 'mailtide test server ready'

/** How a command ended. */
interface Outcome extends Answer {
  readonly status: 'OK' | 'NO' | 'BAD' | 'BYE'
  /** With what the server goes away after it. */
  readonly bye?: string
}

/** Talks with one client until it is gone. */
export async function runSession(server: ServerState, connection: Connection, number: number): Promise<void> {
  const session = createSession(server, connection, number)
  if (server.tls === 'implicit') connection.startTls()
  armFaults(session, server.faults.strikeConnection(number), 0)
  await greet(session)
  let nonsense = 0
  while (!session.ended) {
    const command = await receive(session)
    if (!command) break
    session.busy = true
    nonsense = (await perform(session, command)) ? 0 : nonsense + 1
    session.busy = false
    session.notifications?.tell()
    if (nonsense === patience) session.sayBye('Too many invalid commands')
  }
  session.leave()
  session.notifications?.stop()
}

async function greet(session: Session): Promise<void> {
  const faults = session.server.faults.strike({ name: 'GREETING', text: 'GREETING', connection: session.number })
  session.respond.faults = faults
  armFaults(session, faults, 0)
  await outlast(session, faults, 'before-effect')
  const refusal = faults.find('refuse')
  if (faults.all('cut').some(({ at }) => typeof at === 'string')) session.connection.cut()
  else if (refusal) session.sayBye(refusal.text)
  else
    session.respond.untagged(
      `OK [CAPABILITY ${capabilities(session)}] ${session.server.habits.greeting ?? usualGreeting}`,
    )
  await liftFaults(session)
}

/** Reads a command and notes it as soon as its first line is there. */
async function receive(session: Session): Promise<RawCommand | undefined> {
  const { server, connection, number } = session
  const start = connection.consumed
  const logged = { connection: number, tag: '', name: '', text: '' }
  const command = await readCommand(connection, {
    unasked: offers(session, 'LITERAL+') ? (server.habits.literalMinus ? 4096 : Infinity) : -1,
    onBegin(command) {
      const { tag, name, text } = command
      Object.assign(logged, { tag, name, text })
      server.commands.push(logged)
      const faults = server.faults.strike({ name, text, connection: number })
      session.respond.faults = faults
      armFaults(session, faults, start)
      return !faults.all('refuse').some(({ afterEffect }) => !afterEffect) && !isTooBig(server.habits, command)
    },
    onWait: () => session.respond.continuation('OK'),
  })
  if (command) logged.text = command.text
  return command
}

/** Carries out a command, or what the faults make of it. False: it was not understood. */
async function perform(session: Session, raw: RawCommand): Promise<boolean> {
  const { connection, respond } = session
  const { faults } = respond
  const command = find(raw.name)
  const isCut = (moment: string) => faults.all('cut').some(({ at }) => at === moment)
  if (isCut('before-effect')) connection.cut()
  if (isCut('before-effect') || !(await outlast(session, faults, 'before-effect'))) return true
  const refused = refusal(faults, false)
  let outcome = refused ?? (await execute(session, raw, command))
  const understood = refused !== undefined || outcome.status !== 'BAD'
  if (isCut('after-effect')) connection.cut()
  await outlast(session, faults, 'after-effect')
  outcome = refusal(faults, true) ?? outcome
  if (outcome.status === 'BYE') session.sayBye(outcome.text)
  if (session.ended || connection.closed.aborted) return understood
  reportChanges(session, { expunges: !command?.keepsNumbers, uids: raw.name.startsWith('UID ') })
  const throttle = faults.find('throttle')
  respond.tagged(raw.tag || '*', outcome.status, outcome.text, outcome.code ?? (throttle && 'THROTTLED'))
  await outcome.after?.()
  if (outcome.bye !== undefined) session.sayBye(outcome.bye)
  await liftFaults(session)
  return understood
}

async function execute(session: Session, raw: RawCommand, command: Command | undefined): Promise<Outcome> {
  try {
    if (!command || (command.extension && !offers(session, command.extension))) throw malformed('Unknown command')
    insistOnState(session, command)
    insistOnHabits(session, raw)
    session.tag = raw.tag
    const { ascendingSetsOnly = false } = session.server.habits
    return {
      status: 'OK',
      ...(await command.run(session, readArguments(raw.parts, raw.offset, { ascendingSetsOnly }))),
    }
  } catch (thrown) {
    if (thrown instanceof CommandError) return { status: thrown.status, text: thrown.message, code: thrown.code }
    return { status: 'NO', text: String(thrown), code: 'SERVERBUG' }
  }
}

function find(name: string): Command | undefined {
  return Object.hasOwn(commandTable, name) ? commandTable[name] : undefined
}

function insistOnState(session: Session, { needs }: Command): void {
  if (needs === 'greeted' && session.account) throw malformed('Already logged in')
  if ((needs === 'login' || needs === 'mailbox') && !session.account) throw malformed('Log in first')
  if (needs === 'mailbox' && !session.view) throw malformed('No mailbox is selected')
}

function refusal(faults: CommandFaults, afterEffect: boolean): Outcome | undefined {
  return faults.all('refuse').find((fault) => (fault.afterEffect ?? false) === afterEffect)
}
