import { computedAttribute } from '../evaluate/attribute.ts'
import { floorModulo } from '../evaluate/numbers.ts'
import { applyBinary, applyUnary } from '../evaluate/operate.ts'
import { drawnList, isLegacyList } from '../evaluate/subscript.ts'
import { formatValue } from '../formatting/format-value.ts'
import type { Runtime } from '../runtime.ts'
import { asInt, asText, positionals } from '../values/args.ts'
import { isKind, isObject, specialMethod } from '../values/attributes.ts'
import { characterOf } from '../values/character.ts'
import { isInstance, typeName } from '../values/classes.ts'
import { lengthOf } from '../values/code-points.ts'
import { equals, isNumber, isOrdered, plain } from '../values/compare.ts'
import { identityOf } from '../values/key.ts'
import { derives, exceptionClass, Raised, raise } from '../values/raised.ts'
import { asciiOf, reprOf } from '../values/repr.ts'
import { type ClassValue, type Native, tuple, type Value } from '../values/value.ts'
import { roundValue } from './round.ts'

/** The built-in functions that take and answer single values. */
export const valueFunctions: Readonly<Record<string, Native>> = {
  abs(runtime, args) {
    const [value] = positionals('abs', args, 1)
    if (!isNumber(value!)) throw raise('TypeError', `bad operand type for abs(): '${typeName(value!)}'`)
    const number = plain(value)
    return number < 0 || Object.is(number, -0) ? applyUnary(runtime, '-', number) : number
  },
  ascii: (runtime, args) => asciiOf(runtime, positionals('ascii', args, 1)[0]!),
  bin: (_, args) => inRadix(positionals('bin', args, 1)[0], 2, '0b'),
  callable: (_, args) => isCallable(positionals('callable', args, 1)[0]!),
  chr: (runtime, args) => characterOf(runtime, asInt(positionals('chr', args, 1)[0])),
  unichr: (runtime, args) => characterOf(runtime, asInt(positionals('unichr', args, 1)[0])),
  cmp(runtime, args) {
    const [a, b] = positionals('cmp', args, 2)
    if (equals(runtime, a!, b!)) return 0n
    return isOrdered(runtime, a!, '<', b!) ? -1n : 1n
  },
  divmod(runtime, args) {
    const [a, b] = positionals('divmod', args, 2)
    if (!isNumber(a!) || !isNumber(b!)) {
      throw raise('TypeError', `unsupported operand type(s) for divmod(): '${typeName(a!)}' and '${typeName(b!)}'`)
    }
    return tuple([applyBinary(runtime, a, '//', b), applyBinary(runtime, a, '%', b)])
  },
  format(runtime, args) {
    const [value, spec = ''] = positionals('format', args, 1, 2)
    return formatValue(runtime, value!, asText(spec, 'format() argument 2'))
  },
  getattr(runtime, args) {
    const [object, name, otherwise] = positionals('getattr', args, 2, 3)
    const found = attributeIfAny(runtime, object!, asText(name, 'attribute name'))
    if (found instanceof Raised && otherwise === undefined) throw found
    return found instanceof Raised ? otherwise! : found
  },
  hasattr(runtime, args) {
    const [object, name] = positionals('hasattr', args, 2)
    return !(attributeIfAny(runtime, object!, asText(name, 'attribute name')) instanceof Raised)
  },
  hex: (_, args) => inRadix(positionals('hex', args, 1)[0], 16, '0x'),
  oct: (_, args) => inRadix(positionals('oct', args, 1)[0], 8, '0o'),
  id(_, args) {
    const [value] = positionals('id', args, 1)
    return isObject(value!) ? BigInt(identityOf(value)) : raiseNoIdentity()
  },
  isinstance(runtime, args) {
    const [value, types] = positionals('isinstance', args, 2)
    return classesIn(runtime, types!).some((type) => isInstance(value!, type))
  },
  issubclass(runtime, args) {
    const [type, types] = positionals('issubclass', args, 2)
    if (!isKind(type, 'class')) throw raise('TypeError', 'issubclass() arg 1 must be a class')
    return classesIn(runtime, types!).some((other) => derives(type, other))
  },
  len: (runtime, args) => lengthOfValue(runtime, positionals('len', args, 1)[0]!),
  ord(_, args) {
    const [value] = positionals('ord', args, 1)
    if (value instanceof Uint8Array && value.length === 1) return BigInt(value[0]!)
    if (typeof value === 'string' && lengthOf(value) === 1) return BigInt(value.codePointAt(0) ?? 0)
    throw raise('TypeError', `ord() expected a character, but a ${typeName(value!)} was given`)
  },
  pow(runtime, args) {
    const [base, exponent, modulus] = positionals('pow', args, 2, 3)
    if (modulus === undefined || modulus === null) return applyBinary(runtime, base!, '**', exponent!)
    return modularPower(runtime, asInt(base), asInt(exponent), asInt(modulus))
  },
  repr: (runtime, args) => reprOf(runtime, positionals('repr', args, 1)[0]!),
  round: roundValue,
}

