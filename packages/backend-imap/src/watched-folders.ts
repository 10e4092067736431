import type { Cursor, FolderNews, FolderPath } from '@mailtide/contracts'
import type { Untagged } from './connection.ts'
import { newsOverflowed } from './errors.ts'
import { isUnchanged } from './position.ts'
import type { Selection } from './session.ts'
import { parseStatus } from './status-text.ts'
import { type FolderState, readListed, readStatus } from './survey.ts'

/** A folder that is watched. */
export interface WatchedFolder {
  readonly path: FolderPath
  /** As octets in latin1. */
  readonly name: string
  readonly cursor: Cursor
}

/** What has been heard of the folders that are watched. */
export interface WatchedFolders {
  readonly all: readonly WatchedFolder[]
  /** Takes a response that is about folders at large: STATUS, LIST, and that the server can tell no more. */
  hear(response: Untagged): void
  /** Compares a folder as it was selected with what was known of it. */
  compare(folder: WatchedFolder, selection: Selection): void
  tell(folder: WatchedFolder): void
  /** Folders of which no STATUS came yet. */
  unheard(): readonly WatchedFolder[]
  /** Whether every STATUS is news from now on, but of folders that are asked for. */
  expectNews(whether: 'yes' | 'no', asked?: readonly WatchedFolder[]): void
}

/** What turns a server's names into paths, and who is told. */
export interface WatchedFoldersSetting {
  readonly host: string
  toPath(name: string, separator: string | undefined): FolderPath
  readonly news: FolderNews
}

/** Keeps track of folders, beginning with the cursors given for them. */
export function trackFolders(
  all: readonly WatchedFolder[],
  { host, toPath, news }: WatchedFoldersSetting,
): WatchedFolders {
  const byName = new Map(all.map((folder) => [folder.name, folder]))
  const seen = new Map<string, FolderState>()
  let asked: ReadonlySet<string> | undefined

  function note(name: string, state: FolderState): void {
    const folder = byName.get(name)
    if (!folder) return
    const before = seen.get(name)
    seen.set(name, state)
    const isNews = asked !== undefined && !asked.has(name)
    const isChanged = before ? !isSame(before, state) : !isUnchanged(folder.cursor, state, false)
    if (isNews || isChanged) news.tell(folder.path)
  }

  return {
    all,
    hear({ kind, reader }) {
      if (kind === 'STATUS') {
        const states = new Map<string, FolderState>()
        readStatus(reader, states)
        for (const [name, state] of states) note(name, state)
      } else if (kind === 'LIST') {
        const listed = readListed(reader)
        if (listed) news.tell(byName.get(listed.name)?.path ?? toPath(listed.name, listed.separator))
      } else if (kind === 'OK') {
        const status = parseStatus(`OK${reader.text.slice(reader.at)}`, 0)
        if (status?.code === 'NOTIFICATIONOVERFLOW') news.fail(newsOverflowed(host))
      }
    },
    compare({ name }, { uidValidity, uidNext, exists: messages, highestModseq }) {
      note(name, { uidValidity, uidNext, messages, highestModseq })
    },
    tell: ({ path }) => news.tell(path),
    unheard: () => all.filter(({ name }) => !seen.has(name)),
    expectNews(whether, folders = []) {
      asked = whether === 'yes' ? new Set(folders.map(({ name }) => name)) : undefined
    },
  }
}

function isSame(a: FolderState, b: FolderState): boolean {
  return (
    a.uidValidity === b.uidValidity &&
    a.uidNext === b.uidNext &&
    a.messages === b.messages &&
    a.highestModseq === b.highestModseq
  )
}
