import { spawn } from 'node:child_process'

/** What ends a test server for good. */
export interface Watchdog {
  /** Kills the group of processes and removes the directory, now. */
  finish(): Promise<void>
}

/**
 * A shell that waits for the end of its input, which comes with the end of this process, however that ends: then it kills
 * the group of processes, if there is one, and removes the directory.
 */
export function startWatchdog(directory: string, group: number | undefined): Watchdog {
  const script = 'read _; [ "$1" ] && kill -9 "-$1" 2>/dev/null; rm -rf "$2"'
  const args = ['-c', script, 'sh', String(group ?? ''), directory]
  const shell = spawn('sh', args, { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  const ended = new Promise<void>((resolve) => shell.once('close', () => resolve()))
  shell.unref()
  return {
    finish() {
      shell.ref()
      shell.stdin.end()
      return ended
    },
  }
}
