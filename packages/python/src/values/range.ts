import type { RangeValue } from './value.ts'

/** `range(start, stop, step)` of a step that isn't zero. */
export function rangeOf(start: bigint, stop: bigint, step: bigint): RangeValue {
  const span = step > 0n ? stop - start : start - stop
  const size = step > 0n ? step : -step
  return { kind: 'range', start, stop, step, length: span <= 0n ? 0n : (span + size - 1n) / size }
}
