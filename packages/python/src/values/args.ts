import { typeName } from './classes.ts'
import { plain } from './compare.ts'
import { raise, raiseAbout } from './raised.ts'
import type { Args, Value } from './value.ts'

/** The arguments of a function that takes them by position only. */
export function positionals(name: string, args: Args, least: number, most = least): readonly Value[] {
  if (args.named.size > 0) throw raise('TypeError', `${name}() takes no keyword arguments`)
  checkCount(name, args, least, most)
  return args.positional
}

const unexpected = 'got an unexpected keyword argument'

/** The arguments in the order of the parameters, however they were given; undefined for those that weren't. */
export function bound(name: string, args: Args, parameters: readonly string[], least = 0): (Value | undefined)[] {
  checkCount(name, args, 0, parameters.length)
  const values: (Value | undefined)[] = [...args.positional]
  for (const [key, value] of args.named) {
    const index = parameters.indexOf(key)
    if (index === -1) throw raiseAbout('TypeError', unexpected, `${name}() ${unexpected} '${key}'`)
    if (values[index] !== undefined)
      throw raise('TypeError', `an argument of ${name}() is given by name and by position`)
    values[index] = value
  }
  for (let index = 0; index < least; index++) {
    if (values[index] === undefined)
      throw raise('TypeError', `${name}() missing required argument '${parameters[index]}'`)
  }
  return values
}

function checkCount(name: string, { positional }: Args, least: number, most: number): void {
  if (positional.length >= least && positional.length <= most) return
  const wanted =
    least === most ? `exactly ${least}` : positional.length < least ? `at least ${least}` : `at most ${most}`
  throw raise('TypeError', `${name} expected ${wanted} arguments, got ${positional.length}`)
}

/** An argument that has to be a str. */
export function asText(value: Value | undefined, what: string): string {
  if (typeof value === 'string') return value
  throw raise('TypeError', `${what} must be str, not ${typeName(value ?? null)}`)
}

/** An argument that has to be an int. */
export function asInt(value: Value | undefined, what = 'object'): bigint {
  if (typeof value === 'bigint' || typeof value === 'boolean') return plain(value) as bigint
  throw raise('TypeError', `'${typeName(value ?? null)}' ${what} cannot be interpreted as an integer`)
}

/** An int that counts something: beyond what a machine word holds, it is refused as Python does. */
export function asCount(value: Value | undefined): number {
  const count = asInt(value)
  if (count > 0x7fffffffffffffffn || count < -0x8000000000000000n) {
    throw raise('OverflowError', 'Python int too large to convert to C ssize_t')
  }
  return Number(count)
}
