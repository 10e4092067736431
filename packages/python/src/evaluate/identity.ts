import type { Runtime } from '../runtime.ts'
import { isKind } from '../values/attributes.ts'
import { lengthOf } from '../values/code-points.ts'
import { equals } from '../values/compare.ts'
import type { Value } from '../values/value.ts'

/**
 * `a is b`. Whether two equal texts or numbers are one object is CPython's private matter: it is answered
 * where it keeps a single one for certain, refused elsewhere.
 */
export function isSame(runtime: Runtime, a: Value, b: Value): boolean {
  if (typeof a !== typeof b || a === null || b === null || typeof a === 'boolean') return a === b
  if (typeof a === 'object' && !(a instanceof Uint8Array)) {
    return a === b || (isKind(a, 'tuple') && isKind(b, 'tuple') && a.items.length + b.items.length === 0)
  }
  if (!equals(runtime, a, b)) return false
  if (typeof a === 'bigint' && a >= -5n && a <= 256n) return true
  if (typeof a === 'string' && (a === '' || (lengthOf(a) === 1 && a.charCodeAt(0) < 256))) return true
  return runtime.unsupported("'is' between equal texts or numbers", 'Use == in place of is.')
}
