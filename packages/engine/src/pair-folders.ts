import {
  type BothSides,
  type Cursor,
  type FolderPair,
  type FolderPath,
  type FolderSurvey,
  parentsOf,
  type Side,
} from '@mailtide/contracts'
import { foldersCollide } from './errors.ts'
import type { FolderRules } from './sync-request.ts'

/** Two folders that belong together, and what the survey said of them. */
export interface PairedFolders {
  readonly folders: FolderPair
  readonly mayHaveChanged: BothSides<boolean>
  /** The side on which the folder does not exist yet. */
  readonly missingOn?: Side
}

/** A folder that is not synced although no rule left it out. */
export interface UnpairedFolder {
  readonly side: Side
  readonly path: FolderPath
  readonly reason: string
}

const sameName: FolderRules = { toLocal: (remote) => remote, toRemote: (local) => local }

/**
 * Puts the folders of both sides together. Throws, before anything is touched, when two remote folders would be one
 * local folder.
 */
export function pairFolders(
  surveys: BothSides<readonly FolderSurvey[]>,
  rules: FolderRules = sameName,
): { readonly paired: PairedFolders[]; readonly unpaired: UnpairedFolder[] } {
  const locals = new Map(surveys.local.map((survey) => [survey.path, survey]))
  const claimed = new Map<FolderPath, FolderPath>()
  const paired: PairedFolders[] = []
  const unpaired: UnpairedFolder[] = []
  for (const { path: remote, mayHaveChanged } of surveys.remote) {
    const local = rules.toLocal(remote)
    if (local === undefined) continue
    const other = claimed.get(local)
    if (other !== undefined) throw foldersCollide(other, remote, local)
    claimed.set(local, remote)
    const found = locals.get(local)
    const folders = { local, remote }
    if (found) paired.push({ folders, mayHaveChanged: { local: found.mayHaveChanged, remote: mayHaveChanged } })
    else paired.push({ folders, mayHaveChanged: { local: true, remote: true }, missingOn: 'local' })
  }
  for (const { path: local } of surveys.local) {
    if (claimed.has(local)) continue
    const remote = rules.toRemote(local)
    if (remote === undefined) continue
    const reason = obstacle(local, remote, rules)
    if (reason) unpaired.push({ side: 'local', path: local, reason })
    else paired.push({ folders: { local, remote }, mayHaveChanged: { local: true, remote: true }, missingOn: 'remote' })
  }
  return { paired, unpaired }
}

function obstacle(local: FolderPath, remote: FolderPath, rules: FolderRules): string | undefined {
  if (remote === '') return 'the top of the Maildir tree has no name on the server'
  const back = rules.toLocal(remote)
  return back === local ? undefined : `on the server it would be ${remote}, which is ${back ?? 'not synced'} here`
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
