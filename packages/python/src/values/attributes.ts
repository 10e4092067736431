import type { BuiltinValue, ClassValue, FunctionValue, MethodValue, Value } from './value.ts'

/** What a class, or one it derives from, has under a name. */
export function classAttribute(type: ClassValue, name: string): Value | undefined {
  for (let at: ClassValue | undefined = type; at; at = at.base) {
    const found = at.attributes.get(name)
    if (found !== undefined) return found
  }
  return undefined
}

/** The special methods that classes of the program may define. */
export type SpecialName =
  | '__init__'
  | '__call__'
  | '__str__'
  | '__repr__'
  | '__len__'
  | '__bool__'
  | '__getitem__'
  | '__contains__'
  | '__enter__'
  | '__exit__'

/** An instance's special method, bound to it, if its class has one. */
export function specialMethod(value: Value, name: SpecialName): MethodValue | undefined {
  if (!isObject(value) || value.kind !== 'instance') return undefined
  const found = classAttribute(value.type, name)
  return found !== undefined && isCallableTarget(found) ? { kind: 'method', self: value, target: found } : undefined
}

function isCallableTarget(value: Value): value is FunctionValue | BuiltinValue {
  return isObject(value) && (value.kind === 'function' || value.kind === 'builtin')
}

/** Whether a value is one of the objects that have a `kind`. */
export function isObject(
  value: Value,
): value is Exclude<Value, null | boolean | bigint | number | string | Uint8Array> {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array)
}

/** Whether a value is an object of this kind. */
export function isKind<K extends Exclude<Value, null | boolean | bigint | number | string | Uint8Array>['kind']>(
  value: Value | undefined,
  kind: K,
): value is Extract<Value, { readonly kind: K }> {
  return value !== undefined && isObject(value) && value.kind === kind
}
