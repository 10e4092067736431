import type { SyntaxNode } from '@lezer/common'
import { ellipsis } from '../values/value.ts'
import type { Argument, Expression, Starred } from './ast.ts'
import { readFormat, readStrings } from './formatted.ts'
import { readNumber, readString } from './literals.ts'
import { readOperators } from './operators.ts'
import { readComprehension } from './read-comprehension.ts'
import { readLambda } from './read-parameters.ts'
import { beyond, bind, childrenOf, nameAt, nested, type Reader, refuse, split, textAt } from './reader.ts'

/** Reads one expression. */
export function readExpression(reader: Reader, node: SyntaxNode): Expression {
  return nested(reader, node, () => readAny(reader, node))
}

function readAny(reader: Reader, node: SyntaxNode): Expression {
  const at = node.from
  const children = childrenOf(node)
  const inner = children.slice(1, -1)
  const read = (child: SyntaxNode | undefined) =>
    readExpression(reader, child ?? refuse(reader, node, 'invalid syntax'))
  switch (node.name) {
    case 'None':
      return { kind: 'constant', at, value: null }
    case 'Boolean':
      return { kind: 'constant', at, value: textAt(reader, node) === 'True' }
    case 'Ellipsis':
      return { kind: 'constant', at, value: ellipsis }
    case 'Number':
      return { kind: 'constant', at, value: readNumber(reader, node) }
    case 'String':
      return { kind: 'constant', at, value: readString(reader, node) }
    case 'FormatString':
      return { kind: 'format', at, pieces: readFormat(reader, node, readExpression) }
    case 'ContinuedString':
      return readStrings(reader, node, readExpression)
    case 'VariableName':
      return { kind: 'name', at, name: nameAt(reader, node) }
    case 'BinaryExpression':
    case 'UnaryExpression':
      return readOperators(reader, node, (operand) => readExpression(reader, operand))
    case 'ParenthesizedExpression':
      if (inner.length !== 1) refuse(reader, node, 'cannot use starred expression here')
      return read(inner[0])
    case 'TupleExpression':
      return { kind: 'tuple', at, items: readItems(reader, inner) }
    case 'ArrayExpression':
      return { kind: 'list', at, items: readItems(reader, inner) }
    case 'SetExpression':
      return { kind: 'set', at, items: readItems(reader, inner) }
    case 'DictionaryExpression':
      return { kind: 'dict', at, entries: split(inner, ',').map((entry) => readEntry(reader, entry)) }
    case 'ArrayComprehensionExpression':
      return readComprehension(reader, node, 'list', inner)
    case 'SetComprehensionExpression':
      return readComprehension(reader, node, 'set', inner)
    case 'ComprehensionExpression':
      return readComprehension(reader, node, 'generator', inner)
    case 'DictionaryComprehensionExpression':
      return readComprehension(reader, node, 'dict', inner)
    case 'ConditionalExpression':
      return {
        kind: 'conditional',
        at,
        result: read(children[0]),
        condition: read(children[2]),
        otherwise: read(children[4]),
      }
    case 'LambdaExpression':
      return readLambda(reader, node)
    case 'NamedExpression':
      return readWalrus(reader, children)
    case 'CallExpression':
      return { kind: 'call', at, callee: read(children[0]), args: readArguments(reader, children[1]!) }
    case 'MemberExpression':
      return readMember(reader, node, children)
    case 'AwaitExpression':
      return beyond(reader, node, 'await')
    case 'YieldExpression':
      return beyond(reader, node, 'generator functions (yield)')
    default:
      return refuse(reader, node, 'invalid syntax')
  }
}

/** Reads several expressions with commas between them as one: a tuple if there is a comma. */
export function readList(reader: Reader, nodes: readonly SyntaxNode[]): Expression {
  const items = readItems(reader, nodes)
  const [only] = items
  if (!only) return refuse(reader, nodes[0] ?? { from: 0 }, 'invalid syntax')
  const isOne = items.length === 1 && nodes.at(-1)?.name !== ','
  if (!isOne) return { kind: 'tuple', at: only.at, items }
  return only.kind === 'starred' ? refuse(reader, { from: only.at }, "can't use starred expression here") : only
}

