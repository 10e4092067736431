import type { SyntaxNode } from '@lezer/common'
import type { Expression, Handler, Statement, Target } from './ast.ts'
import { readArguments, readExpression, readList } from './read-expression.ts'
import { parameterNames, readParameters } from './read-parameters.ts'
import { readStatements, targetOf } from './read-statement.ts'
import { beyond, bind, childrenOf, nameAt, newCollector, type Reader, refuse, split } from './reader.ts'

/** Reads a statement that has blocks. */
export function readCompound(reader: Reader, node: SyntaxNode, children: readonly SyntaxNode[]): Statement {
  const at = node.from
  switch (node.name) {
    case 'IfStatement':
      return readIf(reader, node, children)
    case 'WhileStatement':
      return {
        kind: 'while',
        at,
        condition: readExpression(reader, children[1]!),
        body: readBlock(reader, children[2]),
        otherwise: blockAfter(reader, children, 'else'),
      }
    case 'ForStatement':
      return readFor(reader, node, children)
    case 'TryStatement':
      return readTry(reader, node, children)
    case 'WithStatement':
      return readWith(reader, node, children)
    case 'FunctionDefinition':
      return readFunction(reader, node, children)
    case 'ClassDefinition':
      return readClass(reader, node, children)
    case 'DecoratedStatement':
      return beyond(reader, node, 'decorators')
    case 'MatchStatement':
      return beyond(reader, node, 'match statements')
    case 'TypeDefinition':
      return beyond(reader, node, 'type aliases')
    default:
      return refuse(reader, node, 'invalid syntax')
  }
}

/** Reads a block, or the statements on the line of the colon. */
function readBlock(reader: Reader, body: SyntaxNode | undefined): Statement[] {
  return body ? readStatements(reader, childrenOf(body).slice(1)) : []
}

function blockAfter(reader: Reader, children: readonly SyntaxNode[], keyword: string): Statement[] {
  const index = children.findIndex(({ name }) => name === keyword)
  return index === -1 ? [] : readBlock(reader, children[index + 1])
}

function readIf(reader: Reader, node: SyntaxNode, children: readonly SyntaxNode[]): Statement {
  const branches: { condition: Expression; body: Statement[] }[] = []
  for (const [index, child] of children.entries()) {
    if (child.name !== 'if' && child.name !== 'elif') continue
    const condition = children[index + 1]
    if (!condition || condition.name === 'Body') return refuse(reader, child, 'invalid syntax')
    branches.push({ condition: readExpression(reader, condition), body: readBlock(reader, children[index + 2]) })
  }
  return { kind: 'if', at: node.from, branches, otherwise: blockAfter(reader, children, 'else') }
}

function readFor(reader: Reader, node: SyntaxNode, children: readonly SyntaxNode[]): Statement {
  if (children[0]?.name === 'async') return beyond(reader, node, 'async for')
  const inAt = children.findIndex(({ name }) => name === 'in')
  const bodyAt = children.findIndex(({ name }) => name === 'Body')
  return {
    kind: 'for',
    at: node.from,
    target: targetOf(reader, children.slice(1, inAt)),
    iterable: readList(reader, children.slice(inAt + 1, bodyAt)),
    body: readBlock(reader, children[bodyAt]),
    otherwise: blockAfter(reader, children, 'else'),
  }
}

function readTry(reader: Reader, node: SyntaxNode, children: readonly SyntaxNode[]): Statement {
  const handlers: Handler[] = []
  for (const [index, child] of children.entries()) {
    if (child.name !== 'except') continue
    const bodyAt = children.findIndex(({ name }, at) => at > index && name === 'Body')
    const [type, mark, name] = children.slice(index + 1, bodyAt)
    if (type?.name === '*') beyond(reader, child, 'except*')
    if (mark && name) bind(reader, nameAt(reader, name))
    if (mark?.name === ',') reader.legacy = true
    handlers.push({
      at: child.from,
      type: type && readExpression(reader, type),
      name: name && nameAt(reader, name),
      body: readBlock(reader, children[bodyAt]),
    })
  }
  const hasFinally = children.some(({ name }) => name === 'finally')
  if (handlers.length === 0 && !hasFinally) refuse(reader, node, "expected 'except' or 'finally' block")
  return {
    kind: 'try',
    at: node.from,
    body: readBlock(reader, children[1]),
    handlers,
    otherwise: blockAfter(reader, children, 'else'),
    finally: blockAfter(reader, children, 'finally'),
  }
}

function readWith(reader: Reader, node: SyntaxNode, children: readonly SyntaxNode[]): Statement {
  if (children[0]?.name === 'async') return beyond(reader, node, 'async with')
  const bodyAt = children.findIndex(({ name }) => name === 'Body')
  const items = split(children.slice(1, bodyAt), ',').map(
    (group): { value: Expression; target: Target | undefined } => ({
      value: readExpression(reader, group[0]!),
      target: group[2] && targetOf(reader, [group[2]]),
    }),
  )
  return { kind: 'with', at: node.from, items, body: readBlock(reader, children[bodyAt]) }
}

function readFunction(reader: Reader, node: SyntaxNode, children: readonly SyntaxNode[]): Statement {
  if (children[0]?.name === 'async') return beyond(reader, node, 'async functions')
  const name = nameAt(reader, children[1]!)
  bind(reader, name)
  const parameters = readParameters(reader, children.find((child) => child.name === 'ParamList')!)
  const { collector, looped, inClass } = reader
  const locals = newCollector()
  for (const parameter of parameterNames(parameters)) locals.own.add(parameter)
  reader.collector = locals
  reader.looped = []
  reader.inClass = false
  const body = readBlock(
    reader,
    children.find((child) => child.name === 'Body'),
  )
  reader.collector = collector
  reader.looped = looped
  reader.inClass = inClass
  return { kind: 'def', at: node.from, name, parameters, body, locals }
}

function readClass(reader: Reader, node: SyntaxNode, children: readonly SyntaxNode[]): Statement {
  const name = nameAt(reader, children[1]!)
  bind(reader, name)
  const argList = children.find((child) => child.name === 'ArgList')
  const args = argList ? readArguments(reader, argList) : []
  const [base, more] = args
  if (more || (base && (base.kind !== 'plain' || base.name !== undefined))) {
    beyond(reader, node, 'a class with several bases or a metaclass')
  }
  const { collector, inClass } = reader
  reader.collector = undefined
  reader.inClass = true
  const body = readBlock(
    reader,
    children.find((child) => child.name === 'Body'),
  )
  reader.collector = collector
  reader.inClass = inClass
  return { kind: 'class', at: node.from, name, base: base?.value, body }
}
