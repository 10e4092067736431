import type { Label, LabelChange } from '@mailtide/contracts'
import { argument, type Command, command } from './command.ts'
import { refused } from './errors.ts'
import { decodeUtf7, encodeUtf7 } from './modified-utf7.ts'
import type { Session } from './session.ts'
import { setsFor, splitUids, uidsOf } from './uid-set.ts'

/** Adds and drops labels of Gmail, one STORE for all messages of a change. Folders that a label needs are made there. */
export async function storeLabels(session: Session, changes: readonly LabelChange[]): Promise<void> {
  const commands: Command[] = []
  for (const { ids, add, drop } of changes) {
    const uids = uidsOf(ids)
    commands.push(...storeCommands(session, uids, '+', add), ...storeCommands(session, uids, '-', drop))
  }
  const ends = await Promise.all(commands.map((each) => session.connection.ask(each)))
  const bad = ends.find(({ status, code }) => status !== 'OK' && code !== 'EXPUNGEISSUED')
  if (bad) throw refused('to change labels', bad, 'message')
}

function storeCommands(
  { server }: Session,
  uids: readonly number[],
  sign: '+' | '-',
  labels: Iterable<Label>,
): Command[] {
  const texts = [...labels].map(toWire)
  if (texts.length === 0) return []
  const list = texts.flatMap((text, index) => (index === 0 ? [argument(text)] : [' ', argument(text)]))
  const octets = texts.reduce((sum, text) => sum + 2 * text.length + 3, 0)
  return splitUids(uids, setsFor(server, octets)).map(({ text }) =>
    command(`UID STORE ${text} ${sign}X-GM-LABELS (`, ...list, ')'),
  )
}

/** Labels go as they came. One that somebody wrote as people read it is put into the server's form, modified UTF-7. */
function toWire(label: Label): string {
  return decodeUtf7(label) === undefined ? encodeUtf7(label) : label
}
