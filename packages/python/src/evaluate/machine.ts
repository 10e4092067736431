import type { Runtime } from '../runtime.ts'
import type { Raised } from '../values/raised.ts'
import type { Scope, Value } from '../values/value.ts'

/** The runtime as the evaluator sees it. */
export interface Machine extends Runtime {
  readonly builtins: ReadonlyMap<string, Value>
  /** The modules that can be imported, by their full names. */
  readonly modules: ReadonlyMap<string, Value>
  /** Notes what is being evaluated, for the place in an error. */
  mark(scope: Scope, at: number): void
  /** Notes in an exception where it came from, before handlers move on. */
  settle(error: Raised): void
  /** How many `try` with handlers are around what runs: an import may be meant to fail there. */
  trying: number
  /** The exceptions being handled, innermost last. */
  readonly handled: Raised[]
}
