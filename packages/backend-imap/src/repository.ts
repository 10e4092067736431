import { setTimeout as pause } from 'node:timers/promises'
import { type FolderPath, parentsOf, type Repository } from '@mailtide/contracts'
import { argument, command } from './command.ts'
import { createMailboxes, subscribe } from './create-folder.ts'
import { deleteMailbox } from './delete-folder.ts'
import { refused } from './errors.ts'
import { isFlag } from './flag-sets.ts'
import { createFolderNames } from './folder-names.ts'
import { createFolder, type FolderSurroundings } from './open-folder.ts'
import type { ImapOptions } from './options.ts'
import { createPatience } from './patience.ts'
import { createPool, type Lease } from './pool.ts'
import { createKnownServer } from './server-habits.ts'
import { openSession, type Session } from './session.ts'
import { type ListedFolder, listFolders, readListed, surveyFolders } from './survey.ts'
import { createTrust, type Trust } from './trust.ts'
import { watchMailboxes } from './watch.ts'

/**
 * An IMAP account as a repository. Nothing touches the network before the first call. A folder that a survey has listed
 * is opened without asking the server: its first call tells whether it is still there.
 */
export function createImapRepository(options: ImapOptions): Repository {
  const names = createFolderNames(options.folderNames ?? 'utf-7', options.reference)
  const { host, subscribedOnly = false } = options
  const listed = new Map<FolderPath, ListedFolder>()
  const epochs = new Map<string, number>()
  let separator: string | undefined
  let separatorKnown = false
  let trust: Trust | undefined
  let serial = 0
  let hasLabels = false

  const now = options.now ?? Date.now
  const wait = options.wait ?? ((milliseconds, signal) => pause(milliseconds, undefined, { signal }))
  const server = createKnownServer(options)
  const patience = createPatience({ host, habits: () => server.habits, now, wait, paused: options.paused })
  const pool = createPool({
    host,
    now,
    unused: options.unused ?? {},
    limit: () => server.connections,
    async open(signal) {
      trust ??= createTrust(options)
      await patience.pass(signal)
      return openSession(options, { trust, server, patience }, signal)
    },
  })
  const borrow = (signal: AbortSignal, folder?: string) => patience.patiently(signal, () => pool.borrow(signal, folder))
  const surroundings: FolderSurroundings = {
    spareLease: pool.borrowSpare,
    epoch: (name) => epochs.get(name),
    noteEpoch: (name, uidValidity) => epochs.set(name, uidValidity),
    expunges: options.expunge ?? true,
    nextSerial: () => ++serial,
    wait,
    patience,
  }

  return {
    capabilities: {
      canStore: isFlag,
      get connections() {
        return server.connections
      },
      get labels() {
        return hasLabels
      },
    },
    get separator() {
      return separatorKnown ? (separator ?? '') : undefined
    },
    survey: (known, signal) =>
      borrowed(signal, async (session) => {
        session.deselect()
        const list = await listFolders(session, { host, reference: names.reference, subscribedOnly })
        const found = await surveyFolders(session, list, known, names, options.quick ?? false)
        listed.clear()
        for (const [path, { folder }] of found) listed.set(path, folder)
        noteSeparator(list.folders[0])
        hasLabels = session.labelsHeader !== undefined
        return [...found.values().map(({ survey }) => survey)]
      }),
    createFolder: (path, signal) =>
      borrowed(signal, async (session) => {
        if (listed.has(path)) return
        await learnSeparator(session)
        const missing = [...parentsOf(path), path].filter((each) => !listed.has(each))
        for (const each of missing) names.check(each, separator)
        const wanted = missing.map((each) => names.toName(each, separator)).filter((name) => name !== 'INBOX')
        const isNew = await createMailboxes(session, wanted)
        if (isNew && subscribedOnly) await subscribe(session, wanted.at(-1)!)
      }),
    deleteFolder: (path, signal) =>
      borrowed(signal, async (session) => {
        if (!listed.has(path)) await learnSeparator(session)
        await deleteMailbox(session, listed.get(path)?.name ?? names.toName(path, separator))
        listed.delete(path)
      }),
    async open(path, access, signal) {
      const known = listed.get(path)?.name
      const lease = await borrow(signal, known ?? names.toName(path, separator))
      return guarded(lease, async () => {
        if (known !== undefined) return createFolder(lease, known, access, surroundings)
        await learnSeparator(lease.session)
        const name = names.toName(path, separator)
        const end = await lease.session.select(name, access, '')
        if (end.status !== 'OK') throw refused(`to open ${name}`, end, 'folder')
        return createFolder(lease, name, access, surroundings)
      })
    },
    watch: (known, signal) =>
      watchMailboxes(
        {
          host,
          pool,
          server,
          options: options.watching ?? {},
          now,
          wait,
          prepare: learnSeparator,
          nameOf: (path) => listed.get(path)?.name ?? names.toName(path, separator),
          toPath: names.toPath,
        },
        known,
        signal,
      ),
    close: pool.close,
  }

  function borrowed<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T> {
    return patience.patiently(signal, () => onLease(signal, work))
  }

  async function onLease<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T> {
    const lease = await pool.borrow(signal)
    const abort = () => lease.session.connection.destroy(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    try {
      return await work(lease.session)
    } finally {
      signal.removeEventListener('abort', abort)
      lease.release()
    }
  }

  /** What parts the levels of names, as `LIST "" ""` tells (RFC 9051, 6.3.9), if no folder told yet. */
  async function learnSeparator({ connection }: Session): Promise<void> {
    if (separatorKnown) return
    await connection.run('to list folders', command('LIST ', argument(names.reference), ' ""'), {
      hear({ kind, reader }) {
        if (kind === 'LIST') noteSeparator(readListed(reader))
        return kind === 'LIST'
      },
    })
  }

  function noteSeparator(folder: ListedFolder | undefined): void {
    if (!folder) return
    separator = folder.separator
    separatorKnown = true
  }
}

async function guarded<T>(lease: Lease, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    lease.release()
    throw error
  }
}
