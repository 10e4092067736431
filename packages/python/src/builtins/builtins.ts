import { reduce } from '../modules/containers.ts'
import { openFile } from '../modules/file.ts'
import { positionals } from '../values/args.ts'
import { builtinExceptions, exceptionClass } from '../values/raised.ts'
import { builtin, ellipsis, type Native, type Value } from '../values/value.ts'
import { valueFunctions } from './functions.ts'
import { iterationFunctions } from './iteration.ts'
import { builtinTypes } from './types.ts'

/** Names of Python's that are known, and refused where they are called. */
const refused = [
  'aiter',
  'anext',
  'breakpoint',
  'bytearray',
  'classmethod',
  'compile',
  'complex',
  'delattr',
  'dir',
  'eval',
  'exec',
  'execfile',
  'file',
  'globals',
  'hash',
  'help',
  'input',
  'locals',
  'memoryview',
  'property',
  'raw_input',
  'setattr',
  'staticmethod',
  'super',
  'vars',
  '__import__',
]

/** What `print` does: nothing, for what it would print is for nobody here. */
const print: Native = () => null

// Python 2 programs reload `sys` to set the encoding to UTF-8, which it is.
const reload: Native = (_, args) => positionals('reload', args, 1)[0]!

/** The names that need no import. */
export function createBuiltins(): Map<string, Value> {
  const types = builtinTypes()
  const names = new Map<string, Value>(types)
  for (const table of [valueFunctions, iterationFunctions, { print, reload, open: openFile, reduce }]) {
    for (const [name, call] of Object.entries(table)) names.set(name, builtin(name, call))
  }
  for (const name of builtinExceptions) names.set(name, exceptionClass(name))
  for (const name of refused) {
    names.set(
      name,
      builtin(name, (runtime) => runtime.unsupported(`the function ${name}`)),
    )
  }
  // Python 2's and Python 3's other names for the same.
  for (const [name, same] of [
    ['unicode', 'str'],
    ['basestring', 'str'],
    ['long', 'int'],
    ['xrange', 'range'],
    ['IOError', 'OSError'],
    ['EnvironmentError', 'OSError'],
    ['StandardError', 'Exception'],
  ] as const) {
    const value = names.get(same)
    if (value !== undefined) names.set(name, value)
  }
  names.set('Ellipsis', ellipsis)
  // A pythonfile is loaded under a name of its own, never run as a program.
  names.set('__name__', 'pythonfile')
  return names
}
