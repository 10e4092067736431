/** The flags of Python's `re`, by its own numbers. */
export const flag = {
  ignoreCase: 2,
  locale: 4,
  multiline: 8,
  dotAll: 16,
  unicode: 32,
  verbose: 64,
  debug: 128,
  ascii: 256,
} as const

/** `\d`, `\D` and their kin. */
export type Category = 'd' | 'D' | 'w' | 'W' | 's' | 'S'

/** An element of a set in brackets. */
export type SetItem =
  | { readonly kind: 'range'; readonly low: number; readonly high: number }
  | { readonly kind: 'category'; readonly category: Category }

/** The places that match without taking anything. */
export type Anchor = '^' | '$' | 'A' | 'Z' | 'b' | 'B'

/** A piece of a regular expression. */
export type RegexNode =
  | { readonly kind: 'char'; readonly point: number }
  | { readonly kind: 'any' }
  | { readonly kind: 'fail' }
  | { readonly kind: 'set'; readonly negated: boolean; readonly items: readonly SetItem[] }
  | { readonly kind: 'anchor'; readonly anchor: Anchor }
  | {
      readonly kind: 'group'
      /** Its number, if it captures. */
      readonly index: number | undefined
      readonly add: number
      readonly remove: number
      readonly body: RegexNode
    }
  | { readonly kind: 'reference'; readonly index: number }
  | { readonly kind: 'sequence'; readonly nodes: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly branches: readonly RegexNode[] }
  | {
      readonly kind: 'repeat'
      readonly least: number
      /** Infinity for no bound. */
      readonly most: number
      readonly mode: 'greedy' | 'lazy' | 'possessive'
      readonly body: RegexNode
    }
  | { readonly kind: 'look'; readonly behind: boolean; readonly negated: boolean; readonly body: RegexNode }
  | { readonly kind: 'atomic'; readonly body: RegexNode }
  | {
      readonly kind: 'conditional'
      readonly index: number
      readonly yes: RegexNode
      readonly no: RegexNode | undefined
    }

/** A regular expression as it was read. */
export interface ParsedRegex {
  readonly body: RegexNode
  readonly flags: number
  /** How many groups capture. */
  readonly groups: number
  readonly names: ReadonlyMap<string, number>
}
