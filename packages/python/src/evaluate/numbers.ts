import type { BinaryOperator } from '../parse/ast.ts'
import type { Runtime } from '../runtime.ts'
import { fractionOf, roundedQuotient } from '../values/float-digits.ts'
import { raise } from '../values/raised.ts'
import type { Value } from '../values/value.ts'

type Real = bigint | number

/** Arithmetic between numbers; undefined where the operator isn't for them. */
export function calculate(
  runtime: Runtime,
  a: Real,
  operator: BinaryOperator,
  b: Real,
  legacy: boolean,
): Value | undefined {
  if (typeof a === 'bigint' && typeof b === 'bigint') {
    runtime.spend(Math.ceil((bitsOf(a) + bitsOf(b)) / 1024))
    return withInts(runtime, a, operator, b, legacy)
  }
  return withFloats(runtime, toFloat(a), operator, toFloat(b))
}

/** An int as a float; one that is too big is refused. */
export function toFloat(value: Real): number {
  const float = Number(value)
  if (typeof value === 'bigint' && !Number.isFinite(float))
    throw raise('OverflowError', 'int too large to convert to float')
  return float
}

function bitsOf(value: bigint): number {
  // Exact enough for a bound, and quick for the small numbers that nearly all are.
  return value < 0x100000000n && value > -0x100000000n ? 32 : value.toString(16).length * 4
}

function withInts(
  runtime: Runtime,
  a: bigint,
  operator: BinaryOperator,
  b: bigint,
  legacy: boolean,
): Value | undefined {
  switch (operator) {
    case '+':
      return bounded(runtime, a + b)
    case '-':
      return bounded(runtime, a - b)
    case '*':
      runtime.fits(bitsOf(a) + bitsOf(b))
      runtime.spend(Math.floor((bitsOf(a) * bitsOf(b)) / 0x100000))
      return a * b
    case '/':
      return legacy ? floorDivide(a, b) : trueDivide(a, b)
    case '//':
      return floorDivide(a, b)
    case '%':
      return floorModulo(a, b)
    case '**':
      return power(runtime, a, b)
    case '<<':
    case '>>':
      if (b < 0n) throw raise('ValueError', 'negative shift count')
      if (operator === '>>') return a >> (b > 0xffffffffn ? 0xffffffffn : b)
      if (a !== 0n) runtime.fits(Number(b) + bitsOf(a))
      return a === 0n ? 0n : a << b
    case '&':
      return a & b
    case '|':
      return a | b
    case '^':
      return a ^ b
    default:
      return undefined
  }
}

function bounded(runtime: Runtime, value: bigint): bigint {
  if (value > 0xffffffffn || value < -0xffffffffn) runtime.fits(bitsOf(value))
  return value
}

function withFloats(runtime: Runtime, a: number, operator: BinaryOperator, b: number): Value | undefined {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      if (b === 0) throw raise('ZeroDivisionError', 'float division by zero')
      return a / b
    case '//':
      return floatDivmod(a, b)[0]
    case '%':
      return floatDivmod(a, b)[1]
    case '**':
      return floatPower(runtime, a, b)
    default:
      return undefined
  }
}

/** `a // b` of ints. */
function floorDivide(a: bigint, b: bigint): bigint {
  if (b === 0n) throw raise('ZeroDivisionError', 'integer division or modulo by zero')
  const quotient = a / b
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}

/** `a % b` of ints: it has the sign of `b`. */
export function floorModulo(a: bigint, b: bigint): bigint {
  if (b === 0n) throw raise('ZeroDivisionError', 'integer division or modulo by zero')
  const rest = a % b
  return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest
}

