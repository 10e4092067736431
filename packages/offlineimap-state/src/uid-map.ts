import { stateDamaged } from './errors.ts'
import { readText, uidOf } from './read-text.ts'

/** The UIDs of the messages in a local IMAP folder, by their UIDs on the remote. */
export type UidMap = ReadonlyMap<number, number>

/** Reads a file of `UIDMapping`, a line `localUID:remoteUID` a message; undefined if there is none. */
export function readUidMap(file: string): UidMap | undefined {
  const text = readText(file)
  if (text === undefined) return undefined
  const map = new Map<number, number>()
  const locals = new Set<number>()
  const lines = text.replace(/\n$/, '').split('\n')
  for (const [index, line] of text === '' ? [] : lines.entries()) {
    const [local, remote] = line.split(':').map(uidOf)
    if (!local || !remote || line.split(':').length !== 2)
      throw stateDamaged(file, `line ${index + 1} is no pair of UIDs`)
    if (map.has(remote) || locals.has(local)) throw stateDamaged(file, `line ${index + 1} has a UID for a second time`)
    map.set(remote, local)
    locals.add(local)
  }
  return map
}

/** The text of such a file. */
export function formatUidMap(map: UidMap): string {
  return [...map].map(([remote, local]) => `${local}:${remote}\n`).join('')
}
