import type { Origin } from './problem.ts'
import { strip } from './python-text.ts'
import type { RcFile } from './rc-file.ts'

/** An option whose value is Python, or for the rules of folders perhaps plain words. Nothing has been evaluated. */
export interface Expression {
  /** The section that it counts for; it may stand in `[DEFAULT]`. */
  readonly section: string
  readonly option: string
  /** As the file has it, interpolated; not empty. */
  readonly text: string
  readonly origin: Origin
  /** The line of each row of the text. Absent where it was not written in a file. */
  readonly rows?: readonly number[]
}

/** An option's value as an expression; undefined where the option is unset or empty, or its text is no value. */
export function readExpression(rc: RcFile, section: string, option: string): Expression | undefined {
  const got = rc.get(section, option)
  const raw = rc.raw(section, option)
  if (raw === undefined || got === undefined || !('value' in got) || strip(got.value) === '') return undefined
  return { section, option, text: got.value, origin: raw.origin, ...(raw.rows && { rows: raw.rows }) }
}
