import type { SyntaxNode } from '@lezer/common'
import type { Target } from './ast.ts'
import { readExpression } from './read-expression.ts'
import { childrenOf, nameAt, nested, type Reader, refuse, split } from './reader.ts'

/** Reads what stands left of a `=`, after `for`, after `as`: names in it are told to `bind`. */
export function readTarget(reader: Reader, nodes: readonly SyntaxNode[], bind: (name: string) => void): Target {
  const [first] = nodes
  if (!first) return refuse(reader, { from: 0 }, 'invalid syntax')
  const hasComma = nodes.some(({ name }) => name === ',')
  if (!hasComma && nodes.length === 1) return nested(reader, first, () => readOne(reader, first, bind))
  if (!hasComma) return refuse(reader, first, 'starred assignment target must be in a list or tuple')
  return unpack(reader, first.from, nodes, bind)
}

function readOne(reader: Reader, node: SyntaxNode, bind: (name: string) => void): Target {
  const at = node.from
  switch (node.name) {
    case 'VariableName': {
      const name = nameAt(reader, node)
      bind(name)
      return { kind: 'name', at, name }
    }
    case 'MemberExpression': {
      const member = readExpression(reader, node)
      if (member.kind === 'attribute' || member.kind === 'subscript') return member
      break
    }
    case 'ParenthesizedExpression': {
      const [, inner] = childrenOf(node)
      return readTarget(reader, inner ? [inner] : [], bind)
    }
    case 'TupleExpression':
    case 'ArrayExpression':
      return unpack(reader, at, childrenOf(node).slice(1, -1), bind)
  }
  return refuse(reader, node, 'cannot assign to this')
}

function unpack(reader: Reader, at: number, nodes: readonly SyntaxNode[], bind: (name: string) => void): Target {
  let star: number | undefined
  const targets = split(nodes, ',').map((group, index) => {
    if (group[0]?.name !== '*') return readTarget(reader, group, bind)
    if (star !== undefined) refuse(reader, group[0], 'multiple starred expressions in assignment')
    star = index
    return readTarget(reader, group.slice(1), bind)
  })
  return { kind: 'unpack', at, targets, star }
}

/** The names that an assignment to this gives a value. */
export function boundNames(target: Target): string[] {
  if (target.kind === 'name') return [target.name]
  return target.kind === 'unpack' ? target.targets.flatMap(boundNames) : []
}
