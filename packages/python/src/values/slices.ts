import { asInt } from './args.ts'
import { typeName } from './classes.ts'
import { raise } from './raised.ts'
import type { SliceValue, Value } from './value.ts'

/** The indices that a slice picks: `length` of them, from `start` on, `step` apart. */
export interface Indices {
  readonly start: number
  readonly stop: number
  readonly step: number
  readonly length: number
}

/** What a slice picks from so many items. */
export function sliceIndices(slice: SliceValue, size: number): Indices {
  const step = slice.step === null ? 1n : bound(slice.step)
  if (step === 0n) throw raise('ValueError', 'slice step cannot be zero')
  const backwards = step < 0n
  const [lowest, highest] = backwards ? [-1n, BigInt(size) - 1n] : [0n, BigInt(size)]
  const clamp = (value: Value, otherwise: bigint) => {
    if (value === null) return otherwise
    const index = bound(value)
    const counted = index < 0n ? index + BigInt(size) : index
    return counted < lowest ? lowest : counted > highest ? highest : counted
  }
  const start = Number(clamp(slice.start, backwards ? highest : lowest))
  const stop = Number(clamp(slice.stop, backwards ? lowest : highest))
  const stride = Number(step)
  const length = Math.max(0, Math.ceil((stop - start) / stride))
  return { start, stop, step: stride, length }
}

function bound(value: Value): bigint {
  if (typeof value !== 'bigint' && typeof value !== 'boolean') {
    throw raise('TypeError', 'slice indices must be integers or None or have an __index__ method')
  }
  return BigInt(value)
}

/** The picked items. */
export function pick<T>(items: ArrayLike<T>, { start, step, length }: Indices): T[] {
  return Array.from({ length }, (_, index) => items[start + index * step]!)
}

/** An index within so many items, counted from the end if negative. */
export function itemIndex(index: Value, size: number, what: string): number {
  if (typeof index !== 'bigint' && typeof index !== 'boolean') {
    throw raise('TypeError', `${what} indices must be integers or slices, not ${typeName(index)}`)
  }
  const counted = asInt(index) < 0n ? asInt(index) + BigInt(size) : asInt(index)
  if (counted < 0n || counted >= BigInt(size)) throw raise('IndexError', `${what} index out of range`)
  return Number(counted)
}
