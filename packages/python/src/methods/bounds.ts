import { asInt } from '../values/args.ts'
import type { Value } from '../values/value.ts'

/** Where a search looks: from `start` up to `stop`. `start` may lie beyond the text, where nothing is found. */
export interface Bounds {
  readonly start: number
  readonly stop: number
}

/** The optional bounds of `find`, `count`, `startswith` and their kin. */
export function searchBounds(start: Value | undefined, stop: Value | undefined, length: number): Bounds {
  const size = BigInt(length)
  const first = start === undefined || start === null ? 0n : fromEnd(asInt(start, 'slice index'), size)
  const last = stop === undefined || stop === null ? size : fromEnd(asInt(stop, 'slice index'), size)
  return { start: Number(first > size ? size + 1n : first), stop: Number(last > size ? size : last) }
}

function fromEnd(index: bigint, size: bigint): bigint {
  if (index >= 0n) return index
  return index + size < 0n ? 0n : index + size
}
