import { openPipe, type PipeOptions, type ProgramPipe } from './open-pipe.ts'

/** A command line for `/bin/sh` that one talks with. */
export interface ShellPipeOptions extends Omit<PipeOptions, 'command' | 'args'> {
  readonly commandLine: string
}

// What Node gives a program for its stdout is a socket, which makes Dovecot's imap believe that inetd started it, and refuse
// root. So `cat` stands in between; the rest brings the exit code past it.
const behindPipe =
  'exec 3>&1; code=$({ { /bin/sh -c "$1" 3>&- 4>&-; echo $? >&4; } | cat >&3 4>&-; } 4>&1); exit "$code"'

/** Opens a pipe to a command line of the user's own, run with `/bin/sh -c`, as OfflineIMAP does with tunnels. */
export function openShellPipe({ commandLine, ...options }: ShellPipeOptions): Promise<ProgramPipe> {
  const args = ['-c', behindPipe, 'sh', commandLine]
  return openPipe({ name: 'The shell command', ...options, command: '/bin/sh', args })
}
