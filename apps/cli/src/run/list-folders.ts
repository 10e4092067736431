import {
  type BothSides,
  type FolderPath,
  type FolderSurvey,
  type Repository,
  type Side,
  segmentsOf,
} from '@mailtide/contracts'
import type { FolderPairing, NamedFolder } from '@mailtide/folder-rules'
import type { AccountRun } from './account-run.ts'
import { isThere, openEnd } from './open-account.ts'
import { whyNoMail } from './profile.ts'

/** The folders of one side by name, with what the rules make of them. Two that get the same name are no error here. */
export async function listRepository(
  { rules, flags }: AccountRun,
  side: Side,
  separators: BothSides<string>,
  surveyed: readonly FolderSurvey[],
): Promise<NamedFolder[]> {
  const { nameFolders } = await import('@mailtide/folder-rules')
  const { names } = await rules.rules(separators, flags.folders)
  const own = surveyed.map(({ path }) => segmentsOf(path).join(separators[side])).sort()
  return [...(await nameFolders(own, side, names)).values()]
}

/** A pairing, and what separates levels on each side. */
export interface ListedPairing extends FolderPairing {
  readonly separators: BothSides<string>
}

/** The folders of both sides of an account, paired as a sync would pair them. */
export async function pairAccount(run: AccountRun): Promise<ListedPairing> {
  const { account, rules, flags, signals } = run
  const local = await openEnd(run, 'local')
  const remote = await openEnd(run, 'remote')
  return closing(local, () =>
    closing(remote, async () => {
      const { pairFolders } = await import('@mailtide/folder-rules')
      const listed = {
        remote: pathsOf(await remote.survey(new Map(), signals.stop)),
        local: isThere(account.local) ? pathsOf(await local.survey(new Map(), signals.stop)) : [],
      }
      const { names, sort } = await rules.rules(separatorsOf(local, remote), flags.folders)
      const pairing = await pairFolders({ ...listed, rules: names, ...(sort && { sort }) })
      const separators = { remote: names.remote.separator, local: names.local.separator }
      const leftOut = pairing.leftOut.map((folder) => {
        const { side, path, filtered } = folder
        const name = segmentsOf(path).join(separators[side])
        const why = filtered && whyNoMail(run.servers[side], account[side], { name, separator: separators[side] })
        return why ? { ...folder, reason: why } : folder
      })
      return { ...pairing, leftOut, separators }
    }),
  )
}

/** What separates levels of folders on each side, once both have been surveyed. */
export function separatorsOf(local: Pick<Repository, 'separator'>, remote: Pick<Repository, 'separator'>) {
  return { local: local.separator ?? '/', remote: remote.separator ?? '/' }
}

/** Does something with a repository and gives its connections back. */
export async function closing<Result>(repository: Repository, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } finally {
    await repository.close()
  }
}

function pathsOf(surveyed: readonly FolderSurvey[]): FolderPath[] {
  return surveyed.map(({ path }) => path)
}
