import type { SyntaxNode } from '@lezer/common'
import { syntaxRefused, unsupported } from '../errors.ts'
import type { LocalNames, Source } from '../values/value.ts'

/** The names found so far that belong to a function. */
export interface NameCollector extends LocalNames {
  readonly own: Set<string>
  readonly global: Set<string>
  readonly nonlocal: Set<string>
}

/** What the readers of one text share. */
export interface Reader {
  readonly source: Source
  readonly text: string
  /** The function whose body is being read; undefined at the top and in a class. */
  collector: NameCollector | undefined
  /** The variables of the comprehensions around: `:=` may not take them. */
  looped: readonly ReadonlySet<string>[]
  /** Whether what is read is the iterable of a comprehension: `:=` may not stand in one. */
  inIterable: boolean
  depth: number
  /** Whether what is read stands in the body of a class. */
  inClass: boolean
  /** Whether something was found that only Python 2 understands. */
  legacy: boolean
}

// CPython's parser gives up at 200 parentheses.
const deepest = 200

/** Goes one level deeper into the tree, unless that is too deep. */
export function nested<T>(reader: Reader, node: SyntaxNode, read: () => T): T {
  if (reader.depth >= deepest) refuse(reader, node, 'too many levels of nesting')
  reader.depth++
  const result = read()
  reader.depth--
  return result
}

/** Stops because the text is no Python. */
export function refuse(reader: Reader, node: { readonly from: number }, message: string): never {
  throw syntaxRefused(message, { source: reader.source, at: node.from })
}

/** Stops because this is Python that isn't understood here. */
export function beyond(reader: Reader, node: { readonly from: number }, what: string): never {
  throw unsupported(what, { source: reader.source, at: node.from }, undefined)
}

/** A node's children, without the comments. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) if (child.name !== 'Comment') children.push(child)
  return children
}

/** The text that a node stands for. */
export function textAt(reader: Reader, node: SyntaxNode): string {
  return reader.text.slice(node.from, node.to)
}

/** Nodes between separators. A separator at the end opens no further group. */
export function split(nodes: readonly SyntaxNode[], separator: string): SyntaxNode[][] {
  const groups: SyntaxNode[][] = [[]]
  for (const node of nodes) {
    if (node.name === separator) groups.push([])
    else groups.at(-1)?.push(node)
  }
  if (groups.at(-1)?.length === 0) groups.pop()
  return groups
}

const identifier = /^[\p{XID_Start}_]\p{XID_Continue}*$/u

/** The name a node spells, in the one form that Python compares names in. */
export function nameAt(reader: Reader, node: SyntaxNode): string {
  const name = textAt(reader, node).normalize('NFKC')
  if (!identifier.test(name)) refuse(reader, node, 'invalid character in a name')
  return name
}

/** A collector for a function that is about to be read. */
export function newCollector(): NameCollector {
  return { own: new Set(), global: new Set(), nonlocal: new Set() }
}

/** Notes that a name is given a value in the function being read. */
export function bind(reader: Reader, name: string): void {
  const { collector } = reader
  if (collector && !collector.global.has(name) && !collector.nonlocal.has(name)) collector.own.add(name)
}
