import type { SyntaxNode } from '@lezer/common'
import type { Expression, Parameter, Parameters } from './ast.ts'
import { readExpression } from './read-expression.ts'
import { beyond, childrenOf, nameAt, newCollector, type Reader, refuse } from './reader.ts'

/** Reads `lambda parameters: body`. */
export function readLambda(reader: Reader, node: SyntaxNode): Expression {
  const children = childrenOf(node)
  const parameters = readParameters(reader, children[1]!)
  const locals = newCollector()
  for (const name of parameterNames(parameters)) locals.own.add(name)
  const { collector, looped, inIterable } = reader
  reader.collector = locals
  reader.looped = []
  reader.inIterable = false
  const body = readExpression(reader, children[3]!)
  reader.collector = collector
  reader.looped = looped
  reader.inIterable = inIterable
  return { kind: 'lambda', at: node.from, parameters, body, locals }
}

/** Reads a list of parameters, in parentheses or without. Annotations are read over. */
export function readParameters(reader: Reader, node: SyntaxNode): Parameters {
  const plain: Parameter[] = []
  const named: Parameter[] = []
  let rest: string | undefined
  let others: string | undefined
  let isNamed = false
  const nodes = childrenOf(node)
  for (let index = 0; index < nodes.length; index++) {
    const child = nodes[index]!
    const next = nodes[index + 1]
    const gap = next ? reader.text.slice(child.to, next.from) : ''
    if (gap.includes('/')) beyond(reader, child, 'positional-only parameters (/)')
    if (others !== undefined && !/^[,)]$|TypeDef/.test(child.name)) refuse(reader, child, 'parameters after **')
    if (child.name === '*') {
      if (isNamed) refuse(reader, child, '* twice in the parameters')
      isNamed = true
      if (next?.name === 'VariableName') {
        rest = nameAt(reader, next)
        index++
      } else if (nodes[index + 2]?.name !== 'VariableName') refuse(reader, child, 'named arguments must follow bare *')
    } else if (child.name === '**') {
      others = nameAt(reader, next ?? child)
      index++
    } else if (child.name === 'VariableName') {
      const value = defaultAfter(nodes, index)
      if (!isNamed && !value && plain.some((parameter) => parameter.default)) {
        refuse(reader, child, 'non-default argument follows default argument')
      }
      const parameter: Parameter = {
        at: child.from,
        name: nameAt(reader, child),
        ...(value ? { default: readExpression(reader, value) } : {}),
      }
      if (isNamed) named.push(parameter)
      else plain.push(parameter)
      if (value) index = nodes.indexOf(value)
    }
  }
  const parameters: Parameters = {
    plain,
    named,
    ...(rest === undefined ? {} : { rest }),
    ...(others === undefined ? {} : { others }),
  }
  const names = parameterNames(parameters)
  if (new Set(names).size < names.length) refuse(reader, node, 'duplicate argument in function definition')
  return parameters
}

function defaultAfter(nodes: readonly SyntaxNode[], index: number): SyntaxNode | undefined {
  const after = nodes[index + 1]?.name === 'TypeDef' ? index + 2 : index + 1
  return nodes[after]?.name === 'AssignOp' ? nodes[after + 1] : undefined
}

/** The names of all parameters. */
export function parameterNames({ plain, rest, named, others }: Parameters): string[] {
  return [...plain, ...named].map(({ name }) => name).concat(rest ?? [], others ?? [])
}
