import type { Runtime } from '../runtime.ts'
import { isKind } from '../values/attributes.ts'
import { typeName } from '../values/classes.ts'
import { raise, raiseAbout } from '../values/raised.ts'
import { truthOf } from '../values/truth.ts'
import type { Args, Value } from '../values/value.ts'
import type { ProgramResult } from '../world.ts'
import { contentOf, readText } from './file.ts'
import { askWorld } from './native.ts'

/** `subprocess.PIPE`, `STDOUT` and `DEVNULL`. */
export const pipe = -1n
export const stdoutToo = -2n
export const devNull = -3n

/** A program to run, as `subprocess` was told. */
export interface Command {
  /** The argument as it was given. */
  readonly args: Value
  readonly command: string | readonly string[]
  readonly captures: { readonly stdout: boolean; readonly stderr: boolean }
  /** The encoding of its output if that is wanted as text. */
  readonly encoding: string | undefined
  readonly input: Uint8Array
  /** Whether more input may come once it runs. */
  readonly waits: boolean
  readonly check: boolean
}

// Options that change nothing here, or only how the program is waited for.
const withoutEffect = new Set(['bufsize', 'close_fds', 'timeout', 'start_new_session', 'restore_signals'])

/** Reads the arguments of `subprocess.run` and its kin. */
export function readCommand(runtime: Runtime, name: string, { positional, named }: Args): Command {
  const options = new Map(named)
  const [given = options.get('args'), , ...more] = positional
  if (given === undefined) throw raise('TypeError', `${name}() missing 1 required positional argument: 'args'`)
  if (more.length > 0) return runtime.unsupported(`${name}() with so many positional arguments`)
  const isTrue = (option: string) => truthOf(runtime, options.get(option) ?? false)
  for (const option of options.keys()) checkOption(runtime, name, option, options.get(option)!)
  const encoding = options.get('encoding')
  const isText = isTrue('text') || isTrue('universal_newlines') || (encoding !== undefined && encoding !== null)
  const both = isTrue('capture_output')
  const stderr = options.get('stderr')
  const command = commandFrom(runtime, given, isTrue('shell'))
  return {
    args: given,
    command: stderr === stdoutToo ? merged(command) : command,
    captures: { stdout: both || options.get('stdout') === pipe, stderr: both || stderr === pipe },
    encoding: isText ? (typeof encoding === 'string' ? encoding : 'utf-8') : undefined,
    input: inputBytes(runtime, options.get('input') ?? options.get('stdin') ?? null),
    waits: options.get('stdin') === pipe,
    check: isTrue('check'),
  }
}

const known = /^(args|shell|stdin|stdout|stderr|text|universal_newlines|encoding|input|capture_output|check)$/

const inPython = new Set([
  'cwd',
  'env',
  'errors',
  'executable',
  'preexec_fn',
  'pass_fds',
  'user',
  'group',
  'umask',
  'startupinfo',
])

function checkOption(runtime: Runtime, name: string, option: string, value: Value): void {
  if (known.test(option) || withoutEffect.has(option) || value === null) return
  if (inPython.has(option)) runtime.unsupported(`${name}() with ${option}`)
  throw raiseAbout(
    'TypeError',
    `${name}() got an unexpected keyword argument`,
    `${name}() got an unexpected '${option}'`,
  )
}

function commandFrom(runtime: Runtime, given: Value, isShell: boolean): string | readonly string[] {
  if (typeof given === 'string' || given instanceof Uint8Array) {
    return isShell ? argumentText(given) : [argumentText(given)]
  }
  if (!isKind(given, 'list') && !isKind(given, 'tuple')) throw notAnArgument(given)
  const texts = given.items.map(argumentText)
  const [first] = texts
  if (first === undefined) throw raise('IndexError', 'list index out of range')
  if (!isShell) return texts
  return texts.length === 1 ? first : runtime.unsupported('a list of arguments together with shell=True')
}

function argumentText(value: Value): string {
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array) return new TextDecoder().decode(value)
  throw notAnArgument(value)
}

function notAnArgument(value: Value): Error {
  return raise('TypeError', `expected str, bytes or os.PathLike object, not ${typeName(value)}`)
}

// What is printed to both outputs comes in its right order only if the shell joins them.
function merged(command: string | readonly string[]): string | readonly string[] {
  return typeof command === 'string' ? `{ ${command}\n} 2>&1` : ['/bin/sh', '-c', 'exec "$@" 2>&1', 'sh', ...command]
}

/** What a program is given to read: bytes, text, or the output of another. */
export function inputBytes(runtime: Runtime, value: Value): Uint8Array {
  if (value === null || value === pipe || value === devNull) return new Uint8Array()
  if (value instanceof Uint8Array) return value
  const content = typeof value === 'string' ? value : contentOf(runtime, value)
  if (content === undefined) throw raise('TypeError', `a program cannot read from a ${typeName(value)}`)
  return typeof content === 'string' ? new TextEncoder().encode(content) : content
}

/** Runs a program. Whatever it printed may be a secret from here on. */
export function runCommand(runtime: Runtime, command: string | readonly string[], input: Uint8Array): ProgramResult {
  const result = askWorld(runtime, 'running a program', runtime.world.runProgram, command, input)
  runtime.mayHoldSecret()
  runtime.room(result.stdout.length + result.stderr.length)
  return result
}

/** What a program printed, as text if that was asked for. */
export function outputOf({ encoding }: Command, bytes: Uint8Array): Value {
  return encoding === undefined ? bytes.slice() : readText(bytes, encoding)
}

/** `getoutput(line)` and its code: everything printed, less one line end. */
export function shellOutput(runtime: Runtime, line: Value): { code: bigint; text: string } {
  if (typeof line !== 'string') throw notAnArgument(line)
  const { code, stdout } = runCommand(runtime, merged(line), new Uint8Array())
  return { code: BigInt(code), text: readText(stdout).replace(/\n$/, '') }
}
