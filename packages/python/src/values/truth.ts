import type { Runtime } from '../runtime.ts'
import { specialMethod } from './attributes.ts'
import { raise } from './raised.ts'
import type { Value } from './value.ts'

/** `bool(value)` */
export function truthOf(runtime: Runtime, value: Value): boolean {
  if (typeof value === 'boolean') return value
  if (value === null || typeof value !== 'object') return Number.isNaN(value) || Boolean(value)
  if (value instanceof Uint8Array) return value.length > 0
  switch (value.kind) {
    case 'list':
    case 'tuple':
      return value.items.length > 0
    case 'dict':
    case 'set':
    case 'frozenset':
      return value.entries.size > 0
    case 'view':
      return value.dict.entries.size > 0
    case 'range':
      return value.length > 0n
    case 'instance': {
      const bool = specialMethod(value, '__bool__')
      if (bool) {
        const answer = runtime.call(bool, [])
        if (typeof answer !== 'boolean') throw raise('TypeError', '__bool__ should return bool')
        return answer
      }
      const length = specialMethod(value, '__len__')
      return length === undefined || truthOf(runtime, runtime.call(length, []))
    }
    default:
      return true
  }
}
