import type { Statement } from '../parse/ast.ts'
import { isKind } from '../values/attributes.ts'
import { isException, Raised, raise } from '../values/raised.ts'
import type { Scope, Value } from '../values/value.ts'
import { evaluate } from './expression.ts'
import { instantiate } from './instance.ts'
import type { Machine } from './machine.ts'

/** The exception of a `raise`, or of one without an exception: the one being handled. */
export function raiseStatement(machine: Machine, scope: Scope, node: Statement & { kind: 'raise' }): Error {
  if (!node.exception) {
    return machine.handled.at(-1) ?? raise('RuntimeError', 'No active exception to reraise')
  }
  const value = evaluate(machine, scope, node.exception)
  const message = node.message ? [evaluate(machine, scope, node.message)] : []
  machine.mark(scope, node.at)
  return raisedFrom(machine, value, message)
}

function raisedFrom(machine: Machine, value: Value, args: readonly Value[]): Error {
  const exception = isKind(value, 'class') ? instantiate(machine, value, { positional: args, named: new Map() }) : value
  if (!isKind(exception, 'instance') || !isException(exception.type)) {
    return raise('TypeError', 'exceptions must derive from BaseException')
  }
  return new Raised(exception, '')
}
