import type { SyntaxNode } from '@lezer/common'
import type { BinaryOperator, Imported, Statement, Target } from './ast.ts'
import { readCompound } from './read-compound.ts'
import { readExpression, readList } from './read-expression.ts'
import { readTarget } from './read-target.ts'
import { beyond, bind, childrenOf, nameAt, nested, type Reader, refuse, split, textAt } from './reader.ts'

/** Reads statements one after the other. */
export function readStatements(reader: Reader, nodes: readonly SyntaxNode[]): Statement[] {
  return nodes.flatMap((node, index) => {
    // The parser breaks an endless expression off and takes what is left for another statement.
    if (index > 0 && !opensLine(reader, node)) refuse(reader, node, 'the expression before this is too long')
    if (node.name === 'StatementGroup') {
      return split(childrenOf(node), ';').flatMap((group) => readStatements(reader, group))
    }
    return [nested(reader, node, () => readStatement(reader, node))]
  })
}

function opensLine({ text }: Reader, { from }: SyntaxNode): boolean {
  return /(^|\n)[ \t\f]*$/.test(text.slice(Math.max(0, text.lastIndexOf('\n', from - 1)), from))
}

function readStatement(reader: Reader, node: SyntaxNode): Statement {
  const at = node.from
  const children = childrenOf(node)
  switch (node.name) {
    case 'ExpressionStatement':
      return { kind: 'expression', at, value: readList(reader, children) }
    case 'AssignStatement':
      return readAssignment(reader, node, children)
    case 'UpdateStatement': {
      const index = children.findIndex(({ name }) => name === 'UpdateOp')
      const operator = textAt(reader, children[index]!).slice(0, -1) as BinaryOperator
      const target = targetOf(reader, children.slice(0, index))
      if (target.kind === 'unpack') refuse(reader, node, 'illegal expression for augmented assignment')
      return { kind: 'update', at, target, operator, value: readList(reader, children.slice(index + 1)) }
    }
    case 'DeleteStatement': {
      const targets = split(children.slice(1), ',').map((group) => targetOf(reader, group))
      return { kind: 'delete', at, targets }
    }
    case 'PassStatement':
      return { kind: 'pass', at }
    case 'BreakStatement':
      return { kind: 'break', at }
    case 'ContinueStatement':
      return { kind: 'continue', at }
    case 'ReturnStatement':
      return { kind: 'return', at, value: children.length > 1 ? readList(reader, children.slice(1)) : undefined }
    case 'RaiseStatement':
      return readRaise(reader, node, children)
    case 'AssertStatement': {
      const [condition, message] = split(children.slice(1), ',').map(([first]) => first)
      return {
        kind: 'assert',
        at,
        condition: readExpression(reader, condition ?? node),
        message: message && readExpression(reader, message),
      }
    }
    case 'ImportStatement':
      return readImport(reader, node, children)
    case 'ScopeStatement':
      return readScope(reader, node, children)
    case 'YieldStatement':
      return beyond(reader, node, 'generator functions (yield)')
    case 'PrintStatement':
      return beyond(reader, node, 'this form of print')
    default:
      return readCompound(reader, node, children)
  }
}

/** Reads something to assign to, and notes its names as the function's own. */
export function targetOf(reader: Reader, nodes: readonly SyntaxNode[]): Target {
  return readTarget(reader, nodes, (name) => bind(reader, name))
}

function readAssignment(reader: Reader, node: SyntaxNode, children: readonly SyntaxNode[]): Statement {
  const at = node.from
  const parts: SyntaxNode[][] = [[]]
  for (const child of children) {
    if (child.name === 'AssignOp') parts.push([])
    else if (child.name !== 'TypeDef') parts.at(-1)?.push(child)
  }
  // An annotation alone gives no value.
  if (parts.length === 1) {
    targetOf(reader, parts[0]!)
    return { kind: 'pass', at }
  }
  const value = readList(reader, parts.pop()!)
  return { kind: 'assign', at, targets: parts.map((part) => targetOf(reader, part)), value }
}

function readRaise(reader: Reader, node: SyntaxNode, children: readonly SyntaxNode[]): Statement {
  const [, exception, mark, message, more] = children
  if (mark?.name === ',') reader.legacy = true
  if (more && mark?.name !== 'from') beyond(reader, more, 'raise with a traceback')
  return {
    kind: 'raise',
    at: node.from,
    exception: exception && readExpression(reader, exception),
    message: mark?.name === ',' && message ? readExpression(reader, message) : undefined,
  }
}

function readImport(reader: Reader, node: SyntaxNode, children: readonly SyntaxNode[]): Statement {
  const at = node.from
  const importAt = children.findIndex(({ name }) => name === 'import')
  const listed = children.slice(importAt + 1).filter(({ name }) => name !== '(' && name !== ')')
  if (importAt > 0) {
    const path = children.slice(1, importAt)
    if (path[0]?.name !== 'VariableName') beyond(reader, node, 'an import relative to a package')
    const module = dotted(reader, path)
    if (listed[0]?.name === '*') return { kind: 'from', at, module, names: 'all' }
    const names = importedNames(reader, listed)
    for (const { name, as } of names) bind(reader, as ?? name)
    return { kind: 'from', at, module, names }
  }
  const modules = importedNames(reader, listed)
  for (const { name, as } of modules) bind(reader, as ?? name.split('.')[0]!)
  return { kind: 'import', at, modules }
}

function importedNames(reader: Reader, nodes: readonly SyntaxNode[]): Imported[] {
  return split(nodes, ',').map((group) => {
    const as = group.findIndex(({ name }) => name === 'as')
    const path = as === -1 ? group : group.slice(0, as)
    return { name: dotted(reader, path), as: as === -1 ? undefined : nameAt(reader, group[as + 1]!) }
  })
}

function dotted(reader: Reader, nodes: readonly SyntaxNode[]): string {
  return nodes.map((node) => (node.name === '.' ? '.' : nameAt(reader, node))).join('')
}

function readScope(reader: Reader, node: SyntaxNode, [keyword, ...rest]: readonly SyntaxNode[]): Statement {
  const { collector } = reader
  if (reader.inClass) beyond(reader, node, 'global and nonlocal in the body of a class')
  const names = split(rest, ',').map(([name]) => nameAt(reader, name!))
  const isGlobal = keyword?.name === 'global'
  if (!collector) {
    if (!isGlobal) refuse(reader, node, 'nonlocal declaration not allowed at module level')
    return { kind: 'scope', at: node.from }
  }
  for (const name of names) {
    if (collector.own.has(name))
      refuse(reader, node, `name '${name}' is assigned to before ${keyword?.name} declaration`)
    if (isGlobal) collector.global.add(name)
    else collector.nonlocal.add(name)
  }
  return { kind: 'scope', at: node.from }
}
