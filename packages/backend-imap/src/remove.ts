import { runStores, storeCommands } from './change-flags.ts'
import { foreignDeletions, refused } from './errors.ts'
import { searchUids } from './search.ts'
import type { Session } from './session.ts'
import { setsFor, splitUids } from './uid-set.ts'

/** Removes these messages and no others. */
export async function removeMessages(session: Session, name: string, uids: readonly number[]): Promise<void> {
  if (uids.length === 0) return
  if (session.offers('UIDPLUS') || session.offers('IMAP4REV2')) await expungeByUid(session, name, uids)
  else await expungeOnly(session, name, uids)
}

/** Marks these messages \Deleted and leaves it at that. */
export async function markDeleted(session: Session, uids: readonly number[]): Promise<void> {
  await runStores(session, storeCommands(session, uids, '+', '\\Deleted'))
}

/** RFC 4315, 2.1: UID EXPUNGE leaves alone what others marked. */
async function expungeByUid(session: Session, name: string, uids: readonly number[]): Promise<void> {
  const expunges = splitUids(uids, setsFor(session.server, 0)).map(({ text }) => `UID EXPUNGE ${text}`)
  const [, ...ends] = await Promise.all([
    markDeleted(session, uids),
    ...expunges.map((line) => session.connection.ask([line])),
  ])
  const bad = ends.find(({ status }) => status !== 'OK')
  if (bad) throw refused(`to remove messages from ${name}`, bad, 'folder')
}

/**
 * Without UIDPLUS, EXPUNGE takes along whatever anybody marked. So the marks of others are taken off, ours set, EXPUNGE
 * run, and theirs put back; if all ends in between, a mark is missing and no message.
 */
async function expungeOnly(session: Session, name: string, uids: readonly number[]): Promise<void> {
  const ours = new Set(uids)
  const theirs = new Set<number>()
  try {
    let foreign = (await searchDeleted(session)).filter((uid) => !ours.has(uid))
    for (let round = 0; ; round++) {
      for (const uid of foreign) theirs.add(uid)
      await runStores(session, storeCommands(session, foreign, '-', '\\Deleted'))
      if (round === 0) await runStores(session, storeCommands(session, uids, '+', '\\Deleted'))
      // Someone may have marked more meanwhile.
      foreign = (await searchDeleted(session)).filter((uid) => !ours.has(uid))
      if (foreign.length === 0) break
      if (round === 4) throw foreignDeletions(name)
    }
    await session.connection.run(`to remove messages from ${name}`, ['EXPUNGE'])
  } finally {
    if (theirs.size > 0 && !session.connection.failure) {
      await runStores(
        session,
        storeCommands(
          session,
          [...theirs].sort((a, b) => a - b),
          '+',
          '\\Deleted',
        ),
      )
    }
  }
}

async function searchDeleted(session: Session): Promise<number[]> {
  const ranges = await searchUids(session, 'DELETED')
  const uids: number[] = []
  for (let index = 0; index < ranges.length; index += 2) {
    for (let uid = ranges[index]!; uid <= ranges[index + 1]!; uid++) uids.push(uid)
  }
  return uids
}
