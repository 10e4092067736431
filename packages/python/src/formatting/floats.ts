import {
  fixedDigits,
  plainDigits,
  reprFloat,
  shortestDigits,
  significantDigits,
  withExponent,
} from '../values/float-digits.ts'

/** How a float is written. */
export interface FloatStyle {
  /** `r` is the shortest form that means the same number. */
  readonly type: 'e' | 'f' | 'g' | 'r'
  readonly precision: number
  /** Keep the point and zeros at the end. */
  readonly alternate: boolean
  /** Write at least one digit after the point where there is no exponent. */
  readonly fraction: boolean
}

/** A float without its sign. */
export function floatText(value: number, { type, precision, alternate, fraction }: FloatStyle): string {
  if (!Number.isFinite(value)) return reprFloat(value)
  switch (type) {
    case 'f':
      return fixedDigits(value, precision) + (alternate && precision === 0 ? '.' : '')
    case 'e': {
      const { digits, point } = significantDigits(value, precision + 1)
      const text = withExponent(digits, point)
      return alternate && precision === 0 ? text.replace('e', '.e') : text
    }
    case 'g':
      return generalText(value, Math.max(1, precision), alternate, fraction)
    case 'r': {
      const { digits, point } = shortestDigits(value)
      if (point > -4 && point <= 16) return plainDigits(digits, point, fraction)
      const text = withExponent(digits, point)
      return alternate && digits.length === 1 ? text.replace('e', '.e') : text
    }
  }
}

function generalText(value: number, precision: number, alternate: boolean, fraction: boolean): string {
  const { digits, point } = significantDigits(value, precision)
  const kept = alternate ? digits : digits.replace(/0+$/, '') || '0'
  if (point <= -4 || point > precision - (fraction ? 1 : 0)) {
    const text = withExponent(kept, point)
    return alternate && kept.length === 1 ? text.replace('e', '.e') : text
  }
  const text = plainDigits(kept, point, fraction)
  return alternate && !text.includes('.') ? `${text}.` : text
}
