import type { SyntaxNode, Tree } from '@lezer/common'
import { parser } from '@lezer/python'
import { syntaxRefused } from '../errors.ts'
import type { Origin, Source } from '../values/value.ts'
import type { Expression } from './ast.ts'
import { modernise } from './legacy.ts'
import { readList } from './read-expression.ts'
import { childrenOf, type Reader, refuse } from './reader.ts'

const strict = parser.configure({ strict: true })

/** A text that has been read, with what tells places in it. */
export interface Parsed<T> {
  readonly source: Source
  readonly legacy: boolean
  readonly content: T
}

/** Reads the one expression that an option's value is. */
export function parseExpression(text: string, origin: Origin): Parsed<Expression> {
  const blank = /^[ \t\f]*/.exec(text)?.[0].length ?? 0
  // The places stay right with the blanks in front of the text cut off.
  const column = (origin.columns?.[0] ?? 1) + blank
  const { reader, top } = open(text.slice(blank), {
    ...origin,
    columns: [column, ...(origin.columns ?? []).slice(1)],
  })
  const [statement, second] = childrenOf(top)
  if (!statement) return refuse(reader, { from: 0 }, 'there is no expression')
  if (statement.name !== 'ExpressionStatement') refuse(reader, statement, 'this is a statement, not an expression')
  if (second) refuse(reader, second, 'there is more than one expression')
  const content = readList(reader, childrenOf(statement))
  return { source: reader.source, legacy: reader.legacy, content }
}

/** Parses a text and hands out the top of its tree. */
export function open(original: string, origin: Origin): { reader: Reader; top: SyntaxNode } {
  const { text, legacy } = modernise(original)
  const source: Source = { text, origin }
  if (text.includes('\0'))
    throw syntaxRefused('source code cannot contain null bytes', { source, at: text.indexOf('\0') })
  const reader: Reader = {
    source,
    text,
    collector: undefined,
    looped: [],
    inIterable: false,
    depth: 0,
    inClass: false,
    legacy,
  }
  return { reader, top: parseTree(source) }
}

function parseTree(source: Source): SyntaxNode {
  const tree = treeOf(source)
  // The parser abandons what is nested too deeply, even when it's told to be strict.
  tree.iterate({
    enter({ type, from }) {
      if (type.isError) throw syntaxRefused('the expression is too long', { source, at: from })
    },
  })
  return tree.topNode
}

function treeOf(source: Source): Tree {
  try {
    return strict.parse(source.text)
  } catch (error) {
    const at = error instanceof SyntaxError ? /at (\d+)/.exec(error.message)?.[1] : undefined
    if (at === undefined) throw error
    throw syntaxRefused('invalid syntax', { source, at: Number(at) })
  }
}
