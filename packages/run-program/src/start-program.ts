import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { programNotFound, programNotStarted } from './errors.ts'

/** A program as it is started. */
export interface StartOptions {
  readonly command: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

/** Starts a program as the leader of a process group of its own, and resolves once it runs. */
export function startProgram(options: StartOptions): Promise<ChildProcessWithoutNullStreams> {
  const { command, args = [], cwd, env: added } = options
  const env = { ...process.env, ...added }
  const { PATH: searched = '' } = env
  return new Promise((resolve, reject) => {
    const refuse = (thrown: unknown) => {
      const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown reason'
      const isMissing = code === 'ENOENT' || (code === 'EACCES' && !isVisible(command, searched))
      if (isMissing && cwd !== undefined && !existsSync(cwd)) reject(programNotFound(`${command} in ${cwd}`))
      else reject(isMissing ? programNotFound(command) : programNotStarted(command, code))
    }
    try {
      const child = spawn(command, args, { cwd, env, detached: true, stdio: 'pipe' })
      child.once('error', refuse)
      child.once('spawn', () => resolve(child))
    } catch (thrown) {
      refuse(thrown)
    }
  })
}

// A directory in PATH that may not be read makes the system say EACCES of a name that is nowhere.
function isVisible(command: string, path: string): boolean {
  return command.includes('/') || path.split(delimiter).some((directory) => existsSync(join(directory, command)))
}
