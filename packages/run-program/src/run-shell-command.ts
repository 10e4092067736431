import { type ProgramResult, type RunOptions, runProgram } from './run-program.ts'

/** A command line for `/bin/sh`. */
export interface ShellCommandOptions extends RunOptions {
  readonly commandLine: string
}

/**
 * Runs a command line of the user's own with `/bin/sh -c`, as OfflineIMAP does with hooks and tunnels. Never put
 * anything into it that a server said.
 */
export function runShellCommand({ commandLine, ...options }: ShellCommandOptions): Promise<ProgramResult> {
  return runProgram({ name: 'The shell command', ...options, command: '/bin/sh', args: ['-c', commandLine] })
}
