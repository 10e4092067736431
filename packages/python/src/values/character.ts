import type { Runtime } from '../runtime.ts'
import { raise } from './raised.ts'

/** `chr(point)` */
export function characterOf(runtime: Runtime, point: bigint): string {
  if (point > 0x7fffffffn || point < -0x80000000n) {
    throw raise('OverflowError', 'Python int too large to convert to C int')
  }
  if (point < 0n || point > 0x10ffffn) throw raise('ValueError', 'chr() arg not in range(0x110000)')
  if (point >= 0xd800n && point <= 0xdfffn) return runtime.unsupported('half of a surrogate pair')
  return String.fromCodePoint(Number(point))
}
