import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Cursor, FolderPath, FolderSurvey } from '@mailtide/contracts'
import { isSystemError } from '@mailtide/durable-fs'
import type { DirectoryNames } from './directory-name.ts'
import { rootMissing } from './errors.ts'
import { newestChange, splitPosition } from './file-changes.ts'
import { listDirectories, type WalkOptions } from './list-directories.ts'
import { isMissing } from './message-files.ts'
import { positionOf, type Stamp, stampOf } from './scan.ts'

/** Every cursor's epoch: base names keep their meaning for ever. */
export const maildirEpoch = 'maildir'

/** A folder's mtimes; `unclear` if they can't be seen. */
export type TreeStamp = Stamp | 'unclear'

/** A tree of Maildirs. */
export interface Tree extends WalkOptions {
  readonly root: string
  readonly names: DirectoryNames
  /** Whether files may have changed without their directories: labels stand in them. */
  readonly hasLabels: boolean
}

/** The folders of a tree, and which may have changed. */
export function surveyTree(tree: Tree, known: ReadonlyMap<FolderPath, Cursor>): FolderSurvey[] {
  const found = lookAtTree(tree, known)
  return [...found].map(([path, stamp]) => ({
    path,
    mayHaveChanged: mayHaveChanged(tree, path, stamp, known.get(path)),
  }))
}

/** The folders of a tree, by two stats each; a directory that is no folder yet costs three. */
export function lookAtTree(tree: Tree, known: ReadonlyMap<FolderPath, Cursor>): Map<FolderPath, TreeStamp> {
  const { root, names, skipped } = tree
  if (!isDirectory(root)) throw rootMissing(root)
  const found = new Map<FolderPath, TreeStamp>()
  for (const directory of listDirectories(root, tree)) {
    const path = names.pathOf(directory)
    const stamp = maildirStamp(join(root, directory), path !== undefined && known.has(path))
    if (stamp === undefined) continue
    if (path === undefined) skipped(directory, 'no folder name leads to this directory')
    else found.set(path, stamp)
  }
  for (const [path] of known) if (!found.has(path) && isHidden(tree, path)) found.set(path, 'unclear')
  return found
}

/** A Maildir's stamp; `unclear` if it may be one but cannot be looked into; undefined if it is none. */
function maildirStamp(directory: string, isKnown: boolean): TreeStamp | undefined {
  try {
    const stamp = stampOf(directory)
    return isKnown || isDirectory(join(directory, 'tmp')) ? stamp : undefined
  } catch (thrown) {
    if (!isSystemError(thrown)) throw thrown
    return isKnown && !isAbsent(thrown) ? 'unclear' : undefined
  }
}

/**
 * Whether something may have happened in a folder since. With labels that costs a stat for each file: what is written into a
 * file in its place leaves no trace in the directory.
 */
export function mayHaveChanged(
  { root, names, hasLabels }: Tree,
  path: FolderPath,
  stamp: TreeStamp,
  cursor: Cursor | undefined,
): boolean {
  if (stamp === 'unclear' || cursor?.epoch !== maildirEpoch) return true
  if (!hasLabels) return cursor.position !== positionOf(stamp)
  // With the directories unchanged the files are the same, and the newest of their changes tells of any.
  const then = splitPosition(cursor.position)
  return then.stamp !== positionOf(stamp) || then.newest !== newestChange(join(root, names.directoryOf(path)))
}

/** Whether a known folder that was not met is there all the same, behind a directory that may not be read. */
function isHidden({ root, names }: Tree, path: FolderPath): boolean {
  try {
    statSync(join(root, names.directoryOf(path), 'cur'))
    return false
  } catch (thrown) {
    return isSystemError(thrown) && !isAbsent(thrown)
  }
}

/** Whether there is a directory at this path. */
export function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

function isAbsent(thrown: NodeJS.ErrnoException): boolean {
  return isMissing(thrown) || thrown.code === 'ENOTDIR'
}
