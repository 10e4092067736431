import { type Cursor, type FolderNews, type FolderPath, MailtideError, watchFolders } from '@mailtide/contracts'
import type { WatchOptions } from './options.ts'
import type { Pool } from './pool.ts'
import type { KnownServer } from './server-habits.ts'
import type { Session } from './session.ts'
import { lookAt, type Waiting, type WatchTask, watchOver } from './watch-connection.ts'
import { trackFolders, type WatchedFolder, type WatchedFolders, type WatchedFoldersSetting } from './watched-folders.ts'

/** What watching shares with the repository. */
export interface WatchSurroundings
  extends Omit<WatchedFoldersSetting, 'news'>,
    Omit<Waiting, 'idleMinutes' | 'signal'> {
  readonly pool: Pool
  readonly server: Pick<KnownServer, 'connections' | 'habits'>
  readonly options: WatchOptions
  /** Makes sure that names can be told. */
  prepare(session: Session): Promise<void>
  nameOf(path: FolderPath): string
}

/**
 * Watches folders: all over one connection where the server has NOTIFY; else the first by IDLE, each over a connection of
 * its own, and the others by a look now and then; else all by looks.
 */
export function watchMailboxes(
  around: WatchSurroundings,
  known: ReadonlyMap<FolderPath, Cursor>,
  signal: AbortSignal,
): AsyncIterable<FolderPath> {
  return watchFolders(signal, (news) => {
    const ending = new AbortController()
    const either = AbortSignal.any([signal, ending.signal])
    const over = watch(around, known, news, either).catch(news.fail)
    return async () => {
      ending.abort()
      await over
    }
  })
}

/** Goes on until it is interrupted; which is how it ends, one way or another. */
async function watch(
  around: WatchSurroundings,
  known: ReadonlyMap<FolderPath, Cursor>,
  news: FolderNews,
  signal: AbortSignal,
): Promise<never> {
  const { options, server } = around
  const offers = await lookIn(around, signal, async (session) => {
    await around.prepare(session)
    return { notify: session.offers('NOTIFY'), idle: session.offers('IDLE') && !server.habits.idleLies }
  })
  const all = [...known].map(([path, cursor]) => ({ path, cursor, name: around.nameOf(path) }))
  const folders = trackFolders(all, { host: around.host, toPath: around.toPath, news })
  const idleMinutes = options.idleMinutes ?? server.habits.idleMinutes ?? 9
  const watcher: Watcher = { around, folders, waiting: { ...around, signal, idleMinutes } }
  if (offers.idle && offers.notify) await unlessRefused(attend(watcher, { folders, polled: [] }))
  if (!offers.idle) return poll(watcher, all)
  const count = Math.max(1, Math.min(options.idleConnections ?? 1, server.connections - 1))
  const [first = [], ...others] = all.slice(0, count).map((folder) => [folder])
  await Promise.all([
    watchByIdle(watcher, [...first, ...all.slice(count)]),
    ...others.map((each) => watchByIdle(watcher, each)),
  ])
  return poll(watcher, [])
}

interface Watcher {
  readonly around: WatchSurroundings
  readonly folders: WatchedFolders
  readonly waiting: Waiting
}

/** Idles on the first of these and looks at the others; looks at all where the server refuses that. */
async function watchByIdle(watcher: Watcher, [selected, ...polled]: readonly WatchedFolder[]): Promise<void> {
  if (!selected) return
  const { folders } = watcher
  await unlessRefused(attend(watcher, { folders, selected, polled }))
  // It may be gone, which is news.
  folders.tell(selected)
  await poll(watcher, [selected, ...polled])
}

/** Watches over a connection, and gives it away when it is wanted, for as long as that. */
async function attend({ around: { pool }, waiting }: Watcher, task: WatchTask): Promise<never> {
  for (;;) {
    const lease = await pool.borrow(waiting.signal, task.selected?.name, 'patient')
    try {
      await watchOver(lease, task, waiting)
    } finally {
      lease.release()
    }
  }
}

/** Looks again and again, over whichever connection is free. */
async function poll({ around, folders, waiting }: Watcher, polled: readonly WatchedFolder[]): Promise<never> {
  const { wait, signal } = waiting
  for (;;) {
    await lookIn(around, signal, async (session) => {
      session.deselect()
      session.connection.overhear(folders.hear)
      try {
        await lookAt(session, polled)
      } finally {
        session.connection.overhear(undefined)
      }
    })
    await wait((around.options.pollSeconds ?? 60) * 1000, signal)
  }
}

async function lookIn<T>(
  { pool }: WatchSurroundings,
  signal: AbortSignal,
  look: (session: Session) => Promise<T>,
): Promise<T> {
  const lease = await pool.borrow(signal, undefined, 'patient')
  try {
    return await look(lease.session)
  } finally {
    lease.release()
  }
}

async function unlessRefused(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof MailtideError) || error.code !== 'imap/refused') throw error
  }
}