function raiseNoIdentity(): never {
  throw raise('TypeError', 'id() of this value has no meaning here')
}

function inRadix(value: Value | undefined, radix: number, prefix: string): string {
  const number = asInt(value)
  return number < 0n ? `-${prefix}${(-number).toString(radix)}` : prefix + number.toString(radix)
}

/** Whether a value can be called. */
export function isCallable(value: Value): boolean {
  if (isKind(value, 'instance')) return specialMethod(value, '__call__') !== undefined
  return ['function', 'builtin', 'method', 'class'].some((kind) => isKind(value, kind as 'function'))
}

function attributeIfAny(runtime: Runtime, object: Value, name: string): Value | Raised {
  try {
    return computedAttribute(runtime, object, name)
  } catch (error) {
    if (error instanceof Raised && derives(error.exception.type, exceptionClass('AttributeError'))) return error
    throw error
  }
}

function classesIn(runtime: Runtime, types: Value): ClassValue[] {
  runtime.spend(1)
  if (isKind(types, 'tuple')) return runtime.deeper(() => types.items.flatMap((type) => classesIn(runtime, type)))
  if (isKind(types, 'class')) return [types]
  throw raise('TypeError', 'arg 2 must be a type, or a tuple of types')
}

/** `len(value)` */
export function lengthOfValue(runtime: Runtime, value: Value): bigint {
  if (typeof value === 'string') return BigInt(lengthOf(value))
  if (value instanceof Uint8Array) return BigInt(value.length)
  if (isObject(value)) {
    switch (value.kind) {
      case 'list':
      case 'tuple':
        return BigInt(value.items.length)
      case 'dict':
      case 'set':
      case 'frozenset':
        return BigInt(value.entries.size)
      case 'view':
        return BigInt(value.dict.entries.size)
      case 'range':
        if (value.length > 0x7fffffffffffffffn)
          throw raise('OverflowError', 'Python int too large to convert to C ssize_t')
        return value.length
      case 'iterator':
        if (isLegacyList(value)) return BigInt(drawnList(runtime, value).items.length)
        break
      case 'instance': {
        const method = specialMethod(value, '__len__')
        if (method) {
          const length = asInt(runtime.call(method, []))
          if (length < 0n) throw raise('ValueError', '__len__() should return >= 0')
          return length
        }
      }
    }
  }
  throw raise('TypeError', `object of type '${typeName(value)}' has no len()`)
}

function modularPower(runtime: Runtime, base: bigint, exponent: bigint, modulus: bigint): bigint {
  if (modulus === 0n) throw raise('ValueError', 'pow() 3rd argument cannot be 0')
  if (exponent < 0n) return runtime.unsupported('pow() with a negative exponent and a modulus')
  let result = 1n
  let square = floorModulo(base, modulus)
  for (let left = exponent; left > 0n; left >>= 1n) {
    runtime.spend(8 + (modulus.toString(16).length >> 4))
    if (left & 1n) result = floorModulo(result * square, modulus)
    square = floorModulo(square * square, modulus)
  }
  return floorModulo(result, modulus)
}
