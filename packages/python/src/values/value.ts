import type { Expression, Parameters, Statement } from '../parse/ast.ts'
import type { Program } from '../regex/program.ts'
import type { Runtime } from '../runtime.ts'

/**
 * A value of the interpreted language. No JavaScript object is ever reachable from one but those named here.
 *
 * | Python                    | here                                          |
 * | ------------------------- | --------------------------------------------- |
 * | `None`                    | `null`                                        |
 * | `bool`                    | `boolean`                                     |
 * | `int`                     | `bigint`                                      |
 * | `float`                   | `number`                                      |
 * | `str`                     | `string`, always well-formed UTF-16           |
 * | `bytes`                   | `Uint8Array`, never altered                   |
 * | everything else           | an object with a `kind`                       |
 */
export type Value = null | boolean | bigint | number | string | Uint8Array | ObjectValue

/** The values that are objects here. */
export type ObjectValue =
  | ListValue
  | TupleValue
  | DictValue
  | SetValue
  | RangeValue
  | SliceValue
  | IteratorValue
  | ViewValue
  | FunctionValue
  | BuiltinValue
  | MethodValue
  | ClassValue
  | InstanceValue
  | ModuleValue
  | PatternValue
  | MatchValue
  | EllipsisValue

export interface ListValue {
  readonly kind: 'list'
  readonly items: Value[]
}

export interface TupleValue {
  readonly kind: 'tuple'
  readonly items: readonly Value[]
  /** The names of the items, where it is a small record such as `sys.version_info`. */
  readonly fields?: readonly string[]
}

/** What a dict or set finds its entries by: equal values have equal keys. */
export type Key = string | bigint | number | object

/** One entry of a dict. */
export interface Entry {
  readonly key: Value
  value: Value
}

export interface DictValue {
  readonly kind: 'dict'
  readonly entries: Map<Key, Entry>
  /** A name for the types that derive from dict. */
  readonly variant?: 'OrderedDict' | 'defaultdict' | 'environ'
  /** What makes the value of a missing key, in a defaultdict. */
  readonly factory?: Value
}

export type SetValue =
  | { readonly kind: 'set'; readonly entries: Map<Key, Value> }
  | { readonly kind: 'frozenset'; readonly entries: Map<Key, Value> }

export interface RangeValue {
  readonly kind: 'range'
  readonly start: bigint
  readonly stop: bigint
  readonly step: bigint
  readonly length: bigint
}

export interface SliceValue {
  readonly kind: 'slice'
  readonly start: Value
  readonly stop: Value
  readonly step: Value
}

/** Answers the next value, or undefined at the end and ever after. */
export type Next = () => Value | undefined

export interface IteratorValue {
  readonly kind: 'iterator'
  /** The type's name: `generator`, `map`, `list_iterator`. */
  readonly name: string
  next: Next
  /** What was drawn ahead because a Python 2 program took this for a list. */
  drawn?: Value[]
}

export interface ViewValue {
  readonly kind: 'view'
  readonly of: 'keys' | 'values' | 'items'
  readonly dict: DictValue
}

/** What a function is made of besides its parameters. */
export type FunctionBody =
  | { readonly kind: 'expression'; readonly value: Expression }
  | { readonly kind: 'statements'; readonly statements: readonly Statement[] }

export interface FunctionValue {
  readonly kind: 'function'
  readonly name: string
  readonly parameters: Parameters
  /** Of the parameters that have one. */
  readonly defaults: ReadonlyMap<string, Value>
  readonly body: FunctionBody
  readonly locals: LocalNames
  readonly scope: Scope
}

/** What a call hands over. */
export interface Args {
  readonly positional: readonly Value[]
  readonly named: ReadonlyMap<string, Value>
}

/** A function of the interpreter's own. */
export type Native = (runtime: Runtime, args: Args) => Value

export interface BuiltinValue {
  readonly kind: 'builtin'
  readonly name: string
  readonly call: Native
  /** Whether it takes no `self` though it is found on values: `str.maketrans`. */
  readonly isStatic?: boolean
}

export interface MethodValue {
  readonly kind: 'method'
  readonly self: Value
  readonly target: FunctionValue | BuiltinValue
}

export interface ClassValue {
  readonly kind: 'class'
  readonly name: string
  readonly base: ClassValue | undefined
  readonly attributes: Map<string, Value>
  /** How a call makes a value of a built-in type; classes of the program make instances. */
  readonly construct?: Native
}

export interface InstanceValue {
  readonly kind: 'instance'
  readonly type: ClassValue
  readonly attributes: Map<string, Value>
}

export interface ModuleValue {
  readonly kind: 'module'
  readonly name: string
  readonly attributes: Map<string, Value>
}

export interface PatternValue {
  readonly kind: 'pattern'
  readonly source: string | Uint8Array
  readonly program: Program
}

/** What a pattern is matched against: the value and its code points or bytes. */
export type Subject =
  | { readonly value: string; readonly points: readonly number[] }
  | { readonly value: Uint8Array; readonly points: Uint8Array }

export interface MatchValue {
  readonly kind: 'match'
  readonly pattern: PatternValue
  readonly subject: Subject
  /** Start and end of each group by turns, -1 where it took no part. */
  readonly spans: readonly number[]
  readonly lastIndex: number
  readonly from: number
  readonly to: number
}

export interface EllipsisValue {
  readonly kind: 'ellipsis'
}

/** The names that belong to one function. */
export interface LocalNames {
  readonly own: ReadonlySet<string>
  readonly global: ReadonlySet<string>
  readonly nonlocal: ReadonlySet<string>
}

/** Where names are looked up: a module, a function's call, a class body, a comprehension. */
export interface Scope {
  readonly kind: 'module' | 'function' | 'class' | 'comprehension'
  readonly names: Map<string, Value>
  readonly locals: LocalNames | undefined
  readonly parent: Scope | undefined
  /** Whether the text is Python 2, where `1 / 2` is 0. */
  readonly legacy: boolean
  readonly source: Source
}

/** The text that positions are counted in, and where it stands in its file. */
export interface Source {
  readonly text: string
  readonly origin: Origin
}

/** Where a text comes from. */
export interface Origin {
  readonly file: string
  /** The line its first line stands on, counted from 1; 1 if absent. */
  readonly line?: number
  /** The lines of the file its lines stand on, where they are not one after the other. */
  readonly lines?: readonly number[]
  /** The columns its lines begin in, counted from 1; 1 where absent. */
  readonly columns?: readonly number[]
}

/** The value, or another where there is none. `??` would take None for none. */
export function orElse(value: Value | undefined, other: Value): Value {
  return value === undefined ? other : value
}

export const ellipsis: EllipsisValue = { kind: 'ellipsis' }

/** A list that holds these items; the array becomes its own. */
export function list(items: Value[]): ListValue {
  return { kind: 'list', items }
}

/** A tuple of these items. */
export function tuple(items: readonly Value[]): TupleValue {
  return { kind: 'tuple', items }
}

/** An iterator with the name of its type. */
export function iterator(name: string, next: Next): IteratorValue {
  return { kind: 'iterator', name, next }
}

/** A function of the interpreter's own. */
export function builtin(name: string, call: Native): BuiltinValue {
  return { kind: 'builtin', name, call }
}

/** A module or a similar bag of names. */
export function moduleOf(name: string, attributes: Readonly<Record<string, Value>>): ModuleValue {
  return { kind: 'module', name, attributes: new Map(Object.entries(attributes)) }
}
