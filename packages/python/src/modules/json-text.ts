import type { Runtime } from '../runtime.ts'
import { typeName } from '../values/classes.ts'
import { reprFloat } from '../values/float-digits.ts'
import { raise } from '../values/raised.ts'
import { intText } from '../values/repr.ts'
import type { Value } from '../values/value.ts'

/** `json.dumps(value)` */
export function writeJson(runtime: Runtime, value: Value, ascii: boolean): string {
  const text = write(runtime, value, ascii)
  runtime.room(text.length)
  return text
}

function write(runtime: Runtime, value: Value, ascii: boolean): string {
  runtime.spend(1)
  switch (typeof value) {
    case 'string':
      return quoted(value, ascii)
    case 'bigint':
      return intText(runtime, value)
    case 'number':
      return Number.isFinite(value)
        ? reprFloat(value)
        : reprFloat(value).replace('inf', 'Infinity').replace('nan', 'NaN')
    case 'boolean':
      return String(value)
  }
  if (value === null) return 'null'
  if (!(value instanceof Uint8Array)) {
    if (value.kind === 'list' || value.kind === 'tuple') {
      return runtime.deeper(() => `[${value.items.map((item) => write(runtime, item, ascii)).join(', ')}]`)
    }
    if (value.kind === 'dict') {
      return runtime.deeper(() => {
        const entries = Array.from(value.entries.values(), ({ key, value: item }) => {
          return `${quoted(keyText(runtime, key), ascii)}: ${write(runtime, item, ascii)}`
        })
        return `{${entries.join(', ')}}`
      })
    }
  }
  throw raise('TypeError', `Object of type ${typeName(value)} is not JSON serializable`)
}

function keyText(runtime: Runtime, key: Value): string {
  if (typeof key === 'string') return key
  if (key === null || ['bigint', 'number', 'boolean'].includes(typeof key)) return write(runtime, key, true)
  throw raise('TypeError', `keys must be str, int, float, bool or None, not ${typeName(key)}`)
}

function quoted(text: string, ascii: boolean): string {
  const plain = JSON.stringify(text)
  if (!ascii) return plain
  return plain.replace(/[\x7f-\uffff]/g, (unit) =>
    unit === '\x7f' ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
