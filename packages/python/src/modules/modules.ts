import type { ModuleValue } from '../values/value.ts'
import type { World } from '../world.ts'
import { createReModule } from './re.ts'

/** The modules that can be imported, by their full names. */
export function createModules(_world: World): Map<string, ModuleValue> {
  return new Map([['re', createReModule()]])
}
