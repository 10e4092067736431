import {
  type BothSides,
  type Cursor,
  type FolderPair,
  type FolderPath,
  type FolderSurvey,
  type LabelSet,
  type MessageId,
  noLabels,
  parentsOf,
  type Side,
} from '@mailtide/contracts'
import { foldersCollide } from './errors.ts'
import type { FolderPairing, ListedFolders } from './sync-request.ts'

/** Two folders that belong together, and what the survey said of them. */
export interface PairedFolders {
  readonly folders: FolderPair
  readonly mayHaveChanged: BothSides<boolean>
  /** The side on which the folder does not exist yet. */
  readonly missingOn?: Side
  /** Whether everything has to be compared, whatever cursors say. */
  readonly compareAll: boolean
  /** Labels that one of the folders never tells. */
  readonly untoldLabels: LabelSet
  /** Messages that are never to be copied from a side. */
  readonly ignored?: BothSides<ReadonlySet<MessageId>>
}

/** Pairs folders of the same name; what only one side has is missing on the other. */
export async function pairByName({ local, remote }: ListedFolders): Promise<FolderPairing> {
  const locals = new Set(local)
  const remotes = new Set(remote)
  const pairs = [...remotes.union(locals)].map((path) => {
    const folders = { local: path, remote: path }
    if (!locals.has(path)) return { folders, missingOn: 'local' as const }
    return remotes.has(path) ? { folders } : { folders, missingOn: 'remote' as const }
  })
  const isNameless = ({ folders }: { folders: FolderPair }) => folders.remote === ''
  const reason = 'the top of the Maildir tree has no name on the server'
  return {
    pairs: pairs.filter((pair) => !isNameless(pair)),
    leftOut: pairs.filter(isNameless).map(({ folders }) => ({ side: 'local', path: folders.local, reason })),
  }
}

/** Joins a pairing with what the survey said. Throws when a folder is in two pairs, whoever paired them. */
export function withSurvey(
  { pairs }: FolderPairing,
  surveys: BothSides<readonly FolderSurvey[]>,
  compareAll: boolean,
): PairedFolders[] {
  const found = { local: byPath(surveys.local), remote: byPath(surveys.remote) }
  const taken = { local: new Map<FolderPath, FolderPath>(), remote: new Map<FolderPath, FolderPath>() }
  return pairs.map(({ folders, missingOn }) => {
    const { local, remote } = folders
    const other = taken.local.get(local)
    if (other !== undefined) throw foldersCollide(other, remote, local)
    if (taken.remote.has(remote)) throw foldersCollide(remote, remote, local)
    taken.local.set(local, remote)
    taken.remote.set(remote, local)
    const mayHaveChanged = {
      local: missingOn !== undefined || (found.local.get(local)?.mayHaveChanged ?? true),
      remote: missingOn !== undefined || (found.remote.get(remote)?.mayHaveChanged ?? true),
    }
    const untold = (survey: FolderSurvey | undefined) => survey?.untoldLabels ?? noLabels
    const untoldLabels = untold(found.local.get(local)).union(untold(found.remote.get(remote)))
    const pair = { folders, mayHaveChanged, compareAll, untoldLabels }
    return missingOn ? { ...pair, missingOn } : pair
  })
}

function byPath(surveys: readonly FolderSurvey[]): Map<FolderPath, FolderSurvey> {
  return new Map(surveys.map((survey) => [survey.path, survey]))
}

/** In the order in which they can be created: parents before children. */
export function byDepth(a: PairedFolders, b: PairedFolders): number {
  return parentsOf(a.folders.remote).length - parentsOf(b.folders.remote).length
}

/** The cursors of one side by path, for a survey. */
export function cursorsOf(
  known: Iterable<readonly [FolderPair, BothSides<Cursor> | undefined]>,
  side: Side,
): Map<FolderPath, Cursor> {
  const cursors = new Map<FolderPath, Cursor>()
  for (const [folders, both] of known) if (both) cursors.set(folders[side], both[side])
  return cursors
}
