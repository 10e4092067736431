import type { Anchor } from './nodes.ts'
import type { PointTest } from './point-test.ts'

/** The steps of a compiled expression. Each `pc` in them is the number of a step. */
export type Instruction =
  | { readonly op: 'match' }
  | { readonly op: 'fail' }
  | { readonly op: 'char'; readonly point: number }
  | { readonly op: 'test'; readonly test: PointTest }
  | { readonly op: 'anchor'; readonly anchor: Anchor; readonly multiline: boolean; readonly ascii: boolean }
  /** Goes on at `first`, and at `second` if that leads nowhere. */
  | { readonly op: 'split'; readonly first: number; readonly second: number }
  | { readonly op: 'jump'; readonly to: number }
  /** Notes where a group begins (an even slot) or ends (an odd one). */
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'reference'; readonly group: number; readonly ignoreCase: boolean }
  /** A repetition of something one character wide. */
  | {
      readonly op: 'run'
      readonly test: PointTest
      readonly least: number
      readonly most: number
      readonly mode: 'greedy' | 'lazy' | 'possessive'
    }
  /** Begins a repetition; its count and last position are kept in two registers. */
  | { readonly op: 'loop-start'; readonly register: number }
  | {
      readonly op: 'loop'
      readonly register: number
      readonly least: number
      readonly most: number
      readonly lazy: boolean
      readonly body: number
      readonly exit: number
    }
  /** Looks ahead, or behind if there is a width, at what follows up to its own `match`; goes on at `exit`. */
  | { readonly op: 'look'; readonly width: number | undefined; readonly negated: boolean; readonly exit: number }
  /** Matches what follows up to its own `match` once and for all; goes on at `exit`. */
  | { readonly op: 'atomic'; readonly exit: number }
  | { readonly op: 'conditional'; readonly group: number; readonly otherwise: number }

/** A compiled regular expression. */
export interface Program {
  readonly instructions: readonly Instruction[]
  readonly isBytes: boolean
  readonly flags: number
  readonly flagNames: readonly string[]
  readonly groups: number
  readonly names: ReadonlyMap<string, number>
  /** Group slots, the last group closed, and two registers for each loop. */
  readonly registers: number
  /** Every match begins with this code point. */
  readonly firstPoint: number | undefined
  /** A match can begin only where the text does. */
  readonly onlyAtStart: boolean
  /** Whether two code points are the same letter, for references that ignore case. */
  readonly sameLetter: (a: number, b: number) => boolean
}

/** The register that holds the last group closed. */
export function lastGroupRegister(groups: number): number {
  return groups * 2 + 2
}
