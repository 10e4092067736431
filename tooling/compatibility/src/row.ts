import type { SectionKind } from '@mailtide/config'
import type { FlagName } from './flags.ts'

/** A test that shows a row. */
export interface Shown {
  /** From the root of the workspace. */
  readonly file: string
  /** Its title, after those of the suites it is in, or a part that only it has: `hooks > that hang end with the run`. */
  readonly test: string
  /** Which case of a table is meant: a text within the test. */
  readonly of?: string
}

/** How mailtide compares, and what shows it. */
export interface Comparison {
  readonly mailtide: string
  readonly shown: readonly Shown[]
}

/** One thing that OfflineIMAP does. */
export interface Behaviour extends Comparison {
  readonly offlineimap: string
}

/** Options of one kind of section that are alike. What they mean is told by the schema. */
export interface OptionRow extends Comparison {
  readonly kind: SectionKind
  readonly options: readonly string[]
  /** Set where the schema says that an option has no effect: OfflineIMAP does nothing with it either. */
  readonly isIdle?: true
}

/** Flags of the command line; what OfflineIMAP does with them. */
export interface FlagRow extends Behaviour {
  readonly flags: readonly FlagName[]
}

/** Behaviours under one heading. */
export interface Chapter {
  readonly title: string
  readonly rows: readonly Behaviour[]
}

/** Everything that the document tells. */
export interface Table {
  readonly options: readonly OptionRow[]
  readonly flags: readonly FlagRow[]
  readonly chapters: readonly Chapter[]
}

/** What a row says where mailtide differs in nothing. */
export const same = 'the same'

/** One thing that OfflineIMAP does, what mailtide does, and the tests that show it. */
export function row(offlineimap: string, mailtide: string, ...shown: readonly Shown[]): Behaviour {
  return { offlineimap, mailtide, shown }
}

/** Options of one kind of section that one sentence serves. */
export function option(kind: SectionKind, options: string, mailtide: string, ...shown: readonly Shown[]): OptionRow {
  return { kind, options: options.split(' '), mailtide, shown }
}

/** Flags that one sentence serves, or one of them. */
export function flag(names: readonly FlagName[], offlineimap: string, mailtide: string, ...shown: Shown[]): FlagRow {
  return { flags: names, offlineimap, mailtide, shown }
}

/** Names the tests of a file. */
export function testsIn(file: string): (test: string, of?: string) => Shown {
  return (test, of) => ({ file, test, ...(of !== undefined && { of }) })
}
