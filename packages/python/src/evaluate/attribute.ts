import { matchField } from '../methods/match.ts'
import { numberField } from '../methods/number.ts'
import { patternField } from '../methods/pattern.ts'
import type { Runtime } from '../runtime.ts'
import { classAttribute, isKind, isObject } from '../values/attributes.ts'
import { typeName, typeOf } from '../values/classes.ts'
import { isException, raiseAbout } from '../values/raised.ts'
import type { BuiltinValue, ClassValue, FunctionValue, InstanceValue, Value } from '../values/value.ts'

/** `object.name` */
export function attributeOf(runtime: Runtime, object: Value, name: string): Value {
  const value = findAttribute(runtime, object, name)
  return value === undefined ? missing(runtime, object, name, name) : value
}

/** The attribute whose name was worked out, by `getattr` or in a format: no message about the unsupported repeats it. */
export function computedAttribute(runtime: Runtime, object: Value, name: string): Value {
  const value = findAttribute(runtime, object, name)
  return value === undefined ? missing(runtime, object, name, 'of a computed name') : value
}

function findAttribute(runtime: Runtime, object: Value, name: string): Value | undefined {
  const own = ownAttribute(runtime, object, name)
  return own === undefined ? inherited(object, name) : own
}

function missing(runtime: Runtime, object: Value, name: string, shown: string): never {
  if (/^__.*__$/.test(name)) return runtime.unsupported(`the special attribute ${shown}`)
  // Of the modules only a part is here; what is missing may well be there in Python.
  if (isKind(object, 'module')) return runtime.unsupported(`${object.name}.${shown}`)
  if (isUnknown(object)) return runtime.unsupported(`the attribute ${shown} of a ${typeName(object)}`)
  const owner = isKind(object, 'class') ? `type object '${object.name}'` : `'${typeName(object)}' object`
  throw raiseAbout('AttributeError', `${owner} has no such attribute`, `${owner} has no attribute '${name}'`)
}

// Types of which only a part is understood.
function isUnknown(object: Value): boolean {
  if (isKind(object, 'instance')) return object.type.attributes.has('__native__')
  return isKind(object, 'dict') && object.variant !== undefined
}

function ownAttribute(runtime: Runtime, object: Value, name: string): Value | undefined {
  if (name === '__class__') return typeOf(object)
  if (!isObject(object)) return numberField(object, name)
  switch (object.kind) {
    case 'module':
      return name === '__name__' ? object.name : object.attributes.get(name)
    case 'instance': {
      const value = object.attributes.get(name)
      return value === undefined && isException(object.type) ? exceptionField(object, name) : value
    }
    case 'class':
      return name === '__name__' ? object.name : classAttribute(object, name)
    case 'function':
    case 'builtin':
      return name === '__name__' ? object.name : undefined
    case 'method':
      return name === '__name__' ? object.target.name : name === '__self__' ? object.self : undefined
    case 'pattern':
      return patternField(runtime, object, name)
    case 'match':
      return matchField(object, name)
    case 'range':
    case 'slice':
      return name === 'start' || name === 'stop' || name === 'step' ? object[name] : undefined
    case 'tuple': {
      const index = object.fields?.indexOf(name) ?? -1
      return index === -1 ? undefined : object.items[index]
    }
    case 'dict':
      return name === 'default_factory' && object.variant === 'defaultdict' ? (object.factory ?? null) : undefined
    default:
      return undefined
  }
}

// Python 2 had `exception.message`; OSError takes its number and text from its arguments.
function exceptionField(object: InstanceValue, name: string): Value | undefined {
  const args = object.attributes.get('args')
  const items = isKind(args, 'tuple') ? args.items : []
  switch (name) {
    case 'message':
      return items.length === 1 ? items[0] : ''
    case 'errno':
      return items.length > 1 ? items[0] : null
    case 'strerror':
      return items.length > 1 ? items[1] : null
    case 'filename':
      return items[2] ?? null
    default:
      return undefined
  }
}

function inherited(object: Value, name: string): Value | undefined {
  if (isKind(object, 'class')) return undefined
  const found = classAttribute(typeOf(object), name)
  if (found === undefined || !isMethod(found)) return found
  return { kind: 'method', self: object, target: found }
}

function isMethod(value: Value): value is FunctionValue | BuiltinValue {
  return isKind(value, 'function') || (isKind(value, 'builtin') && !value.isStatic)
}

/** `object.name = value` */
export function setAttribute(runtime: Runtime, object: Value, name: string, value: Value): void {
  if (isKind(object, 'instance') || (isKind(object, 'class') && !object.construct && !isBuiltin(object))) {
    object.attributes.set(name, value)
    return
  }
  if (isKind(object, 'function') || isKind(object, 'module'))
    runtime.unsupported(`an assignment to an attribute of a ${typeName(object)}`)
  throw noAttribute(object, name)
}

function isBuiltin(type: ClassValue): boolean {
  return !type.attributes.has('__module__')
}

/** `del object.name` */
export function deleteAttribute(object: Value, name: string): void {
  if (isKind(object, 'instance') && object.attributes.delete(name)) return
  throw noAttribute(object, name)
}

function noAttribute(object: Value, name: string): Error {
  const owner = `'${typeName(object)}' object`
  return raiseAbout('AttributeError', `${owner} has no such attribute`, `${owner} has no attribute '${name}'`)
}
