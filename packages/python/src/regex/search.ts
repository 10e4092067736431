import type { Runtime } from '../runtime.ts'
import type { Program } from './program.ts'
import { createRegexRun, type Haystack, type RegexRun } from './run-regex.ts'

/** The first match from a place on. */
export function searchFrom(
  runtime: Runtime,
  program: Program,
  haystack: Haystack,
  from: number,
): readonly number[] | undefined {
  return advance(createRegexRun(runtime, program, haystack), program, haystack, from, false)
}

/** The match that begins at a place. */
export function matchFrom(
  runtime: Runtime,
  program: Program,
  haystack: Haystack,
  from: number,
  isWhole: boolean,
): readonly number[] | undefined {
  const run = createRegexRun(runtime, program, haystack)
  const found = from > haystack.end ? undefined : run.matchAt(from, isWhole ? 'whole' : 'any')
  run.pay()
  return found
}

/**
 * All matches one after the other, each when it's asked for. An empty one may follow another match, but not another
 * empty one at the same place.
 */
export function scanFrom(
  runtime: Runtime,
  program: Program,
  haystack: Haystack,
  from: number,
): () => readonly number[] | undefined {
  const run = createRegexRun(runtime, program, haystack)
  let at = from
  let mustAdvance = false
  return () => {
    const found = advance(run, program, haystack, at, mustAdvance)
    if (found) {
      at = found[1]!
      mustAdvance = found[0] === at
    }
    return found
  }
}

function advance(
  run: RegexRun,
  program: Program,
  { points, end }: Haystack,
  from: number,
  mustAdvance: boolean,
): readonly number[] | undefined {
  const { firstPoint, onlyAtStart } = program
  let found: readonly number[] | undefined
  for (let at = from; at <= end && !found; at++) {
    if (onlyAtStart && at > 0) break
    if (firstPoint !== undefined) {
      at = points.indexOf(firstPoint, at)
      if (at === -1 || at >= end) break
    }
    found = run.matchAt(at, mustAdvance && at === from ? 'not-empty' : 'any')
  }
  run.pay()
  return found
}
