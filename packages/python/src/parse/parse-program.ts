import type { Origin } from '../values/value.ts'
import type { Statement } from './ast.ts'
import { open, type Parsed } from './parse.ts'
import { readStatements } from './read-statement.ts'
import { childrenOf } from './reader.ts'

/** Reads a whole file. */
export function parseProgram(text: string, origin: Origin): Parsed<readonly Statement[]> {
  // The parser wants a line's end at the end.
  const { reader, top, legacy } = open(`${text.replace(/^\ufeff/, '')}\n`, origin)
  return { source: reader.source, legacy, content: readStatements(reader, childrenOf(top)) }
}
