import { specialMethod } from '../values/attributes.ts'
import { exceptionOf, isException, raise } from '../values/raised.ts'
import type { Args, ClassValue, InstanceValue, Value } from '../values/value.ts'
import { callValue } from './call.ts'
import type { Machine } from './machine.ts'

/** Calls a class: built-in ones make their values, the program's own make instances. */
export function instantiate(machine: Machine, type: ClassValue, args: Args): Value {
  if (type.construct) return type.construct(machine, args)
  if (!type.base) return machine.unsupported('a plain object()')
  const instance: InstanceValue = isException(type)
    ? exceptionOf(type, args.positional)
    : { kind: 'instance', type, attributes: new Map() }
  const initialise = specialMethod(instance, '__init__')
  if (initialise) {
    if (callValue(machine, initialise, args) !== null) throw raise('TypeError', '__init__() should return None')
  } else if (args.named.size > 0 || (args.positional.length > 0 && !isException(type))) {
    throw raise('TypeError', `${type.name}() takes no arguments`)
  }
  return instance
}
