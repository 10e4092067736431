import { specialMethod } from '../values/attributes.ts'
import { type ExceptionName, exceptionClass, exceptionOf, isException, raise } from '../values/raised.ts'
import type { Args, ClassValue, InstanceValue, Value } from '../values/value.ts'
import { callValue } from './call.ts'
import type { Machine } from './machine.ts'

const osErrors: ReadonlyMap<Value, ExceptionName> = new Map<Value, ExceptionName>([
  [1n, 'PermissionError'],
  [2n, 'FileNotFoundError'],
  [10n, 'ChildProcessError'],
  [13n, 'PermissionError'],
  [17n, 'FileExistsError'],
  [110n, 'TimeoutError'],
])

// An OSError with a number becomes the one that the number means.
function preciseType(type: ClassValue, args: readonly Value[]): ClassValue {
  const name = type === exceptionClass('OSError') && args.length > 1 ? osErrors.get(args[0]!) : undefined
  return name === undefined ? type : exceptionClass(name)
}

/** Calls a class: built-in ones make their values, the program's own make instances. */
export function instantiate(machine: Machine, type: ClassValue, args: Args): Value {
  if (type.construct) return type.construct(machine, args)
  if (!type.base) return machine.unsupported('a plain object()')
  const instance: InstanceValue = isException(type)
    ? exceptionOf(preciseType(type, args.positional), args.positional)
    : { kind: 'instance', type, attributes: new Map() }
  const initialise = specialMethod(instance, '__init__')
  if (initialise) {
    if (callValue(machine, initialise, args) !== null) throw raise('TypeError', '__init__() should return None')
  } else if (args.named.size > 0 || (args.positional.length > 0 && !isException(type))) {
    throw raise('TypeError', `${type.name}() takes no arguments`)
  }
  return instance
}
