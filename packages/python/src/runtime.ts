import type { Value } from './values/value.ts'
import type { World } from './world.ts'

/** What the interpreter's parts share: the way to call a value, the bounds, the world. */
export interface Runtime {
  readonly world: World
  /** Calls a value with arguments. */
  call(callee: Value, positional: readonly Value[], named?: ReadonlyMap<string, Value>): Value
  /** Charges work; stops the evaluation when there was too much of it. */
  spend(steps: number): void
  /** Refuses a value of this size if it is too big. */
  fits(size: number): void
  /** Refuses a value of this size if it is too big, and charges for making it. */
  room(size: number): void
  /** Goes one level deeper for as long as `work` lasts. */
  deeper<T>(work: () => T): T
  /** Takes note that what follows may contain a secret, so that no message repeats it. */
  mayHoldSecret(): void
  /** Stops with an error that says what cannot be evaluated here. */
  unsupported(what: string, hint?: string): never
}
