import { isUtf8 } from 'node:buffer'
import { type Dirent, existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isSystemError } from '@mailtide/durable-fs'

/** How a tree is walked. */
export interface WalkOptions {
  /** Whether folders lie in folders (separator `/`), or all directly below the root. */
  readonly nested: boolean
  /** Told of a directory that cannot be a folder because of its name. */
  readonly skipped: (directory: string, reason: string) => void
}

/**
 * Every directory that may be a Maildir, relative to the root, the root itself first as the empty name. Never
 * descends into `cur`, `new` and `tmp`; follows symbolic links, but not in circles; below the root, passes over what it
 * may not read.
 */
export function* listDirectories(root: string, { nested, skipped }: WalkOptions): Generator<string> {
  yield ''
  const realRoot = realpathSync(root)
  yield* below('', realRoot, new Set([realRoot]))

  function* below(directory: string, realAbove: string, above: ReadonlySet<string>): Generator<string> {
    for (const entry of directory === '' ? readDirectory(root) : readIfPossible(join(root, directory))) {
      const name = entry.name.toString()
      if (name === 'cur' || name === 'new' || name === 'tmp') continue
      if (!entry.isDirectory() && !entry.isSymbolicLink()) continue
      const relative = directory === '' ? name : `${directory}/${name}`
      if (!isUtf8(entry.name)) {
        if (isMaildir(join(root, directory), entry.name)) skipped(relative, 'its name is not valid UTF-8')
        continue
      }
      const real = entry.isDirectory() ? join(realAbove, name) : linkedDirectory(join(root, relative))
      if (real === undefined || above.has(real)) continue
      yield relative
      if (nested) yield* below(relative, real, new Set(above).add(real))
    }
  }
}

function readDirectory(path: string): Dirent<Buffer>[] {
  return readdirSync(path, { withFileTypes: true, encoding: 'buffer' })
}

function readIfPossible(path: string): Dirent<Buffer>[] {
  try {
    return readDirectory(path)
  } catch (thrown) {
    if (isSystemError(thrown)) return []
    throw thrown
  }
}

function isMaildir(above: string, name: Buffer): boolean {
  const path = Buffer.concat([Buffer.from(`${above}/`), name])
  return ['/cur', '/new', '/tmp'].every((part) => existsSync(Buffer.concat([path, Buffer.from(part)])))
}

function linkedDirectory(link: string): string | undefined {
  try {
    return statSync(link).isDirectory() ? realpathSync(link) : undefined
  } catch (thrown) {
    // It leads nowhere, or in a circle of links.
    if (isSystemError(thrown)) return undefined
    throw thrown
  }
}
