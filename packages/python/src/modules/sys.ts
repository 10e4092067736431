import { positionals } from '../values/args.ts'
import { lengthOf } from '../values/code-points.ts'
import { exceptionClass, exceptionOf, Raised } from '../values/raised.ts'
import { type ClassValue, list, type ModuleValue, type Value } from '../values/value.ts'
import { nativeClass, nativeInstance, nativeModule } from './native.ts'

const streamClass: ClassValue = nativeClass('TextIOWrapper')

/** The module `sys`. What is written to its streams is for nobody here. */
export function createSysModule(): ModuleValue {
  const version: Value = {
    kind: 'tuple',
    items: [3n, 11n, 0n, 'final', 0n],
    fields: ['major', 'minor', 'micro', 'releaselevel', 'serial'],
  }
  return nativeModule(
    'sys',
    {
      argv: list(['offlineimap']),
      path: list([]),
      platform: 'linux',
      version_info: version,
      version: '3.11.0',
      byteorder: 'little',
      maxsize: 0x7fffffffffffffffn,
      stdout: stream(),
      stderr: stream(),
    },
    {
      exit(_, args) {
        throw new Raised(exceptionOf(exceptionClass('SystemExit'), positionals('exit', args, 0, 1)), '')
      },
      getdefaultencoding: () => 'utf-8',
      getfilesystemencoding: () => 'utf-8',
      // Python 2 programs set it to UTF-8, which it is.
      setdefaultencoding: () => null,
    },
  )
}

function stream(): Value {
  return nativeInstance(
    streamClass,
    { encoding: 'utf-8' },
    {
      write(_, args) {
        const [text] = positionals('write', args, 1)
        return typeof text === 'string' ? BigInt(lengthOf(text)) : null
      },
      writelines: () => null,
      flush: () => null,
      isatty: () => false,
    },
  )
}
