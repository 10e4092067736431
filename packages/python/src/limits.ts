/** How much one evaluation may take before it is stopped. */
export interface Limits {
  /** Steps of the interpreter and of regular expressions; big values count by their size. */
  readonly steps: number
  /** Characters, bytes or elements of one value; bits of an int. */
  readonly size: number
  /** Calls inside calls. */
  readonly depth: number
}

/** About a second of work, a mebibyte a value. */
export const defaultLimits: Limits = { steps: 5_000_000, size: 1 << 20, depth: 200 }