/** `divmod(a, b)` of floats. */
function floatDivmod(a: number, b: number): [number, number] {
  if (b === 0) throw raise('ZeroDivisionError', 'float floor division by zero')
  let rest = a % b
  let quotient = (a - rest) / b
  if (rest === 0) rest = b < 0 ? -0 : 0
  else if (b < 0 !== rest < 0) {
    rest += b
    quotient -= 1
  }
  if (quotient === 0) return [a / b < 0 || Object.is(a / b, -0) ? -0 : 0, rest]
  const floored = Math.floor(quotient)
  return [quotient - floored > 0.5 ? floored + 1 : floored, rest]
}

/** `a / b` of ints, rounded once. */
function trueDivide(a: bigint, b: bigint): number {
  if (b === 0n) throw raise('ZeroDivisionError', 'division by zero')
  const safe = 0x20000000000000n
  if (a < safe && a > -safe && b < safe && b > -safe) return Number(a) / Number(b)
  const negative = a < 0n !== b < 0n
  const [top, bottom] = [a < 0n ? -a : a, b < 0n ? -b : b]
  const exponent = top.toString(2).length - bottom.toString(2).length
  // Among the smallest numbers all are multiples of 2 ** -1074, which is then where to round.
  if (exponent <= -1022) return signed(negative, Number(roundedQuotient(top << 1074n, bottom)) * 2 ** -1074)
  // 66 bits of quotient, with a last one that says whether there would be more, round as the exact quotient does.
  const shift = 66 - exponent
  const [scaled, by] = shift > 0 ? [top << BigInt(shift), bottom] : [top, bottom << BigInt(-shift)]
  const quotient = Number(((scaled / by) << 1n) | (scaled % by === 0n ? 0n : 1n))
  const result = quotient * 0.5 * 2 ** -Math.floor(shift / 2) * 2 ** -Math.ceil(shift / 2)
  if (!Number.isFinite(result)) throw raise('OverflowError', 'integer division result too large for a float')
  return signed(negative, result)
}

function signed(negative: boolean, value: number): number {
  return negative ? -value : value
}

function power(runtime: Runtime, base: bigint, exponent: bigint): Value {
  if (exponent < 0n) {
    if (base === 0n) throw raise('ZeroDivisionError', '0.0 cannot be raised to a negative power')
    return floatPower(runtime, toFloat(base), toFloat(exponent))
  }
  if (base !== 0n && base !== 1n && base !== -1n) {
    const bits = bitsOf(base) * Number(exponent)
    // Small bases are charged as if they had 32 bits, so the bound is looked at more closely for them.
    runtime.fits(bitsOf(base) === 32 ? Math.log2(Math.abs(Number(base))) * Number(exponent) : bits)
    runtime.spend(Math.floor(bits / 64) + 1)
  }
  return base === 0n || base === 1n || base === -1n ? smallPower(base, exponent) : base ** exponent
}

function smallPower(base: bigint, exponent: bigint): bigint {
  if (exponent === 0n) return 1n
  return base === -1n && exponent % 2n === 0n ? 1n : base
}

function floatPower(runtime: Runtime, base: number, exponent: number): number {
  if (exponent === 0 || base === 1) return 1
  if (base === 0 && exponent < 0) throw raise('ZeroDivisionError', '0.0 cannot be raised to a negative power')
  if (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY) return 1
  if (base < 0 && Number.isFinite(base) && Number.isFinite(exponent) && !Number.isInteger(exponent)) {
    return runtime.unsupported('complex numbers')
  }
  const result = base ** exponent
  if (!Number.isFinite(result) && Number.isFinite(base) && Number.isFinite(exponent)) {
    throw raise('OverflowError', 'Numerical result out of range')
  }
  return result
}

/** `int(value)` of a float. */
export function truncate(value: number): bigint {
  if (Number.isNaN(value)) throw raise('ValueError', 'cannot convert float NaN to integer')
  if (!Number.isFinite(value)) throw raise('OverflowError', 'cannot convert float infinity to integer')
  const { numerator, denominator } = fractionOf(Math.abs(value))
  const whole = numerator / denominator
  return value < 0 ? -whole : whole
}
