import type { FolderPair, SyncEvent } from '@mailtide/contracts'
import { type AccountNames, countOf } from '../lines/names.ts'
import { printable } from '../lines/printable.ts'
import { clockTime } from './duration.ts'
import type { Happening } from './happening.ts'

/** Keeps what is under way in all accounts, and says it in one line. */
export interface Progress {
  note(event: Happening, names: AccountNames | undefined): void
  /** Undefined while nothing is under way. */
  text(): string | undefined
}

/** Over so many milliseconds the rate is measured. */
const rateWindow = 10_000

interface FolderState {
  readonly name: string
  copied: number
  of: number | undefined
  /** When how many were copied, the oldest first. */
  readonly samples: { readonly at: number; readonly copied: number }[]
}

interface AccountState {
  folders: number
  finished: number
  readonly underWay: Map<string, FolderState>
}

/** Nothing is under way yet. `now` are milliseconds of any clock that only goes forward. */
export function createProgress(now: () => number): Progress {
  const accounts = new Map<string, AccountState>()
  let latest: FolderState | undefined

  function copied(state: FolderState, event: Extract<SyncEvent, { type: 'messages-copied' }>): void {
    state.copied += event.messages
    if (event.of !== undefined) state.of = event.of
    state.samples.push({ at: now(), copied: state.copied })
    while (state.samples.length > 2 && now() - (state.samples[0]?.at ?? 0) > rateWindow) state.samples.shift()
    latest = state
  }

  function done(account: AccountState | undefined, folders: FolderPair): void {
    if (account?.underWay.delete(keyOf(folders))) account.finished++
  }

  return {
    note(event, names) {
      if (!names) return
      const account = accounts.get(names.account)
      switch (event.type) {
        case 'account-started':
          accounts.set(names.account, { folders: 0, finished: 0, underWay: new Map() })
          return
        case 'surveyed':
          if (account) account.folders = event.mayHaveChanged
          return
        case 'folder-started': {
          const name = printable(names.folderName(event.folders.remote))
          const samples = [{ at: now(), copied: 0 }]
          account?.underWay.set(keyOf(event.folders), { name, copied: 0, of: undefined, samples })
          return
        }
        case 'messages-copied': {
          const state = account?.underWay.get(keyOf(event.folders))
          if (state) copied(state, event)
          return
        }
        case 'folder-finished':
          return done(account, event.folders)
        case 'failed':
          if (event.folders && event.error.scope !== 'message') done(account, event.folders)
          return
        case 'account-finished':
        case 'account-left':
          accounts.delete(names.account)
      }
    },
    text() {
      const all = [...accounts.values()]
      const underWay = all.flatMap((account) => [...account.underWay.values()])
      const shown = latest && underWay.includes(latest) ? latest : underWay.at(-1)
      if (!shown) return undefined
      const folders = all.reduce((sum, account) => sum + account.folders, 0)
      const finished = all.reduce((sum, account) => sum + account.finished, 0)
      const place = folders > 1 ? `[${finished}/${folders} folders] ` : ''
      return `${place}${shown.name}: ${describe(shown)}`
    },
  }
}

function keyOf({ local, remote }: FolderPair): string {
  return JSON.stringify([local, remote])
}

function describe({ copied, of, samples }: FolderState): string {
  if (copied === 0) return 'comparing'
  const [first, last] = [samples[0], samples.at(-1)]
  const seconds = first && last ? (last.at - first.at) / 1000 : 0
  const rate = first && last && seconds > 0 ? (last.copied - first.copied) / seconds : 0
  const parts = [of === undefined ? countOf(copied, 'message') : `${copied}/${countOf(of, 'message')}`]
  if (rate > 0) parts.push(`${rate >= 10 ? Math.round(rate) : rate.toFixed(1)}/s`)
  if (rate > 0 && of !== undefined) parts.push(`${clockTime((of - copied) / rate)} left`)
  return parts.join(', ')
}
