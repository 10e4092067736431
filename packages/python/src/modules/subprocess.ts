import type { Runtime } from '../runtime.ts'
import { positionals } from '../values/args.ts'
import { exceptionClass, Raised } from '../values/raised.ts'
import { strOf } from '../values/repr.ts'
import { type Args, type InstanceValue, type ModuleValue, tuple, type Value } from '../values/value.ts'
import {
  type Command,
  devNull,
  inputBytes,
  outputOf,
  pipe,
  readCommand,
  runCommand,
  shellOutput,
  stdoutToo,
} from './command.ts'
import { fileOf } from './file.ts'
import { nativeClass, nativeInstance, nativeModule } from './native.ts'

const completedClass = nativeClass('CompletedProcess')
const popenClass = nativeClass('Popen')

/** What came of a command: its code, and what it printed where that was asked for. */
interface Finished {
  readonly code: bigint
  readonly stdout: Value
  readonly stderr: Value
}

/** The module `subprocess`, as far as password functions use it. */
export function createSubprocessModule(): ModuleValue {
  return nativeModule(
    'subprocess',
    {
      PIPE: pipe,
      STDOUT: stdoutToo,
      DEVNULL: devNull,
      CalledProcessError: exceptionClass('CalledProcessError'),
      SubprocessError: exceptionClass('SubprocessError'),
      TimeoutExpired: exceptionClass('TimeoutExpired'),
      CompletedProcess: completedClass,
    },
    {
      check_output(runtime, args) {
        const command = readCommand(runtime, 'check_output', args)
        const captures = { ...command.captures, stdout: true }
        return checked(runtime, command, finish(runtime, { ...command, captures })).stdout
      },
      check_call(runtime, args) {
        const command = readCommand(runtime, 'check_call', args)
        return checked(runtime, command, finish(runtime, command)).code
      },
      call: (runtime, args) => finish(runtime, readCommand(runtime, 'call', args)).code,
      run,
      Popen: (runtime, args) => startProgram(runtime, readCommand(runtime, 'Popen', args)),
      getoutput: (runtime, args) => shellOutput(runtime, positionals('getoutput', args, 1)[0]!).text,
      getstatusoutput(runtime, args) {
        const { code, text } = shellOutput(runtime, positionals('getstatusoutput', args, 1)[0]!)
        return tuple([code, text])
      },
    },
  )
}

/** Python 2's module `commands`. */
export function createCommandsModule(): ModuleValue {
  return nativeModule(
    'commands',
    {},
    {
      getoutput: (runtime, args) => shellOutput(runtime, positionals('getoutput', args, 1)[0]!).text,
      getstatusoutput(runtime, args) {
        const { code, text } = shellOutput(runtime, positionals('getstatusoutput', args, 1)[0]!)
        return tuple([waitStatus(code), text])
      },
    },
  )
}

/** A code as `os.system` has it: the upper byte for an exit, the lower one for a signal. */
export function waitStatus(code: bigint): bigint {
  return code < 0n ? -code : code << 8n
}

function finish(runtime: Runtime, command: Command): Finished {
  const { code, stdout, stderr } = runCommand(runtime, command.command, command.input)
  const { captures } = command
  return {
    code: BigInt(code),
    stdout: captures.stdout ? outputOf(command, stdout) : null,
    stderr: captures.stderr ? outputOf(command, stderr) : null,
  }
}

function checked(runtime: Runtime, { args }: Command, finished: Finished): Finished {
  const { code, stdout, stderr } = finished
  if (code === 0n) return finished
  const ended = code < 0n ? `died with signal ${-code}` : `returned non-zero exit status ${code}`
  const attributes = new Map<string, Value>([
    ['args', tuple([`Command '${strOf(runtime, args)}' ${ended}.`])],
    ['returncode', code],
    ['cmd', args],
    ['output', stdout],
    ['stdout', stdout],
    ['stderr', stderr],
  ])
  throw new Raised({ kind: 'instance', type: exceptionClass('CalledProcessError'), attributes }, `a command ${ended}`)
}

function run(runtime: Runtime, args: Args): Value {
  const command = readCommand(runtime, 'run', args)
  const finished = finish(runtime, command)
  if (command.check) checked(runtime, command, finished)
  const { code, stdout, stderr } = finished
  return nativeInstance(
    completedClass,
    { args: command.args, returncode: code, stdout, stderr },
    {
      check_returncode() {
        checked(runtime, command, finished)
        return null
      },
    },
  )
}

// A program that is still to be given its input runs when its output or its code is first asked for.
function startProgram(runtime: Runtime, command: Command): InstanceValue {
  let finished: Finished | undefined
  const end = (input = command.input): Finished => {
    finished ??= finish(runtime, { ...command, input })
    running.attributes.set('returncode', finished.code)
    return finished
  }
  const printed = (which: 'stdout' | 'stderr') => () => {
    const output = end()[which]
    return typeof output === 'string' || output instanceof Uint8Array ? output : ''
  }
  const running: InstanceValue = nativeInstance(
    popenClass,
    {
      args: command.args,
      returncode: null,
      stdout: command.captures.stdout ? fileOf(runtime, printed('stdout')) : null,
      stderr: command.captures.stderr ? fileOf(runtime, printed('stderr')) : null,
    },
    {
      communicate(_, args) {
        const given = args.positional[0] ?? args.named.get('input') ?? null
        const { stdout, stderr } = end(given === null ? undefined : inputBytes(runtime, given))
        return tuple([stdout, stderr])
      },
      wait: () => end().code,
      poll: () => end().code,
      __enter__: () => running,
      __exit__() {
        end()
        return null
      },
    },
  )
  if (!command.waits) end()
  return running
}
