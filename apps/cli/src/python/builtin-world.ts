import { existsSync, readFileSync } from 'node:fs'
import { constants, hostname, userInfo } from 'node:os'
import type { ProgramResult, World } from '@mailtide/python'
import type { Surroundings } from '../run/surroundings.ts'

/** A program may ask somebody for a passphrase in a window of its own. */
const patience = 300_000
const mostOutput = 16 << 20

/** What the built-in interpreter can reach: programs, files, the environment, the keyring. */
export function createBuiltinWorld({ environment, home, directory }: Surroundings): World {
  function runProgram(command: string | readonly string[], input: Uint8Array): ProgramResult {
    // Most configurations run no program, and this module takes its time.
    const { spawnSync } = process.getBuiltinModule('node:child_process')
    const [program = '', ...args] = typeof command === 'string' ? ['/bin/sh', '-c', command] : command
    const { error, status, signal, stdout, stderr } = spawnSync(program, args, {
      input,
      cwd: directory,
      env: environment,
      timeout: patience,
      killSignal: 'SIGKILL',
      maxBuffer: mostOutput,
    })
    // Node's own error would hold the arguments. A program need not read what it is given.
    const isUnread = error !== undefined && codeOf(error) === 'EPIPE'
    if (error !== undefined && !isUnread) throw new Error(`the program did not run to its end: ${codeOf(error)}`)
    return { stdout, stderr, code: status ?? -(signal === null ? 1 : constants.signals[signal]) }
  }

  return {
    runProgram,
    readFile(path) {
      try {
        return readFileSync(path)
      } catch (thrown) {
        if (codeOf(thrown) === 'ENOENT') return undefined
        throw thrown
      }
    },
    exists: existsSync,
    lookupKeyring: (service, user) => lookUp(service, user, runProgram),
    environment: new Map(
      Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    ),
    home,
    cwd: directory,
    hostName: hostname(),
    user: userName(environment),
    now: () => Date.now() / 1000,
  }
}

/** The programs that see what python-keyring sees; those that are not there are passed over. */
function lookUp(service: string, user: string, runProgram: NonNullable<World['runProgram']>): string | undefined {
  const programs = [
    ['secret-tool', 'lookup', 'service', service, 'username', user],
    ['keyring', 'get', service, user],
    ['security', 'find-generic-password', '-s', service, '-a', user, '-w'],
  ]
  for (const program of programs) {
    const found = outputOf(program, runProgram)
    if (found !== undefined && found !== '') return found
  }
  return undefined
}

function outputOf(program: readonly string[], runProgram: NonNullable<World['runProgram']>): string | undefined {
  try {
    const { code, stdout } = runProgram(program, new Uint8Array())
    return code === 0 ? new TextDecoder().decode(stdout).replace(/\n$/, '') : undefined
  } catch {
    return undefined
  }
}

/** As Python's `getpass.getuser`. */
function userName(environment: Surroundings['environment']): string {
  return environment['LOGNAME'] || environment['USER'] || userInfo().username
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown error'
}
