import type { Origin } from '../values/value.ts'
import type { Statement } from './ast.ts'
import { open, type Parsed } from './parse.ts'
import { readStatements } from './read-statement.ts'
import { childrenOf } from './reader.ts'

/** Reads a whole file. */
export function parseProgram(text: string, origin: Origin): Parsed<readonly Statement[]> {
  // The parser wants a line's end at the end.
  const { reader, top } = open(`${text.replace(/^\ufeff/, '')}\n`, origin)
  const content = readStatements(reader, childrenOf(top))
  return { source: reader.source, legacy: reader.legacy, content }
}
