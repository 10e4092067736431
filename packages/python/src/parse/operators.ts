import type { SyntaxNode } from '@lezer/common'
import type { BinaryOperator, CompareOperator, Expression, UnaryOperator } from './ast.ts'
import { childrenOf, nested, type Reader, refuse, textAt } from './reader.ts'

// From the loosest to the tightest.
const ranks: readonly (readonly string[])[] = [
  ['|'],
  ['^'],
  ['&'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '//', '%', '@'],
]

const comparisons: Readonly<Record<string, CompareOperator>> = {
  '==': '==',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  in: 'in',
  is: 'is',
}

/**
 * Reads operators by Python's precedence. The tree's own shape isn't used: its grammar takes `not a and b` for
 * `not (a and b)`, and comparisons in a chain for comparisons of comparisons.
 */
export function readOperators(
  reader: Reader,
  root: SyntaxNode,
  readOperand: (node: SyntaxNode) => Expression,
): Expression {
  const tokens = flatten(root)
  let position = 0

  const peek = () => tokens[position]
  const operator = () => {
    const token = peek()
    return token && isOperator(token) ? textAt(reader, token) : undefined
  }
  const take = () => tokens[position++]!

  function either(): Expression {
    return joined('or', () => joined('and', negation))
  }

  function joined(kind: 'or' | 'and', read: () => Expression): Expression {
    const first = read()
    const operands = [first]
    while (operator() === kind) {
      take()
      operands.push(read())
    }
    return operands.length === 1 ? first : { kind, at: first.at, operands }
  }

  function negation(): Expression {
    if (operator() !== 'not') return comparison()
    const token = take()
    return nested(reader, token, () => ({ kind: 'unary', at: token.from, operator: 'not', operand: negation() }))
  }

  function comparison(): Expression {
    const first = ranked(0)
    const rest: { operator: CompareOperator; operand: Expression; at: number }[] = []
    for (;;) {
      const found = compareOperator()
      if (found === undefined) break
      rest.push({ ...found, operand: ranked(0) })
    }
    return rest.length === 0 ? first : { kind: 'compare', at: first.at, first, rest }
  }

  function compareOperator(): { operator: CompareOperator; at: number } | undefined {
    const text = operator()
    const at = peek()?.from ?? 0
    if (text === 'not') {
      take()
      if (operator() !== 'in') refuse(reader, root, 'invalid syntax')
      take()
      return { operator: 'not in', at }
    }
    const plain = text === undefined ? undefined : comparisons[text]
    if (plain === undefined) return undefined
    if (text === '<>') reader.legacy = true
    take()
    if (plain === 'is' && operator() === 'not') {
      take()
      return { operator: 'is not', at }
    }
    return { operator: plain, at }
  }

  function ranked(rank: number): Expression {
    const operators = ranks[rank]
    if (!operators) return factor()
    const first = ranked(rank + 1)
    const rest: { operator: BinaryOperator; operand: Expression; at: number }[] = []
    for (let text = operator(); text !== undefined && operators.includes(text); text = operator()) {
      const { from } = take()
      rest.push({ operator: text as BinaryOperator, operand: ranked(rank + 1), at: from })
    }
    return rest.length === 0 ? first : { kind: 'binary', at: first.at, first, rest }
  }

  function factor(): Expression {
    const sign = operator()
    if (sign === undefined) return power()
    const token = take()
    if (!'+-~'.includes(sign)) refuse(reader, token, 'invalid syntax')
    return nested(reader, token, () => ({
      kind: 'unary',
      at: token.from,
      operator: sign as UnaryOperator,
      operand: factor(),
    }))
  }

  function power(): Expression {
    const base = readOperand(take())
    if (operator() !== '**') return base
    const token = take()
    const operand = nested(reader, token, factor)
    return { kind: 'binary', at: base.at, first: base, rest: [{ operator: '**', operand, at: token.from }] }
  }

  const expression = either()
  if (position < tokens.length) refuse(reader, peek()!, 'invalid syntax')
  return expression
}

function isOperator({ name }: SyntaxNode): boolean {
  return /^(ArithOp|BitOp|CompareOp|not|and|or|in|is)$/.test(name)
}

// Operands and operators in the order of the text. A loop, for a sum of a thousand terms is a thousand levels deep.
function flatten(root: SyntaxNode): SyntaxNode[] {
  const tokens: SyntaxNode[] = []
  const waiting = [root]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.name === 'BinaryExpression' || node.name === 'UnaryExpression') waiting.push(...childrenOf(node).reverse())
    else tokens.push(node)
  }
  return tokens
}
