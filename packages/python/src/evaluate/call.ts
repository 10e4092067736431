import type { Argument, Expression } from '../parse/ast.ts'
import { isKind, isObject, specialMethod } from '../values/attributes.ts'
import { typeName } from '../values/classes.ts'
import { pairsOf } from '../values/dict.ts'
import { itemsOf } from '../values/iterate.ts'
import { raise } from '../values/raised.ts'
import type { Args, Scope, Value } from '../values/value.ts'
import { evaluate } from './expression.ts'
import { callFunction } from './function.ts'
import { instantiate } from './instance.ts'
import type { Machine } from './machine.ts'

const noNames: ReadonlyMap<string, Value> = new Map()

/** `callee(arguments)` */
export function evaluateCall(machine: Machine, scope: Scope, node: Extract<Expression, { kind: 'call' }>): Value {
  const callee = evaluate(machine, scope, node.callee)
  const args = evaluateArguments(machine, scope, node.args)
  machine.mark(scope, node.at)
  return callValue(machine, callee, args)
}

function evaluateArguments(machine: Machine, scope: Scope, nodes: readonly Argument[]): Args {
  const positional: Value[] = []
  let named: Map<string, Value> | undefined
  for (const node of nodes) {
    const value = evaluate(machine, scope, node.value)
    if (node.kind === 'plain' && node.name === undefined) positional.push(value)
    else if (node.kind === 'star') {
      machine.mark(scope, node.at)
      for (const item of itemsOf(machine, value)) positional.push(item)
      machine.fits(positional.length)
    } else {
      named ??= new Map()
      const pairs: [Value, Value][] = node.name === undefined ? mappingPairs(machine, value) : [[node.name, value]]
      for (const [key, item] of pairs) {
        if (typeof key !== 'string') throw raise('TypeError', 'keywords must be strings')
        if (named.has(key)) throw raise('TypeError', 'got multiple values for a keyword argument')
        named.set(key, item)
      }
    }
  }
  return { positional, named: named ?? noNames }
}

function mappingPairs(machine: Machine, value: Value): [Value, Value][] {
  if (!isKind(value, 'dict')) throw raise('TypeError', `argument after ** must be a mapping, not ${typeName(value)}`)
  return pairsOf(machine, value)
}

/** Calls whatever can be called. */
export function callValue(machine: Machine, callee: Value, args: Args): Value {
  if (isObject(callee)) {
    switch (callee.kind) {
      case 'builtin':
        return machine.deeper(() => callee.call(machine, args))
      case 'function':
        return machine.deeper(() => callFunction(machine, callee, args))
      case 'method':
        return callValue(machine, callee.target, { positional: [callee.self, ...args.positional], named: args.named })
      case 'class':
        return machine.deeper(() => instantiate(machine, callee, args))
      case 'instance': {
        const method = specialMethod(callee, '__call__')
        if (method) return callValue(machine, method, args)
      }
    }
  }
  throw raise('TypeError', `'${typeName(callee)}' object is not callable`)
}
