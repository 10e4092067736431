import { extendList } from '../methods/list.ts'
import type { Statement } from '../parse/ast.ts'
import { isKind } from '../values/attributes.ts'
import { iterate } from '../values/iterate.ts'
import { raise, raiseAbout } from '../values/raised.ts'
import { truthOf } from '../values/truth.ts'
import type { Scope, Value } from '../values/value.ts'
import { assign } from './assign.ts'
import { deleteAttribute } from './attribute.ts'
import { defineClass } from './class.ts'
import { evaluate } from './expression.ts'
import { makeFunction } from './function.ts'
import { importModules, importNames } from './import.ts'
import type { Machine } from './machine.ts'
import { applyBinary, applyInPlace } from './operate.ts'
import { raiseStatement } from './raise.ts'
import { assignName, deleteName } from './scope.ts'
import { deleteSubscript } from './subscript.ts'
import { runTry, runWith } from './try.ts'

/** How a statement ended: it went through, left a loop or a round of it, or left the function with a value. */
export type Outcome = 'done' | 'break' | 'continue' | { readonly returned: Value }

/** Runs the body of a function and answers what it returns. */
export function runBody(machine: Machine, scope: Scope, statements: readonly Statement[]): Value {
  const outcome = runAll(machine, scope, statements)
  return typeof outcome === 'object' ? outcome.returned : null
}

/** Runs statements until one of them leaves. */
export function runAll(machine: Machine, scope: Scope, statements: readonly Statement[]): Outcome {
  for (const statement of statements) {
    const outcome = run(machine, scope, statement)
    if (outcome !== 'done') return outcome
  }
  return 'done'
}

function run(machine: Machine, scope: Scope, node: Statement): Outcome {
  machine.spend(1)
  machine.mark(scope, node.at)
  switch (node.kind) {
    case 'pass':
    case 'scope':
      return 'done'
    case 'break':
    case 'continue':
      return node.kind
    case 'expression':
      evaluate(machine, scope, node.value)
      return 'done'
    case 'return':
      return { returned: node.value ? evaluate(machine, scope, node.value) : null }
    case 'assign': {
      const value = evaluate(machine, scope, node.value)
      for (const target of node.targets) assign(machine, scope, target, value)
      return 'done'
    }
    case 'update':
      update(machine, scope, node)
      return 'done'
    case 'delete':
      for (const target of node.targets) remove(machine, scope, target)
      return 'done'
    case 'raise':
      throw raiseStatement(machine, scope, node)
    case 'import':
      importModules(machine, scope, node.modules)
      return 'done'
    case 'from':
      importNames(machine, scope, node.module, node.names)
      return 'done'
    case 'assert': {
      if (truthOf(machine, evaluate(machine, scope, node.condition))) return 'done'
      const message = node.message ? [evaluate(machine, scope, node.message)] : []
      machine.mark(scope, node.at)
      throw raiseAbout('AssertionError', '', ...message)
    }
    case 'if': {
      for (const { condition, body } of node.branches) {
        if (truthOf(machine, evaluate(machine, scope, condition))) return runAll(machine, scope, body)
      }
      return runAll(machine, scope, node.otherwise)
    }
    case 'while':
      while (truthOf(machine, evaluate(machine, scope, node.condition))) {
        const outcome = runAll(machine, scope, node.body)
        if (outcome === 'break') return 'done'
        if (typeof outcome === 'object') return outcome
      }
      return runAll(machine, scope, node.otherwise)
    case 'for': {
      const next = iterate(machine, evaluate(machine, scope, node.iterable))
      for (let item = next(); item !== undefined; item = next()) {
        assign(machine, scope, node.target, item)
        const outcome = runAll(machine, scope, node.body)
        if (outcome === 'break') return 'done'
        if (typeof outcome === 'object') return outcome
      }
      return runAll(machine, scope, node.otherwise)
    }
    case 'try':
      return runTry(machine, scope, node)
    case 'with':
      return runWith(machine, scope, node)
    case 'def': {
      const { name, parameters, locals } = node
      const body = { kind: 'statements', statements: node.body } as const
      assignName(scope, name, makeFunction(machine, scope, { name, parameters, body, locals }))
      return 'done'
    }
    case 'class':
      assignName(scope, node.name, defineClass(machine, scope, node))
      return 'done'
  }
}

function update(machine: Machine, scope: Scope, node: Statement & { kind: 'update' }): void {
  const { target, operator } = node
  if (target.kind === 'unpack') throw raise('SyntaxError', 'illegal expression for augmented assignment')
  // The object and index of the target are evaluated once, and stand in for themselves after that.
  const constant = (value: Value) => ({ kind: 'constant', at: target.at, value }) as const
  const fixed =
    target.kind === 'name'
      ? target
      : target.kind === 'attribute'
        ? { ...target, object: constant(evaluate(machine, scope, target.object)) }
        : {
            ...target,
            object: constant(evaluate(machine, scope, target.object)),
            index: constant(evaluate(machine, scope, target.index)),
          }
  const old = evaluate(machine, scope, fixed)
  const value = evaluate(machine, scope, node.value)
  machine.mark(scope, node.at)
  if (isKind(old, 'list') && operator === '+') {
    extendList(machine, old, value)
    assign(machine, scope, fixed, old)
    return
  }
  const result = applyInPlace(machine, old, operator, value) ?? applyBinary(machine, old, operator, value, scope.legacy)
  assign(machine, scope, fixed, result)
}

function remove(machine: Machine, scope: Scope, target: (Statement & { kind: 'delete' })['targets'][number]): void {
  switch (target.kind) {
    case 'name':
      deleteName(scope, target.name)
      return
    case 'attribute':
      deleteAttribute(evaluate(machine, scope, target.object), target.name)
      return
    case 'subscript': {
      const object = evaluate(machine, scope, target.object)
      deleteSubscript(machine, object, evaluate(machine, scope, target.index))
      return
    }
    case 'unpack':
      for (const inner of target.targets) remove(machine, scope, inner)
  }
}
