import { truncate } from '../evaluate/numbers.ts'
import { asCount, asInt, bound } from '../values/args.ts'
import { typeName } from '../values/classes.ts'
import { isNumber, plain } from '../values/compare.ts'
import { fixedDigits, roundedQuotient, roundedTimesTen } from '../values/float-digits.ts'
import { raise } from '../values/raised.ts'
import type { Native } from '../values/value.ts'

/** `round(number, digits)`: halves go to the even neighbour. */
export const roundValue: Native = (_, args) => {
  const [value, digits] = bound('round', args, ['number', 'ndigits'], 1)
  if (!isNumber(value!)) throw raise('TypeError', `type ${typeName(value!)} doesn't define __round__ method`)
  const number = plain(value)
  if (digits === undefined || digits === null) return typeof number === 'bigint' ? number : roundToInt(number)
  if (typeof number === 'number') return roundToDigits(number, asCount(digits))
  const places = asInt(digits)
  if (places >= 0n || number === 0n) return number
  if (-places > BigInt(number.toString().length)) return 0n
  const unit = 10n ** -places
  const size = roundedQuotient(number < 0n ? -number : number, unit) * unit
  return number < 0n ? -size : size
}

function roundToInt(value: number): bigint {
  if (!Number.isFinite(value)) return truncate(value)
  const size = roundedTimesTen(Math.abs(value), 0)
  return value < 0 ? -size : size
}

function roundToDigits(value: number, digits: number): number {
  if (!Number.isFinite(value) || value === 0 || digits > 323) return value
  const sign = value < 0 ? -1 : 1
  const size = Math.abs(value)
  if (digits >= 0) return sign * Number(fixedDigits(size, digits))
  if (digits < -308) return sign * 0
  const result = Number(`${roundedTimesTen(size, digits)}e${-digits}`)
  if (!Number.isFinite(result)) throw raise('OverflowError', 'rounded value too large to represent')
  return sign * result
}
