import type { Runtime } from '../runtime.ts'
import { asText, bound, positionals } from '../values/args.ts'
import { exceptionClass } from '../values/raised.ts'
import type { DictValue, ModuleValue, Value } from '../values/value.ts'
import type { World } from '../world.ts'
import { runCommand } from './command.ts'
import { fileOf, readText } from './file.ts'
import { nativeModule } from './native.ts'
import { createPathModule } from './os-path.ts'
import { waitStatus } from './subprocess.ts'

/** The modules `os` and `os.path`. */
export function createOsModules(world: World): [ModuleValue, ModuleValue] {
  const path = createPathModule(world)
  const environ = environOf(world)
  const module = nativeModule(
    'os',
    {
      environ,
      path,
      sep: '/',
      linesep: '\n',
      pathsep: ':',
      curdir: '.',
      pardir: '..',
      extsep: '.',
      devnull: '/dev/null',
      name: 'posix',
      error: exceptionClass('OSError'),
    },
    {
      getenv(runtime, args) {
        const [name, otherwise = null] = bound('getenv', args, ['key', 'default'], 1)
        const value = world.environment?.get(asText(name, 'key'))
        if (value === undefined) return otherwise
        runtime.mayHoldSecret()
        return value
      },
      getcwd: (runtime) => world.cwd ?? runtime.unsupported('os.getcwd()'),
      popen(runtime, args) {
        const [command, mode = 'r'] = positionals('popen', args, 1, 2)
        if (mode !== 'r') return runtime.unsupported('os.popen() for writing')
        return shellFile(runtime, asText(command, 'command'))
      },
      system(runtime, args) {
        const [command] = positionals('system', args, 1)
        const { code } = runCommand(runtime, asText(command, 'command'), new Uint8Array())
        return waitStatus(BigInt(code))
      },
    },
  )
  return [module, path]
}

function environOf({ environment }: World): DictValue {
  const entries: DictValue['entries'] = new Map()
  for (const [key, value] of environment ?? []) entries.set(`s${key}`, { key, value })
  return { kind: 'dict', variant: 'environ', entries }
}

// What `os.popen` answers: the output as text; closing it answers how the program ended, None for well.
function shellFile(runtime: Runtime, line: string): Value {
  const { stdout, code } = runCommand(runtime, line, new Uint8Array())
  return fileOf(
    runtime,
    () => readText(stdout),
    () => (code === 0 ? null : waitStatus(BigInt(code))),
  )
}
