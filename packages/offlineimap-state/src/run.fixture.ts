import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Runs a program whose home is this directory, for at most a minute. */
export async function run(command: string, args: readonly string[], home: string): Promise<string> {
  const env = { ...process.env, HOME: home, LC_ALL: 'C.UTF-8' }
  const { stdout, stderr } = await promisify(execFile)(command, args, { env, cwd: home, timeout: 60_000 })
  return stdout + stderr
}
