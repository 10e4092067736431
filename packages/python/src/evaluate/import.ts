import type { Imported } from '../parse/ast.ts'
import { isKind } from '../values/attributes.ts'
import type { ModuleValue, Scope } from '../values/value.ts'
import type { Machine } from './machine.ts'
import { assignName } from './scope.ts'

/** `import a.b as c` */
export function importModules(machine: Machine, scope: Scope, modules: readonly Imported[]): void {
  for (const { name, as } of modules) {
    const module = find(machine, name)
    if (as !== undefined) assignName(scope, as, module)
    else assignName(scope, name.split('.')[0]!, find(machine, name.split('.')[0]!))
  }
}

/** `from module import names` */
export function importNames(machine: Machine, scope: Scope, name: string, names: readonly Imported[] | 'all'): void {
  // It only tells an older Python to be a newer one.
  if (name === '__future__') return
  const module = find(machine, name)
  if (names === 'all') {
    if (!machine.modules.has(name)) machine.unsupported(`from ${name} import *`)
    for (const [key, value] of module.attributes) if (!key.startsWith('_')) assignName(scope, key, value)
    return
  }
  for (const imported of names) {
    const own = module.attributes.get(imported.name)
    const value = own === undefined ? machine.modules.get(`${name}.${imported.name}`) : own
    if (value === undefined) machine.unsupported(`from ${name} import ${imported.name}`)
    else assignName(scope, imported.as ?? imported.name, value)
  }
}

// A module that isn't known is an empty one: a file may import more than its functions for this option use, and any
// use of it is refused by name. Where its absence may be handled, that would mislead.
function find(machine: Machine, name: string): ModuleValue {
  const module = machine.modules.get(name)
  if (isKind(module, 'module')) return module
  if (machine.trying > 0) return machine.unsupported(`the module ${name}`)
  return { kind: 'module', name, attributes: new Map() }
}
