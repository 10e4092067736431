import type { HostValue } from '@mailtide/python-host'

/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** A Python value as JSON: bytes as text, what has no form as null. */
export function toJson(value: HostValue): Json {
  if (typeof value === 'bigint') return String(value)
  if (value === null || typeof value !== 'object') return value
  if (value instanceof Uint8Array) return new TextDecoder().decode(value)
  if (isList(value)) return value.map(toJson)
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, entry]) => [String(key), toJson(entry)]))
  return null
}

function isList(value: object): value is readonly HostValue[] {
  return Array.isArray(value)
}
