import type { Statement } from '../parse/ast.ts'
import { isKind } from '../values/attributes.ts'
import { classOf, typeName } from '../values/classes.ts'
import { isException, raise } from '../values/raised.ts'
import type { ClassValue, Scope } from '../values/value.ts'
import { evaluate } from './expression.ts'
import type { Machine } from './machine.ts'
import { innerScope } from './scope.ts'
import { runAll } from './statement.ts'

const understood = new Set([
  '__init__',
  '__call__',
  '__str__',
  '__repr__',
  '__len__',
  '__bool__',
  '__getitem__',
  '__contains__',
  '__enter__',
  '__exit__',
  '__doc__',
])

/** Runs the body of a `class` and makes the class of what it leaves. */
export function defineClass(machine: Machine, scope: Scope, node: Statement & { kind: 'class' }): ClassValue {
  const base = node.base ? baseClass(machine, scope, node.base) : classOf('object')
  const body = innerScope('class', scope)
  runAll(machine, body, node.body)
  machine.mark(scope, node.at)
  for (const name of body.names.keys()) {
    if (/^__.*__$/.test(name) && !understood.has(name)) machine.unsupported(`a class that defines ${name}`)
  }
  return { kind: 'class', name: node.name, base, attributes: body.names.set('__module__', '__main__') }
}

function baseClass(
  machine: Machine,
  scope: Scope,
  node: NonNullable<(Statement & { kind: 'class' })['base']>,
): ClassValue {
  const base = evaluate(machine, scope, node)
  machine.mark(scope, node.at)
  if (!isKind(base, 'class')) throw raise('TypeError', `a class cannot derive from a ${typeName(base)}`)
  const isPlain = base === classOf('object') || isException(base) || base.attributes.has('__module__')
  return isPlain ? base : machine.unsupported(`a class that derives from ${base.name}`)
}
