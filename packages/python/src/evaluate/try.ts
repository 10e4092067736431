import type { Handler, Statement } from '../parse/ast.ts'
import { isKind, specialMethod } from '../values/attributes.ts'
import { typeName } from '../values/classes.ts'
import { derives, Raised, raise } from '../values/raised.ts'
import { truthOf } from '../values/truth.ts'
import type { ClassValue, Scope, Value } from '../values/value.ts'
import { assign } from './assign.ts'
import { evaluate } from './expression.ts'
import type { Machine } from './machine.ts'
import { assignName } from './scope.ts'
import { type Outcome, runAll } from './statement.ts'

/** `try … except … else … finally` */
export function runTry(machine: Machine, scope: Scope, node: Statement & { kind: 'try' }): Outcome {
  let outcome: Outcome
  try {
    outcome = runHandled(machine, scope, node)
  } catch (error) {
    // What stops the whole evaluation is no exception of the program, and runs no `finally`.
    if (!(error instanceof Raised)) throw error
    machine.settle(error)
    const last = runAll(machine, scope, node.finally)
    if (last !== 'done') return last
    throw error
  }
  const last = runAll(machine, scope, node.finally)
  return last === 'done' ? outcome : last
}

function runHandled(machine: Machine, scope: Scope, node: Statement & { kind: 'try' }): Outcome {
  let outcome: Outcome
  machine.trying += node.handlers.length
  try {
    outcome = runAll(machine, scope, node.body)
    machine.trying -= node.handlers.length
  } catch (error) {
    machine.trying -= node.handlers.length
    if (!(error instanceof Raised)) throw error
    machine.settle(error)
    for (const handler of node.handlers) {
      if (catches(machine, scope, handler, error)) return handle(machine, scope, handler, error)
    }
    throw error
  }
  return outcome === 'done' ? runAll(machine, scope, node.otherwise) : outcome
}

function catches(machine: Machine, scope: Scope, handler: Handler, error: Raised): boolean {
  if (!handler.type) return true
  const type = evaluate(machine, scope, handler.type)
  machine.mark(scope, handler.at)
  return (isKind(type, 'tuple') ? type.items : [type]).some((one) => {
    if (!isKind(one, 'class')) throw raise('TypeError', `catching a ${typeName(one)}, which is no exception class`)
    return derives(error.exception.type, one)
  })
}

function handle(machine: Machine, scope: Scope, handler: Handler, error: Raised): Outcome {
  if (handler.name !== undefined) assignName(scope, handler.name, error.exception)
  machine.handled.push(error)
  try {
    return runAll(machine, scope, handler.body)
  } finally {
    machine.handled.pop()
    if (handler.name !== undefined) scope.names.delete(handler.name)
  }
}

/** `with value as target, …` */
export function runWith(machine: Machine, scope: Scope, node: Statement & { kind: 'with' }, index = 0): Outcome {
  const item = node.items[index]
  if (!item) return runAll(machine, scope, node.body)
  const manager = evaluate(machine, scope, item.value)
  machine.mark(scope, node.at)
  const enter = managing(manager, '__enter__')
  const exit = managing(manager, '__exit__')
  const entered = machine.call(enter, [])
  if (item.target) assign(machine, scope, item.target, entered)
  let outcome: Outcome
  try {
    outcome = runWith(machine, scope, node, index + 1)
  } catch (error) {
    if (!(error instanceof Raised)) throw error
    machine.settle(error)
    const { exception } = error
    if (truthOf(machine, machine.call(exit, [exception.type satisfies ClassValue, exception, null]))) return 'done'
    throw error
  }
  machine.call(exit, [null, null, null])
  return outcome
}

function managing(manager: Value, name: '__enter__' | '__exit__'): Value {
  const own = isKind(manager, 'instance') ? manager.attributes.get(name) : undefined
  const method = own ?? specialMethod(manager, name)
  if (!method) throw raise('TypeError', `'${typeName(manager)}' object does not support the context manager protocol`)
  return method
}
