import type {
  BothSides,
  Cursor,
  FolderPair,
  FolderStatus,
  Intent,
  MessageId,
  Pair,
  StatusChange,
  StatusStore,
} from '@mailtide/contracts'
import { statusClosed } from './errors.ts'

interface FolderState {
  readonly folders: FolderPair
  readonly local: Map<MessageId, Pair>
  readonly remote: Map<MessageId, Pair>
  readonly intents: Map<string, Intent>
  cursors: BothSides<Cursor> | undefined
}

/** A status store that lasts as long as the object: for tests, examples and the engine's great law. */
export function createMemoryStatus(): StatusStore {
  const states = new Map<string, FolderState>()
  const notes = new Map<string, string>()
  let isClosed = false

  const whileOpen = <T>(answer: () => T): T => {
    if (isClosed) throw statusClosed()
    return answer()
  }
  return {
    folder: (folders) =>
      whileOpen(() => {
        const key = `${folders.local}\0${folders.remote}`
        return createFolderStatus({
          find: () => whileOpen(() => states.get(key)),
          make: () =>
            whileOpen(() => {
              const state = states.get(key) ?? emptyState(folders)
              states.set(key, state)
              return state
            }),
          forget: () => whileOpen(() => states.delete(key)),
        })
      }),
    folders: () => whileOpen(() => [...states.values()].map(({ folders, cursors }) => [folders, cursors] as const)),
    get messageCount() {
      return whileOpen(() => states.values().reduce((sum, { local }) => sum + local.size, 0))
    },
    note: (key) => whileOpen(() => notes.get(key)),
    setNote: (key, value) => whileOpen(() => notes.set(key, value)),
    close() {
      isClosed = true
    },
  }
}

function emptyState(folders: FolderPair): FolderState {
  return { folders, local: new Map(), remote: new Map(), intents: new Map(), cursors: undefined }
}

interface StateAccess {
  find(): FolderState | undefined
  make(): FolderState
  forget(): void
}

function createFolderStatus({ find, make, forget }: StateAccess): FolderStatus {
  return {
    get count() {
      return find()?.local.size ?? 0
    },
    get cursors() {
      return find()?.cursors
    },
    pair: (side, id) => find()?.[side].get(id),
    pairs: () => ({ [Symbol.iterator]: () => [...(find()?.local.values() ?? [])].values() }),
    intents: () => [...(find()?.intents.values() ?? [])],
    intend(intents) {
      const state = make()
      for (const intent of intents) state.intents.set(keyOf(intent), intent)
    },
    commit(change) {
      apply(change, make())
    },
    reset: forget,
  }
}

function apply({ drop = [], put = [], settled = [], cursors }: StatusChange, state: FolderState): void {
  const forget = (pair: Pair | undefined) => {
    if (pair) state.local.delete(pair.local)
    if (pair) state.remote.delete(pair.remote)
  }
  for (const { local, remote } of drop) {
    const known = state.local.get(local)
    if (known?.remote === remote) forget(known)
  }
  for (const pair of put) {
    forget(state.local.get(pair.local))
    forget(state.remote.get(pair.remote))
    state.local.set(pair.local, pair)
    state.remote.set(pair.remote, pair)
  }
  for (const intent of settled) state.intents.delete(keyOf(intent))
  if (cursors) state.cursors = cursors
}

function keyOf({ to, source }: Intent): string {
  return `${to} ${source}`
}
