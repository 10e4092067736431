import type { RawCommand } from '../session/read-command.ts'
import type { Session } from '../session/session.ts'
import { malformed, refused } from '../wire/command-error.ts'
import type { ServerHabits } from './habits.ts'

/** Refuses a command that the server's habits rule out, before it is read any further. */
export function insistOnHabits(session: Session, raw: RawCommand): void {
  const { habits } = session.server
  const { longestCommand = Infinity } = habits
  if (raw.parts[0]!.length > longestCommand) throw malformed('Command line too long')
  if (isTooBig(habits, raw)) throw refused('Message too large. (Failure)', 'TOOBIG')
  const opens = raw.name === 'SELECT' || raw.name === 'EXAMINE'
  if (habits.idAfterLogin && opens && session.account && !session.identified) {
    throw refused(`${raw.name} Unsafe Login. Please contact kefu@188.com for help`)
  }
}

/** Whether a command announces a literal that APPEND does not take; one that was not sent yet is not asked for. */
export function isTooBig({ appendLimit }: ServerHabits, { name, parts }: Pick<RawCommand, 'name' | 'parts'>): boolean {
  if (appendLimit === undefined || name !== 'APPEND') return false
  return parts.some((part) => typeof part === 'string' && Number(/\{(\d+)\+?\}$/.exec(part)?.[1] ?? 0) > appendLimit)
}
