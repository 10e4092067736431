import { formatValue } from '../formatting/format-value.ts'
import type { Expression, FormatPiece, Starred } from '../parse/ast.ts'
import { isKind } from '../values/attributes.ts'
import { typeName } from '../values/classes.ts'
import { dictOf, pairsOf, setItem, setOf } from '../values/dict.ts'
import { itemsOf } from '../values/iterate.ts'
import { raise } from '../values/raised.ts'
import { asciiOf, reprOf, strOf } from '../values/repr.ts'
import { truthOf } from '../values/truth.ts'
import { type DictValue, list, type Scope, tuple, type Value } from '../values/value.ts'
import { attributeOf } from './attribute.ts'
import { evaluateCall } from './call.ts'
import { evaluateComprehension } from './comprehension.ts'
import { makeFunction } from './function.ts'
import type { Machine } from './machine.ts'
import { applyBinary, applyCompare, applyUnary } from './operate.ts'
import { assignWalrus, lookUp } from './scope.ts'
import { subscript } from './subscript.ts'

/** What an expression comes to. */
export function evaluate(machine: Machine, scope: Scope, node: Expression): Value {
  machine.spend(1)
  switch (node.kind) {
    case 'constant':
      return node.value
    case 'name':
      machine.mark(scope, node.at)
      return lookUp(scope, node.name, machine.builtins)
    case 'tuple':
      return tuple(evaluateItems(machine, scope, node.items))
    case 'list':
      return list(evaluateItems(machine, scope, node.items))
    case 'set': {
      const items = evaluateItems(machine, scope, node.items)
      machine.mark(scope, node.at)
      return setOf(machine, 'set', items)
    }
    case 'dict':
      return evaluateDict(machine, scope, node)
    case 'comprehension':
      return evaluateComprehension(machine, scope, node)
    case 'unary': {
      const operand = evaluate(machine, scope, node.operand)
      machine.mark(scope, node.at)
      return applyUnary(machine, node.operator, operand)
    }
    case 'binary': {
      let value = evaluate(machine, scope, node.first)
      for (const { operator, operand, at } of node.rest) {
        const right = evaluate(machine, scope, operand)
        machine.mark(scope, at)
        value = applyBinary(machine, value, operator, right, scope.legacy)
      }
      return value
    }
    case 'and':
    case 'or': {
      let value: Value = null
      for (const operand of node.operands) {
        value = evaluate(machine, scope, operand)
        if (truthOf(machine, value) === (node.kind === 'or')) return value
      }
      return value
    }
    case 'compare':
      return evaluateComparison(machine, scope, node)
    case 'conditional': {
      const condition = truthOf(machine, evaluate(machine, scope, node.condition))
      return evaluate(machine, scope, condition ? node.result : node.otherwise)
    }
    case 'lambda': {
      const body = { kind: 'expression', value: node.body } as const
      return makeFunction(machine, scope, { name: '<lambda>', parameters: node.parameters, body, locals: node.locals })
    }
    case 'call':
      return evaluateCall(machine, scope, node)
    case 'attribute': {
      const object = evaluate(machine, scope, node.object)
      machine.mark(scope, node.at)
      return attributeOf(machine, object, node.name)
    }
    case 'subscript': {
      const object = evaluate(machine, scope, node.object)
      const index = evaluate(machine, scope, node.index)
      machine.mark(scope, node.at)
      return subscript(machine, object, index)
    }
    case 'slice': {
      const [start, stop, step] = [node.start, node.stop, node.step].map((bound) =>
        bound ? evaluate(machine, scope, bound) : null,
      )
      return { kind: 'slice', start: start ?? null, stop: stop ?? null, step: step ?? null }
    }
    case 'walrus': {
      const value = evaluate(machine, scope, node.value)
      assignWalrus(scope, node.name, value)
      return value
    }
    case 'format':
      return evaluatePieces(machine, scope, node.pieces, node.at)
  }
}

function evaluateItems(machine: Machine, scope: Scope, nodes: readonly (Expression | Starred)[]): Value[] {
  const items: Value[] = []
  for (const node of nodes) {
    if (node.kind === 'starred') {
      const value = evaluate(machine, scope, node.value)
      machine.mark(scope, node.at)
      for (const item of itemsOf(machine, value)) items.push(item)
      machine.fits(items.length)
    } else items.push(evaluate(machine, scope, node))
  }
  return items
}

function evaluateDict(machine: Machine, scope: Scope, node: Extract<Expression, { kind: 'dict' }>): DictValue {
  const dict = dictOf(machine, [])
  for (const { key, value } of node.entries) {
    if (key) {
      const filed = evaluate(machine, scope, key)
      const item = evaluate(machine, scope, value)
      machine.mark(scope, key.at)
      setItem(machine, dict, filed, item)
    } else {
      const more = evaluate(machine, scope, value)
      machine.mark(scope, value.at)
      if (!isKind(more, 'dict')) throw raise('TypeError', `'${typeName(more)}' object is not a mapping`)
      for (const [name, item] of pairsOf(machine, more)) setItem(machine, dict, name, item)
    }
  }
  return dict
}

function evaluateComparison(
  machine: Machine,
  scope: Scope,
  { first, rest }: Extract<Expression, { kind: 'compare' }>,
): Value {
  let left = evaluate(machine, scope, first)
  for (const { operator, operand, at } of rest) {
    const right = evaluate(machine, scope, operand)
    machine.mark(scope, at)
    if (!applyCompare(machine, left, operator, right)) return false
    left = right
  }
  return true
}

function evaluatePieces(machine: Machine, scope: Scope, pieces: readonly FormatPiece[], at: number): string {
  let text = ''
  for (const piece of pieces) {
    if (piece.kind === 'text') {
      text += piece.text
      continue
    }
    const value = evaluate(machine, scope, piece.value)
    const spec = evaluatePieces(machine, scope, piece.spec, at)
    machine.mark(scope, piece.value.at)
    text += formatValue(machine, convert(machine, value, piece.conversion), spec)
    machine.room(text.length)
  }
  return text
}

function convert(machine: Machine, value: Value, conversion: 'r' | 's' | 'a' | undefined): Value {
  switch (conversion) {
    case 'r':
      return reprOf(machine, value)
    case 's':
      return strOf(machine, value)
    case 'a':
      return asciiOf(machine, value)
    default:
      return value
  }
}
