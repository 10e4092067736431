import { limitReached, unsupported } from './errors.ts'
import { callValue } from './evaluate/call.ts'
import type { Machine } from './evaluate/machine.ts'
import type { Limits } from './limits.ts'
import { type Place, Raised } from './values/raised.ts'
import type { Args, Scope, Value } from './values/value.ts'
import type { World } from './world.ts'

/** A machine with the means to run one evaluation after another. */
export interface EvaluatingMachine extends Machine {
  /** Whether a text that could be a secret has come in from the world. */
  readonly holdsSecret: boolean
  /** Begins an evaluation with all its means. */
  begin(): void
  /** What was being evaluated last. */
  readonly place: Place | undefined
}

const noNames: Args['named'] = new Map()

/** A machine over a world, within limits. */
export function createMachine(
  world: World,
  limits: Limits,
  names: { readonly builtins: ReadonlyMap<string, Value>; readonly modules: ReadonlyMap<string, Value> },
): EvaluatingMachine {
  let steps = limits.steps
  let depth = 0
  let holdsSecret = false
  let scope: Scope | undefined
  let at = 0

  const place = (): Place | undefined => scope && { source: scope.source, at }

  const machine: EvaluatingMachine = {
    world,
    ...names,
    handled: [],
    trying: 0,
    get holdsSecret() {
      return holdsSecret
    },
    get place() {
      return place()
    },
    begin() {
      steps = limits.steps
      depth = 0
      scope = undefined
      machine.handled.length = 0
      machine.trying = 0
    },
    mark(inScope, offset) {
      scope = inScope
      at = offset
    },
    settle(error) {
      error.place ??= place()
    },
    call(callee, positional, named = noNames) {
      return callValue(machine, callee, { positional, named })
    },
    spend(cost) {
      steps -= cost
      if (steps < 0) throw limitReached('takes too many steps', place())
    },
    fits(size) {
      if (!(size <= limits.size)) throw limitReached('makes a value that is too big', place())
    },
    room(size) {
      machine.fits(size)
      machine.spend(size >> 3)
    },
    deeper(work) {
      if (depth >= limits.depth) throw limitReached('calls itself too deeply', place())
      depth++
      const outer = scope
      const outerAt = at
      try {
        const result = work()
        scope = outer
        at = outerAt
        return result
      } catch (error) {
        if (error instanceof Raised) machine.settle(error)
        throw error
      } finally {
        depth--
      }
    },
    mayHoldSecret() {
      holdsSecret = true
    },
    unsupported(what, hint) {
      throw unsupported(what, place(), hint)
    },
  }
  return machine
}
