import type { ModuleValue } from '../values/value.ts'
import type { World } from '../world.ts'
import { createBase64Module } from './base64.ts'
import { createCollectionsModule, createFunctoolsModule, createItertoolsModule } from './containers.ts'
import {
  createGetpassModule,
  createKeyringModule,
  createPlatformModule,
  createSocketModule,
  createTimeModule,
} from './host.ts'
import { createJsonModule } from './json.ts'
import { createNetrcModule } from './netrc.ts'
import { createOsModules } from './os.ts'
import { createReModule } from './re.ts'
import { createShlexModule } from './shlex.ts'
import { createStringModule } from './string.ts'
import { createCommandsModule, createSubprocessModule } from './subprocess.ts'
import { createSysModule } from './sys.ts'

/** The modules that can be imported, by their full names. */
export function createModules(world: World): Map<string, ModuleValue> {
  const [os, path] = createOsModules(world)
  const shlex = createShlexModule()
  return new Map([
    ['re', createReModule()],
    ['os', os],
    ['os.path', path],
    ['posixpath', path],
    ['sys', createSysModule()],
    ['subprocess', createSubprocessModule()],
    ['commands', createCommandsModule()],
    ['json', createJsonModule()],
    ['simplejson', createJsonModule()],
    ['netrc', createNetrcModule(world)],
    ['keyring', createKeyringModule(world)],
    ['base64', createBase64Module()],
    ['time', createTimeModule(world)],
    ['string', createStringModule()],
    ['collections', createCollectionsModule()],
    ['functools', createFunctoolsModule()],
    ['itertools', createItertoolsModule()],
    ['getpass', createGetpassModule(world)],
    ['socket', createSocketModule(world)],
    ['platform', createPlatformModule(world)],
    ['shlex', shlex],
    ['pipes', shlex],
  ])
}
