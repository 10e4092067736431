import { posix } from 'node:path'
import { importsOf } from './imports.ts'
import type { TextFile } from './room.ts'

/** The paths of a package's tests, and of the files that nothing but its tests imports. */
export function testFilesOf(sources: readonly TextFile[]): ReadonlySet<string> {
  const importers = importersOf(sources)
  const tests = new Set(sources.map(({ path }) => path).filter((path) => /\.test\.[jt]s$/.test(path)))
  for (let known = -1; known < tests.size; ) {
    known = tests.size
    for (const [path, by] of importers) {
      if (by.every((importer) => tests.has(importer))) tests.add(path)
    }
  }
  return tests
}

/** Who imports each file that is imported by another. */
function importersOf(sources: readonly TextFile[]): ReadonlyMap<string, readonly string[]> {
  const edges = sources.flatMap(({ path, text }) =>
    importsOf(text)
      .filter(({ specifier }) => specifier.startsWith('.'))
      .map(({ specifier }) => ({ from: path, to: posix.join(posix.dirname(path), specifier) })),
  )
  const byTarget = Map.groupBy(edges, ({ to }) => to)
  return new Map([...byTarget].map(([target, found]) => [target, found.map(({ from }) => from)]))
}
