import type { Expression } from '../parse/ast.ts'
import { addItem, dictOf, setItem } from '../values/dict.ts'
import { iterate } from '../values/iterate.ts'
import { truthOf } from '../values/truth.ts'
import { iterator, list, type Next, type Scope, type Value } from '../values/value.ts'
import { assign } from './assign.ts'
import { evaluate } from './expression.ts'
import type { Machine } from './machine.ts'
import { innerScope } from './scope.ts'

type Comprehension = Extract<Expression, { kind: 'comprehension' }>

/** A list, set, dict or generator made by loops. */
export function evaluateComprehension(machine: Machine, scope: Scope, node: Comprehension): Value {
  const [outermost] = node.clauses
  // Python evaluates the first iterable outside of the comprehension, and at once.
  const source = evaluate(machine, scope, outermost!.iterable)
  machine.mark(scope, node.at)
  const first = iterate(machine, source)
  const inner = innerScope('comprehension', scope, node.locals)
  const rounds = run(machine, inner, node, first)
  switch (node.form) {
    case 'generator':
      return iterator('generator', () =>
        machine.deeper(() => {
          const round = rounds.next()
          return round.done ? undefined : evaluate(machine, inner, node.element)
        }),
      )
    case 'list': {
      const items: Value[] = []
      for (const _ of rounds) {
        items.push(evaluate(machine, inner, node.element))
        machine.fits(items.length)
      }
      return list(items)
    }
    case 'set': {
      const entries = new Map()
      for (const _ of rounds) addItem(machine, entries, evaluate(machine, inner, node.element))
      return { kind: 'set', entries }
    }
    case 'dict': {
      const dict = dictOf(machine, [])
      for (const _ of rounds) {
        const key = evaluate(machine, inner, node.element)
        setItem(machine, dict, key, evaluate(machine, inner, node.value!))
      }
      return dict
    }
  }
}

// Yields once for each round in which the variables are set and all conditions hold.
function* run(machine: Machine, scope: Scope, node: Comprehension, first: Next, depth = 0): Generator<void> {
  const clause = node.clauses[depth]
  if (!clause) {
    yield
    return
  }
  const next = depth === 0 ? first : iterate(machine, evaluate(machine, scope, clause.iterable))
  for (let item = next(); item !== undefined; item = next()) {
    machine.mark(scope, clause.at)
    assign(machine, scope, clause.target, item)
    if (clause.conditions.every((condition) => truthOf(machine, evaluate(machine, scope, condition)))) {
      yield* run(machine, scope, node, first, depth + 1)
    }
  }
}
