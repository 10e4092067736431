/** The decimal digits of a positive number: 0.d1d2d3… times ten to the `point`. */
export interface Digits {
  readonly digits: string
  readonly point: number
}

/** The fewest digits that mean this number and no other. */
export function shortestDigits(value: number): Digits {
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e')
  return { digits: mantissa.replace('.', ''), point: Number(exponent) + 1 }
}

/** A finite positive number with so many decimals, rounded half to even on its exact value. */
export function fixedDigits(value: number, decimals: number): string {
  const scaled = roundedTimesTen(value, decimals)
    .toString()
    .padStart(decimals + 1, '0')
  const whole = scaled.slice(0, scaled.length - decimals)
  return decimals === 0 ? whole : `${whole}.${scaled.slice(-decimals)}`
}

/** A finite positive number in so many significant digits, rounded half to even on its exact value. */
export function significantDigits(value: number, count: number): Digits {
  if (value === 0) return { digits: '0'.repeat(count), point: 1 }
  let point = shortestDigits(value).point
  let digits = roundedTimesTen(value, count - point).toString()
  // Rounding can bring a digit more; and the smallest numbers are less than their shortest form looks.
  while (digits.length !== count) {
    point += digits.length > count ? 1 : -1
    digits = roundedTimesTen(value, count - point).toString()
  }
  return { digits, point }
}

/** The exact value of a finite positive number as a fraction. */
export function fractionOf(value: number): { numerator: bigint; denominator: bigint } {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const biased = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & 0xfffffffffffffn
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n
  const exponent = (biased === 0 ? 1 : biased) - 1075
  return exponent >= 0
    ? { numerator: mantissa << BigInt(exponent), denominator: 1n }
    : { numerator: mantissa, denominator: 1n << BigInt(-exponent) }
}

/** `value * 10 ** power`, rounded half to even. */
export function roundedTimesTen(value: number, power: number): bigint {
  const { numerator, denominator } = fractionOf(value)
  return power >= 0
    ? roundedQuotient(numerator * 10n ** BigInt(power), denominator)
    : roundedQuotient(numerator, denominator * 10n ** BigInt(-power))
}

/** `a / b` of a non-negative and a positive int, rounded half to even. */
export function roundedQuotient(a: bigint, b: bigint): bigint {
  const quotient = a / b
  const twice = (a % b) * 2n
  return twice > b || (twice === b && quotient % 2n === 1n) ? quotient + 1n : quotient
}

/** `repr(value)` of a float. */
export function reprFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const size = Math.abs(value)
  if (size === Number.POSITIVE_INFINITY) return `${sign}inf`
  const { digits, point } = shortestDigits(size)
  return sign + (point > -4 && point <= 16 ? plainDigits(digits, point, true) : withExponent(digits, point))
}

/** Digits with a point between them; `.0` at the end of a whole number if asked for. */
export function plainDigits(digits: string, point: number, fraction: boolean): string {
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`
  const whole = digits.slice(0, point).padEnd(point, '0')
  const rest = digits.slice(point)
  return rest === '' ? `${whole}${fraction ? '.0' : ''}` : `${whole}.${rest}`
}

/** Digits as `d.ddde+xx`. */
export function withExponent(digits: string, point: number): string {
  const exponent = point - 1
  const rest = digits.slice(1)
  const size = String(Math.abs(exponent)).padStart(2, '0')
  return `${digits[0]}${rest === '' ? '' : `.${rest}`}e${exponent < 0 ? '-' : '+'}${size}`
}
