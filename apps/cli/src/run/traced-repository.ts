import type { Folder, FolderPath, Repository } from '@mailtide/contracts'

/** Tells what is done to a repository, how much of it, and how long it took: `-d maildir`. */
export function tracedRepository(repository: Repository, tell: (text: string) => void, now: () => number): Repository {
  async function timed<T>(what: string, work: () => Promise<T>, count?: (result: T) => string): Promise<T> {
    const begun = now()
    try {
      const result = await work()
      tell(`${what}${count ? `: ${count(result)}` : ''} (${Math.round(now() - begun)} ms)`)
      return result
    } catch (thrown) {
      tell(`${what}: failed (${Math.round(now() - begun)} ms)`)
      throw thrown
    }
  }

  function traced(folder: Folder, path: FolderPath): Folder {
    return {
      ...folder,
      changes: (since, ...rest) =>
        timed(
          `scan ${path}${since === undefined || since.position === '' ? '' : ' for changes'}`,
          () => folder.changes(since, ...rest),
          (changes) => `${changes.kind === 'delta' ? 'changes' : 'all that there is'}, as of ${changes.cursor.epoch}`,
        ),
      append: (batch, ...rest) =>
        timed(
          `store ${batch.length} in ${path}`,
          () => folder.append(batch, ...rest),
          (outcomes) => `${outcomes.filter((outcome) => 'id' in outcome).length} safe`,
        ),
      changeFlags: (changes, ...rest) =>
        timed(
          `change flags in ${path}`,
          () => folder.changeFlags(changes, ...rest),
          () => namesIn(changes),
        ),
      remove: (ids, ...rest) => timed(`remove ${ids.length} from ${path}`, () => folder.remove(ids, ...rest)),
    }
  }

  return {
    ...repository,
    survey: (...args) =>
      timed(
        'survey',
        () => repository.survey(...args),
        (folders) => `${folders.length} folders: ${folders.map(({ path }) => path).join(', ')}`,
      ),
    open: (path, access, ...rest) =>
      timed(`open ${path} (${access})`, async () => traced(await repository.open(path, access, ...rest), path)),
    createFolder: (path, ...rest) => timed(`create ${path}`, () => repository.createFolder(path, ...rest)),
  }
}

function namesIn(changes: Parameters<Folder['changeFlags']>[0]): string {
  return changes
    .map(({ ids, add, drop }) => `${ids.length} +[${[...add].join(' ')}] -[${[...drop].join(' ')}]`)
    .join(', ')
}
