import type { Folder, FolderStatus, Repository, StatusStore } from '@mailtide/contracts'

/** Cuts a run off: from some effect on, nothing more comes to pass. */
export interface Knife {
  /** After so many effects, counting before and after each; undefined never cuts. */
  arm(effects: number | undefined): void
  /** One more effect, or the end of the run. For stores that call it themselves, around every single effect. */
  cut(): void
  /** Cuts around whole batches. */
  repository(repository: Repository): Repository
  status(status: StatusStore): StatusStore
}

/** A knife that is not armed yet. */
export function createKnife(): Knife {
  let left = Number.POSITIVE_INFINITY
  const cut = () => {
    if (left-- <= 0) throw new Error('cut off')
  }
  const around = <T>(effect: () => T): T => {
    cut()
    const result = effect()
    cut()
    return result
  }
  const aroundAsync = async <T>(effect: () => Promise<T>): Promise<T> => {
    cut()
    const result = await effect()
    cut()
    return result
  }

  function folder(real: Folder): Folder {
    const { notePeers, changeLabels } = real
    const wrapped: Folder = {
      isReadOnly: (...args) => real.isReadOnly(...args),
      changes: (...args) => real.changes(...args),
      read: (...args) => real.read(...args),
      prepare: (...args) => real.prepare(...args),
      append: (...args) => aroundAsync(() => real.append(...args)),
      locate: (...args) => real.locate(...args),
      identify: (...args) => real.identify(...args),
      measure: (...args) => real.measure(...args),
      changeFlags: (...args) => aroundAsync(() => real.changeFlags(...args)),
      remove: (...args) => aroundAsync(() => real.remove(...args)),
      close: () => real.close(),
    }
    return {
      ...wrapped,
      ...(notePeers && {
        notePeers: (...args: Parameters<typeof notePeers>) => aroundAsync(() => notePeers.call(real, ...args)),
      }),
      ...(changeLabels && {
        changeLabels: (...args: Parameters<typeof changeLabels>) => aroundAsync(() => changeLabels.call(real, ...args)),
      }),
    }
  }

  function folderStatus(real: FolderStatus): FolderStatus {
    return {
      get cursors() {
        return real.cursors
      },
      get count() {
        return real.count
      },
      pair: (side, id) => real.pair(side, id),
      pairs: () => real.pairs(),
      intents: () => real.intents(),
      intend: (intents) => around(() => real.intend(intents)),
      commit: (change) => around(() => real.commit(change)),
      reset: () => around(() => real.reset()),
    }
  }

  return {
    arm(effects) {
      left = effects ?? Number.POSITIVE_INFINITY
    },
    cut,
    repository: (real) => ({
      ...real,
      createFolder: (...args) => aroundAsync(() => real.createFolder(...args)),
      open: async (...args) => folder(await real.open(...args)),
    }),
    status: (real) => ({
      folder: (folders) => folderStatus(real.folder(folders)),
      folders: () => real.folders(),
      get messageCount() {
        return real.messageCount
      },
      note: (key) => real.note(key),
      setNote: (key, value) => around(() => real.setNote(key, value)),
      close: () => real.close(),
    }),
  }
}
