import type { SyntaxNode } from '@lezer/common'
import type { Clause, Expression } from './ast.ts'
import { readExpression } from './read-expression.ts'
import { boundNames, readTarget } from './read-target.ts'
import { beyond, newCollector, type Reader, refuse } from './reader.ts'

interface Loop {
  readonly at: number
  readonly target: SyntaxNode[]
  iterable: SyntaxNode | undefined
  readonly conditions: SyntaxNode[]
}

/** Reads `element for target in iterable if condition …`, in whichever brackets it stands. */
export function readComprehension(
  reader: Reader,
  node: SyntaxNode,
  form: 'list' | 'set' | 'generator' | 'dict',
  nodes: readonly SyntaxNode[],
): Expression {
  const start = nodes.findIndex(({ name }) => name === 'for' || name === 'async')
  const [first, , second] = nodes
  if (!first || first.name === '*' || first.name === '**') {
    return refuse(reader, node, 'iterable unpacking cannot be used in comprehension')
  }
  const loops = readLoops(reader, nodes.slice(start))
  const targets = loops.map((loop) => readTarget(reader, loop.target, () => undefined))
  const names = newCollector()
  for (const target of targets) for (const name of boundNames(target)) names.own.add(name)
  const around = reader.looped
  reader.looped = [...around, names.own]
  const clauses = loops.map(
    (loop, index): Clause => ({
      at: loop.at,
      target: targets[index]!,
      iterable: readIterable(reader, loop.iterable ?? refuse(reader, node, 'invalid syntax')),
      conditions: loop.conditions.map((condition) => readExpression(reader, condition)),
    }),
  )
  const element = readExpression(reader, first)
  const value = form === 'dict' ? readExpression(reader, second!) : undefined
  reader.looped = around
  return { kind: 'comprehension', at: node.from, form, element, value, clauses, locals: names }
}

function readIterable(reader: Reader, node: SyntaxNode): Expression {
  const { inIterable } = reader
  reader.inIterable = true
  const iterable = readExpression(reader, node)
  reader.inIterable = inIterable
  return iterable
}

function readLoops(reader: Reader, nodes: readonly SyntaxNode[]): Loop[] {
  const loops: Loop[] = []
  let part: 'target' | 'iterable' | 'condition' = 'target'
  for (const node of nodes) {
    const loop = loops.at(-1)
    if (node.name === 'async') beyond(reader, node, 'async for')
    if (node.name === 'for') {
      loops.push({ at: node.from, target: [], iterable: undefined, conditions: [] })
      part = 'target'
    } else if (node.name === 'in' && part === 'target') part = 'iterable'
    else if (node.name === 'if') part = 'condition'
    else if (part === 'target') loop?.target.push(node)
    else if (part === 'condition') loop?.conditions.push(node)
    else if (loop && !loop.iterable) loop.iterable = node
    else refuse(reader, node, 'invalid syntax')
  }
  return loops
}
