import type { Imported } from '../parse/ast.ts'
import { isKind } from '../values/attributes.ts'
import type { ModuleValue, Scope } from '../values/value.ts'
import type { Machine } from './machine.ts'
import { assignName } from './scope.ts'

/** Modules that only change how a program is written, and ones that bring nothing a program needs here. */
const ignored = new Set(['__future__', 'builtins', '__builtin__', 'typing'])

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
  if (name === '__future__') return
  const module = find(machine, name)
  if (names === 'all') {
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

function find(machine: Machine, name: string): ModuleValue {
  const module = machine.modules.get(name)
  if (isKind(module, 'module')) return module
  if (ignored.has(name)) return { kind: 'module', name, attributes: new Map() }
  return machine.unsupported(`the module ${name}`)
}
