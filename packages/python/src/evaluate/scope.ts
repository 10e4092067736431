import { raise, raiseAbout } from '../values/raised.ts'
import type { LocalNames, Scope, Source, Value } from '../values/value.ts'

/** The names of a module, or of an expression that sees a module's. */
export function moduleScope(source: Source, legacy: boolean, parent?: Scope): Scope {
  return { kind: 'module', names: new Map(), locals: undefined, parent, legacy, source }
}

/** A scope inside another. */
export function innerScope(kind: 'function' | 'class' | 'comprehension', parent: Scope, locals?: LocalNames): Scope {
  return { kind, names: new Map(), locals, parent, legacy: parent.legacy, source: parent.source }
}

/** What a name stands for. */
export function lookUp(scope: Scope, name: string, builtins: ReadonlyMap<string, Value>): Value {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    if (at.locals?.global.has(name)) at = moduleOf(at)
    // A function inside a class doesn't see the names of the class.
    if (at.kind === 'class' && at !== scope) continue
    const value = at.names.get(name)
    if (value !== undefined) return value
    if (at.locals?.own.has(name)) throw unbound(name, at === scope)
  }
  const value = builtins.get(name)
  if (value === undefined) throw notDefined(name)
  return value
}

const unset = 'a variable that has no value yet'

// A password that was written without quotes is such a name.
function notDefined(name: string): Error {
  return raiseAbout('NameError', 'a name that is not defined', `name '${name}' is not defined`)
}

function unbound(name: string, isOwn: boolean): Error {
  return isOwn
    ? raiseAbout(
        'UnboundLocalError',
        unset,
        `cannot access local variable '${name}' where it is not associated with a value`,
      )
    : raiseAbout('NameError', unset, `cannot access free variable '${name}' where it is not associated with a value`)
}

/** Gives a name a value in the scope that it belongs to. */
export function assignName(scope: Scope, name: string, value: Value): void {
  ownerOf(scope, name).names.set(name, value)
}

/** `del name` */
export function deleteName(scope: Scope, name: string): void {
  const owner = ownerOf(scope, name)
  if (!owner.names.delete(name)) throw owner.locals ? unbound(name, true) : notDefined(name)
}

/** Gives a name a value by `:=`, which reaches out of comprehensions. */
export function assignWalrus(scope: Scope, name: string, value: Value): void {
  let at = scope
  while (at.kind === 'comprehension' && at.parent) at = at.parent
  assignName(at, name, value)
}

function ownerOf(scope: Scope, name: string): Scope {
  if (scope.locals?.global.has(name)) return moduleOf(scope)
  if (!scope.locals?.nonlocal.has(name)) return scope
  for (let at = scope.parent; at; at = at.parent) if (at.kind === 'function' && at.locals?.own.has(name)) return at
  throw raise('SyntaxError', 'no binding for a nonlocal name found')
}

function moduleOf(scope: Scope): Scope {
  let at = scope
  while (at.kind !== 'module' && at.parent) at = at.parent
  return at
}
