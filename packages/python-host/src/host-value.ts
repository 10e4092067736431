/** A Python value: `str`, `int` (a bigint beyond 2^53), `float`, `bool`, `None`, `bytes`, any iterable, `dict`, or what stays there. */
export type HostValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | readonly HostValue[]
  | ReadonlyMap<HostValue, HostValue>
  | HostFunction
  | HostObject

/** Something that can be called. It lives in the child, and is made anew where the child had to be. */
export interface HostFunction {
  readonly kind: 'function'
}

/** Any other object, such as what `re.search` finds: only its type and its truth are known. */
export interface HostObject {
  readonly kind: 'object'
  readonly type: string
  readonly truthy: boolean
}

/** What a function can be called with: JSON values become the Python values of that name. */
export type HostArgument =
  | string
  | number
  | boolean
  | null
  | readonly HostArgument[]
  | { readonly [key: string]: HostArgument }

/** A value as the child writes it: tagged where JSON has no such thing. */
export type WireValue =
  | string
  | number
  | boolean
  | null
  | readonly WireValue[]
  | { readonly int: string }
  | { readonly float: 'nan' | 'inf' | '-inf' }
  | { readonly bytes: string }
  | { readonly dict: readonly (readonly [WireValue, WireValue])[] }
  | { readonly function: number }
  | { readonly object: string; readonly truthy: boolean }

/** Reads a value as the child writes it; `toFunction` mints what stands for a function. */
export function decodeValue(wire: WireValue, toFunction: (id: number) => HostFunction): HostValue {
  const decode = (value: WireValue) => decodeValue(value, toFunction)
  if (wire === null || typeof wire !== 'object') return wire
  if (isList(wire)) return wire.map(decode)
  if ('int' in wire) return BigInt(wire.int)
  if ('float' in wire)
    return { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, '-inf': Number.NEGATIVE_INFINITY }[wire.float]
  if ('bytes' in wire) return new Uint8Array(Buffer.from(wire.bytes, 'base64'))
  if ('dict' in wire) return new Map(wire.dict.map(([key, value]) => [decode(key), decode(value)]))
  if ('function' in wire) return toFunction(wire.function)
  return { kind: 'object', type: wire.object, truthy: wire.truthy }
}

/** Whether Python takes a value for true: not if it is zero or empty. */
export function isTruthy(value: HostValue): boolean {
  if (value === null || typeof value !== 'object') return Number.isNaN(value) || Boolean(value)
  if (value instanceof Uint8Array || isList(value)) return value.length > 0
  if (value instanceof Map) return value.size > 0
  return !('truthy' in value) || value.truthy
}

function isList<Value>(value: object | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value)
}
