export { openPipe, type PipeOptions, type ProgramPipe } from './open-pipe.ts'
export { openShellPipe, type ShellPipeOptions } from './open-shell-pipe.ts'
export { type ProgramOptions, type ProgramResult, type RunOptions, runProgram } from './run-program.ts'
export { runShellCommand, type ShellCommandOptions } from './run-shell-command.ts'