/** Reads what stands between commas, stars included. */
function readItems(reader: Reader, nodes: readonly SyntaxNode[]): (Expression | Starred)[] {
  return split(nodes, ',').map((group): Expression | Starred => {
    const [first, second] = group
    if (!first) return refuse(reader, nodes[0] ?? { from: 0 }, 'invalid syntax')
    if (first.name !== '*') return readExpression(reader, first)
    return { kind: 'starred', at: first.from, value: readExpression(reader, second!) }
  })
}

function readEntry(reader: Reader, [first, second, third]: readonly SyntaxNode[]) {
  if (first?.name === '**') return { key: undefined, value: readExpression(reader, second!) }
  if (!first || second?.name !== ':' || !third) return refuse(reader, first ?? { from: 0 }, 'invalid syntax')
  return { key: readExpression(reader, first), value: readExpression(reader, third) }
}

function readWalrus(reader: Reader, [target, , value]: readonly SyntaxNode[]): Expression {
  if (target?.name !== 'VariableName') return refuse(reader, target!, 'cannot use assignment expressions with this')
  const name = nameAt(reader, target)
  if (reader.inIterable) refuse(reader, target, 'assignment expression cannot be used in a comprehension iterable')
  if (reader.looped.some((names) => names.has(name))) {
    refuse(reader, target, 'assignment expression cannot rebind comprehension iteration variable')
  }
  bind(reader, name)
  return { kind: 'walrus', at: target.from, name, value: readExpression(reader, value!) }
}

function readMember(reader: Reader, node: SyntaxNode, children: readonly SyntaxNode[]): Expression {
  const [object, mark, property] = children
  const owner = readExpression(reader, object!)
  if (mark?.name === '.') return { kind: 'attribute', at: node.from, object: owner, name: nameAt(reader, property!) }
  const inner = children.slice(2, -1)
  const groups = split(inner, ',').map((group) => readIndex(reader, group))
  const [only] = groups
  if (!only) return refuse(reader, node, 'invalid syntax')
  const isOne = groups.length === 1 && inner.at(-1)?.name !== ','
  const index: Expression = isOne ? only : { kind: 'tuple', at: only.at, items: groups }
  return { kind: 'subscript', at: node.from, object: owner, index }
}

function readIndex(reader: Reader, group: readonly SyntaxNode[]): Expression {
  const [first] = group
  if (!first) return refuse(reader, { from: 0 }, 'invalid syntax')
  if (!group.some(({ name }) => name === ':')) return readExpression(reader, first)
  const parts: (Expression | undefined)[] = [undefined]
  for (const node of group) {
    if (node.name === ':') parts.push(undefined)
    else parts[parts.length - 1] = readExpression(reader, node)
  }
  return { kind: 'slice', at: first.from, start: parts[0], stop: parts[1], step: parts[2] }
}

/** Reads what stands in the parentheses of a call. */
export function readArguments(reader: Reader, node: SyntaxNode): Argument[] {
  const inner = childrenOf(node).slice(1, -1)
  const loop = inner.findIndex(({ name }) => name === 'for' || name === 'async')
  if (loop !== -1) {
    if (loop !== 1) refuse(reader, node, 'Generator expression must be parenthesized')
    return [{ kind: 'plain', at: node.from, value: readComprehension(reader, node, 'generator', inner) }]
  }
  const names = new Set<string>()
  let seen: 'plain' | 'named' | 'mapping' = 'plain'
  return split(inner, ',').map((group): Argument => {
    const [first, second, third] = group
    if (!first) return refuse(reader, node, 'invalid syntax')
    const at = first.from
    if (first.name === '**') {
      seen = 'mapping'
      return { kind: 'double-star', at, value: readExpression(reader, second!) }
    }
    if (first.name === '*') {
      if (seen === 'mapping') refuse(reader, first, 'iterable argument unpacking follows keyword argument unpacking')
      return { kind: 'star', at, value: readExpression(reader, second!) }
    }
    if (second?.name === 'AssignOp' && textAt(reader, second) === '=') {
      const name = nameAt(reader, first)
      if (names.has(name)) refuse(reader, first, 'keyword argument repeated')
      names.add(name)
      if (seen === 'plain') seen = 'named'
      return { kind: 'plain', at, name, value: readExpression(reader, third!) }
    }
    if (seen !== 'plain') refuse(reader, first, 'positional argument follows keyword argument')
    const value = second ? readWalrus(reader, group) : readExpression(reader, first)
    return { kind: 'plain', at, value }
  })
}
