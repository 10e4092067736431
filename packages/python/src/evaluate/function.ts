import type { Parameters } from '../parse/ast.ts'
import { dictOf } from '../values/dict.ts'
import { raise, raiseAbout } from '../values/raised.ts'
import {
  type Args,
  type FunctionBody,
  type FunctionValue,
  type LocalNames,
  type Scope,
  tuple,
  type Value,
} from '../values/value.ts'
import { evaluate } from './expression.ts'
import type { Machine } from './machine.ts'
import { innerScope } from './scope.ts'
import { runBody } from './statement.ts'

/** What a `def` or a `lambda` says. */
export interface Definition {
  readonly name: string
  readonly parameters: Parameters
  readonly body: FunctionBody
  readonly locals: LocalNames
}

/** A function that remembers where it was made; its defaults are evaluated now. */
export function makeFunction(machine: Machine, scope: Scope, definition: Definition): FunctionValue {
  const defaults = new Map<string, Value>()
  for (const parameter of [...definition.parameters.plain, ...definition.parameters.named]) {
    if (parameter.default) defaults.set(parameter.name, evaluate(machine, scope, parameter.default))
  }
  return { kind: 'function', ...definition, defaults, scope }
}

/** Calls a function of the program. */
export function callFunction(machine: Machine, callee: FunctionValue, args: Args): Value {
  const scope = innerScope('function', callee.scope, callee.locals)
  bindArguments(machine, callee, args, scope.names)
  return callee.body.kind === 'expression'
    ? evaluate(machine, scope, callee.body.value)
    : runBody(machine, scope, callee.body.statements)
}

const unexpected = 'got an unexpected keyword argument'
const repeated = 'got multiple values for argument'

function bindArguments(machine: Machine, callee: FunctionValue, args: Args, names: Map<string, Value>): void {
  const { parameters, defaults, name } = callee
  const { plain, rest, named, others } = parameters
  const surplus = args.positional.slice(plain.length)
  if (surplus.length > 0 && rest === undefined) {
    const were = args.positional.length === 1 ? 'was' : 'were'
    throw raise(
      'TypeError',
      `${name}() takes ${plain.length} positional arguments but ${args.positional.length} ${were} given`,
    )
  }
  for (const [index, value] of args.positional.slice(0, plain.length).entries()) names.set(plain[index]!.name, value)
  const unknown: [Value, Value][] = []
  for (const [key, value] of args.named) {
    if (!plain.some((parameter) => parameter.name === key) && !named.some((parameter) => parameter.name === key)) {
      if (others === undefined) throw raiseAbout('TypeError', unexpected, `${name}() ${unexpected} '${key}'`)
      unknown.push([key, value])
      continue
    }
    if (names.has(key)) throw raiseAbout('TypeError', repeated, `${name}() ${repeated} '${key}'`)
    names.set(key, value)
  }
  for (const parameter of [...plain, ...named]) {
    if (names.has(parameter.name)) continue
    const value = defaults.get(parameter.name)
    if (value === undefined) throw raise('TypeError', `${name}() missing required argument: '${parameter.name}'`)
    names.set(parameter.name, value)
  }
  if (rest !== undefined) names.set(rest, tuple(surplus))
  if (others !== undefined) names.set(others, dictOf(machine, unknown))
}
