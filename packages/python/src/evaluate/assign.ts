import type { Target } from '../parse/ast.ts'
import { itemsOf } from '../values/iterate.ts'
import { raise } from '../values/raised.ts'
import { list, type Scope, type Value } from '../values/value.ts'
import { setAttribute } from './attribute.ts'
import { evaluate } from './expression.ts'
import type { Machine } from './machine.ts'
import { assignName } from './scope.ts'
import { assignSubscript } from './subscript.ts'

/** `target = value` */
export function assign(machine: Machine, scope: Scope, target: Target, value: Value): void {
  switch (target.kind) {
    case 'name':
      assignName(scope, target.name, value)
      return
    case 'attribute': {
      const object = evaluate(machine, scope, target.object)
      machine.mark(scope, target.at)
      setAttribute(machine, object, target.name, value)
      return
    }
    case 'subscript': {
      const object = evaluate(machine, scope, target.object)
      const index = evaluate(machine, scope, target.index)
      machine.mark(scope, target.at)
      assignSubscript(machine, object, index, value)
      return
    }
    case 'unpack':
      unpack(machine, scope, target, value)
  }
}

function unpack(machine: Machine, scope: Scope, target: Extract<Target, { kind: 'unpack' }>, value: Value): void {
  machine.mark(scope, target.at)
  const items = itemsOf(machine, value)
  const { targets, star } = target
  const wanted = targets.length
  if (star === undefined) {
    if (items.length > wanted) throw raise('ValueError', `too many values to unpack (expected ${wanted})`)
    if (items.length < wanted) {
      throw raise('ValueError', `not enough values to unpack (expected ${wanted}, got ${items.length})`)
    }
  } else if (items.length < wanted - 1) {
    throw raise('ValueError', `not enough values to unpack (expected at least ${wanted - 1}, got ${items.length})`)
  }
  const spare = items.length - wanted + 1
  for (const [index, inner] of targets.entries()) {
    if (index === star) assign(machine, scope, inner, list(items.slice(index, index + spare)))
    else assign(machine, scope, inner, items[star !== undefined && index > star ? index + spare - 1 : index]!)
  }
}
