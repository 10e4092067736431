import { argument, command } from './command.ts'
import type { Untagged } from './connection.ts'
import { clockJumped, refused } from './errors.ts'
import { type Idling, startIdle } from './idle.ts'
import type { Lease } from './pool.ts'
import type { Session } from './session.ts'
import { statusItems } from './survey.ts'
import type { WatchedFolder, WatchedFolders } from './watched-folders.ts'

/** What waiting needs. */
export interface Waiting {
  readonly host: string
  readonly idleMinutes: number
  readonly signal: AbortSignal
  now(): number
  wait(milliseconds: number, signal: AbortSignal): Promise<void>
}

/** How a connection watches. */
export interface WatchTask {
  /** The one folder that IDLE is about; without it NOTIFY tells of all. */
  readonly selected?: WatchedFolder
  /** Folders to be looked at whenever IDLE is begun anew. */
  readonly polled: readonly WatchedFolder[]
  readonly folders: WatchedFolders
}

/** Time is looked at in pieces: a piece that took much longer was slept through. */
const piece = 10_000

/** The longest time that ending in good manners may take. */
const farewell = 3_000

/**
 * Watches over one connection until it is wanted elsewhere. Rejects when it is lost, when the machine slept and when the
 * signal aborts. IDLE is renewed in good time, and a server that doesn't answer to its end is given up.
 */
export async function watchOver(lease: Lease, task: WatchTask, waiting: Waiting): Promise<void> {
  const { session } = lease
  const { connection } = session
  let isWanted = false
  let wake = () => {}
  let idle: Idling | undefined
  try {
    const { hear, polled } = await enter(session, task)
    connection.overhear(hear)
    lease.spare(() => {
      isWanted = true
      wake()
    })
    for (;;) {
      idle = startIdle(session)
      const { promise, resolve } = Promise.withResolvers<'wanted'>()
      wake = () => resolve('wanted')
      const how = isWanted ? 'wanted' : await rest(idle, promise, waiting)
      const end = await idle.leave()
      idle = undefined
      if (end.status !== 'OK') throw refused('to wait for news', end, 'account')
      if (how === 'wanted') return
      // Whoever ends IDLE unasked may do so again at once.
      if (how === 'ended') await waiting.wait(1000, waiting.signal)
      await lookAt(session, polled)
    }
  } finally {
    await leave(session, idle, task)
  }
}

interface Entered {
  /** Hears what comes unasked. */
  hear(response: Untagged): void
  readonly polled: readonly WatchedFolder[]
}

async function enter(session: Session, { selected, polled, folders }: WatchTask): Promise<Entered> {
  if (!selected) return enterNotify(session, folders)
  const hear = await enterFolder(session, selected, folders)
  session.connection.overhear(folders.hear)
  await lookAt(session, polled)
  return { hear, polled }
}

/** Asks for news of all folders, and how they are now (RFC 5465, 3.1). Those it says nothing of are looked at. */
async function enterNotify(session: Session, folders: WatchedFolders): Promise<Entered> {
  session.deselect()
  folders.expectNews('no')
  session.connection.overhear(folders.hear)
  const what = 'NOTIFY SET STATUS (personal (MessageNew MessageExpunge FlagChange MailboxName))'
  await session.connection.run('to tell of changes', [what])
  const polled = folders.unheard()
  folders.expectNews('yes', polled)
  await lookAt(session, polled)
  return { hear: folders.hear, polled }
}

async function enterFolder(session: Session, folder: WatchedFolder, folders: WatchedFolders): Promise<Entered['hear']> {
  const end = await session.select(folder.name, 'examine', '')
  const selection = session.selected?.selection
  if (end.status !== 'OK' || !selection) throw refused(`to watch ${folder.name}`, end, 'folder')
  folders.compare(folder, selection)
  let count = selection.exists
  return (response) => {
    const { kind, number } = response
    if (kind === 'EXISTS') {
      // Some servers say it again and again.
      if (number !== count) folders.tell(folder)
      count = number
    } else if (kind === 'EXPUNGE' || kind === 'VANISHED' || kind === 'FETCH') {
      count = kind === 'EXPUNGE' ? count - 1 : kind === 'VANISHED' ? -1 : count
      folders.tell(folder)
    } else folders.hear(response)
  }
}

/** Asks how folders are; the answers are overheard. */
export async function lookAt(session: Session, folders: readonly WatchedFolder[]): Promise<void> {
  const items = statusItems(session)
  const { connection } = session
  await Promise.all(folders.map(({ name }) => connection.ask(command('STATUS ', argument(name), ` ${items}`))))
}

async function rest(
  idle: Idling,
  wanted: Promise<'wanted'>,
  { host, idleMinutes, now, wait, signal }: Waiting,
): Promise<'over' | 'ended' | 'wanted'> {
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  const early = Promise.race([wanted, idle.ended.then(() => 'ended' as const)])
  try {
    for (let left = idleMinutes * 60_000; left > 0; left -= piece) {
      const before = now()
      const time = Math.min(piece, left)
      const how = await Promise.race([early, wait(time, either)])
      const slept = now() - before
      if (slept > time + piece) throw clockJumped(host, Math.round(slept / 1000))
      if (how) return how
    }
    return 'over'
  } finally {
    stop.abort()
  }
}

/** Leaves the connection as it was found, if that is quickly done; otherwise nobody uses it again. */
async function leave({ connection }: Session, idle: Idling | undefined, { selected }: WatchTask): Promise<void> {
  const timer = setTimeout(() => connection.destroy(new Error('no answer in time')), farewell)
  await Promise.allSettled([idle?.leave()])
  await Promise.allSettled([selected ? undefined : connection.ask(['NOTIFY NONE'])])
  clearTimeout(timer)
  connection.overhear(undefined)
}
