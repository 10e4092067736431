import { positionals } from '../values/args.ts'
import { isNumber, plain } from '../values/compare.ts'
import { raise } from '../values/raised.ts'
import type { Value } from '../values/value.ts'
import { addMethods } from './table.ts'

/** Puts the methods of int and float on their types. */
export function addNumberMethods(): void {
  const isInt = (value: Value): value is bigint | boolean => typeof value === 'bigint' || typeof value === 'boolean'
  addMethods('int', isInt, {
    bit_length(_, self, args) {
      positionals('bit_length', args, 0)
      const size = BigInt(self) < 0n ? -BigInt(self) : BigInt(self)
      return size === 0n ? 0n : BigInt(size.toString(2).length)
    },
    bit_count(_, self, args) {
      positionals('bit_count', args, 0)
      const size = BigInt(self) < 0n ? -BigInt(self) : BigInt(self)
      return BigInt(size.toString(2).replaceAll('0', '').length)
    },
    conjugate(_, self, args) {
      positionals('conjugate', args, 0)
      return BigInt(self)
    },
    to_bytes: (runtime) => runtime.unsupported('int.to_bytes'),
    as_integer_ratio: (runtime) => runtime.unsupported('int.as_integer_ratio'),
  })
  addMethods('float', (value): value is number => typeof value === 'number', {
    is_integer(_, self, args) {
      positionals('is_integer', args, 0)
      return Number.isInteger(self)
    },
    conjugate(_, self, args) {
      positionals('conjugate', args, 0)
      return self
    },
    hex: (runtime) => runtime.unsupported('float.hex'),
    as_integer_ratio: (runtime) => runtime.unsupported('float.as_integer_ratio'),
  })
}

/** `value.real` and its kin. */
export function numberField(value: Value, name: string): Value | undefined {
  if (!isNumber(value)) return undefined
  switch (name) {
    case 'real':
      return plain(value)
    case 'imag':
      return typeof value === 'number' ? 0 : 0n
    case 'numerator':
    case 'denominator':
      if (typeof value === 'number') throw raise('AttributeError', `'float' object has no attribute '${name}'`)
      return name === 'numerator' ? plain(value) : 1n
    default:
      return undefined
  }
}
