import type { FlagChange } from '@mailtide/contracts'
import { refused } from './errors.ts'
import { storableFlags } from './flag-sets.ts'
import type { Selection, Session } from './session.ts'
import { setsFor, splitUids, uidsOf } from './uid-set.ts'

/** Adds and drops flags, one STORE for all messages of a change, all in flight at once. */
export async function storeFlags(
  session: Session,
  selection: Selection,
  changes: readonly FlagChange[],
): Promise<void> {
  const commands: string[] = []
  for (const { ids, add, drop } of changes) {
    const uids = uidsOf(ids)
    for (const [sign, flags] of [['+', add] as const, ['-', drop] as const]) {
      const kept = storableFlags(flags, selection.storable)
      if (kept.length > 0) commands.push(...storeCommands(session, uids, sign, kept.join(' ')))
    }
  }
  await runStores(session, commands)
}

/** STORE commands for any number of UIDs. */
export function storeCommands({ server }: Session, uids: readonly number[], sign: '+' | '-', flags: string): string[] {
  return splitUids(uids, setsFor(server, flags.length)).map(
    ({ text }) => `UID STORE ${text} ${sign}FLAGS.SILENT (${flags})`,
  )
}

/** Runs STORE commands. */
export async function runStores({ connection }: Session, commands: readonly string[]): Promise<void> {
  const ends = await Promise.all(commands.map((line) => connection.ask([line])))
  // Messages that went meanwhile make some servers say NO; the others were changed (RFC 2180, 4.2.1 and 4.2.3).
  const bad = ends.find(({ status, code }) => status !== 'OK' && code !== 'EXPUNGEISSUED')
  if (bad) throw refused('to change flags', bad, 'folder')
}
