import { derives } from './raised.ts'
import type { ClassValue, Value } from './value.ts'

const names = [
  'object',
  'type',
  'NoneType',
  'bool',
  'int',
  'float',
  'str',
  'bytes',
  'list',
  'tuple',
  'dict',
  'set',
  'frozenset',
  'range',
  'slice',
  'function',
  'builtin_function_or_method',
  'method',
  'module',
  'Pattern',
  'Match',
  'ellipsis',
  'OrderedDict',
  'defaultdict',
  'environ',
  'dict_keys',
  'dict_values',
  'dict_items',
  'iterator',
] as const

/** The name of a built-in type. */
export type ClassName = (typeof names)[number]

const bases: Partial<Record<ClassName, ClassName>> = {
  bool: 'int',
  OrderedDict: 'dict',
  defaultdict: 'dict',
}

const object: ClassValue = { kind: 'class', name: 'object', base: undefined, attributes: new Map() }
const classes = new Map<string, ClassValue>([['object', object]])

/** A built-in type as a value to compare with; what it makes when called is added by the builtins. */
export function classOf(name: ClassName): ClassValue {
  let type = classes.get(name)
  if (!type) {
    type = { kind: 'class', name, base: classOf(bases[name] ?? 'object'), attributes: new Map() }
    classes.set(name, type)
  }
  return type
}

/** `type(value)` */
export function typeOf(value: Value): ClassValue {
  switch (typeof value) {
    case 'string':
      return classOf('str')
    case 'bigint':
      return classOf('int')
    case 'number':
      return classOf('float')
    case 'boolean':
      return classOf('bool')
  }
  if (value === null) return classOf('NoneType')
  if (value instanceof Uint8Array) return classOf('bytes')
  switch (value.kind) {
    case 'instance':
      return value.type
    case 'dict':
      return classOf(value.variant ?? 'dict')
    case 'class':
      return classOf('type')
    case 'builtin':
      return classOf('builtin_function_or_method')
    case 'pattern':
      return classOf('Pattern')
    case 'match':
      return classOf('Match')
    case 'view':
      return classOf(`dict_${value.of}`)
    default:
      return classOf(value.kind)
  }
}

/** The name of a value's type, for messages. */
export function typeName(value: Value): string {
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'iterator'
    ? value.name
    : typeOf(value).name
}

/** Whether a value is of this class or of one that derives from it. */
export function isInstance(value: Value, type: ClassValue): boolean {
  return type === object || derives(typeOf(value), type)
}
