import type { Runtime } from '../runtime.ts'
import { type ClassName, classOf, typeName } from '../values/classes.ts'
import { raise } from '../values/raised.ts'
import { type Args, builtin, type Native, type Value } from '../values/value.ts'

/** A method of a built-in type. */
export type Method<S extends Value> = (runtime: Runtime, self: S, args: Args) => Value

/** Puts methods on a built-in type, so that they are found on its values and on the type itself. */
export function addMethods<S extends Value>(
  type: ClassName,
  isSelf: (value: Value) => value is S,
  methods: Readonly<Record<string, Method<S>>>,
): void {
  const { attributes } = classOf(type)
  for (const [name, method] of Object.entries(methods)) {
    attributes.set(
      name,
      builtin(name, (runtime, args) => {
        const [self, ...positional] = args.positional
        if (self === undefined || !isSelf(self)) {
          const given = self === undefined ? 'nothing' : `a '${typeName(self)}'`
          throw raise('TypeError', `${type}.${name}() needs a '${type}' object, not ${given}`)
        }
        return method(runtime, self, { positional, named: args.named })
      }),
    )
  }
}

/** Puts functions on a built-in type that take no `self`. */
export function addStatics(type: ClassName, functions: Readonly<Record<string, Native>>): void {
  const { attributes } = classOf(type)
  for (const [name, call] of Object.entries(functions))
    attributes.set(name, { kind: 'builtin', name, call, isStatic: true })
}
