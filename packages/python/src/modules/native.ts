import type { Runtime } from '../runtime.ts'
import { classOf } from '../values/classes.ts'
import { raiseAbout } from '../values/raised.ts'
import {
  builtin,
  type ClassValue,
  type InstanceValue,
  type ModuleValue,
  type Native,
  type Value,
} from '../values/value.ts'

/** A class whose instances come from this interpreter alone. */
export function nativeClass(name: string): ClassValue {
  return { kind: 'class', name, base: classOf('object'), attributes: new Map([['__native__', true]]) }
}

/** An instance of such a class, with its values and functions. */
export function nativeInstance(
  type: ClassValue,
  values: Readonly<Record<string, Value>>,
  functions: Readonly<Record<string, Native>>,
): InstanceValue {
  const attributes = new Map(Object.entries(values))
  for (const [name, call] of Object.entries(functions)) attributes.set(name, builtin(name, call))
  return { kind: 'instance', type, attributes }
}

/** A module of values and functions. */
export function nativeModule(
  name: string,
  values: Readonly<Record<string, Value>>,
  functions: Readonly<Record<string, Native>>,
): ModuleValue {
  const attributes = new Map(Object.entries(values))
  for (const [key, call] of Object.entries(functions)) attributes.set(key, builtin(key, call))
  return { kind: 'module', name, attributes }
}

/** Asks the world for something. What the world cannot do is refused; what it fails at is an `OSError`. */
export function askWorld<A extends readonly unknown[], R>(
  runtime: Runtime,
  what: string,
  ask: ((...args: A) => R) | undefined,
  ...args: A
): R {
  if (!ask) return runtime.unsupported(what)
  try {
    return ask(...args)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (isMissing(error)) throw raiseAbout('FileNotFoundError', what, 2n, 'No such file or directory')
    throw raiseAbout('OSError', what, reason)
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
