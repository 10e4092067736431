import { spawn } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** How an example is run. */
export interface RunOptions {
  /** The package whose dependencies the example may import. */
  readonly folder: string
  /** Where the README says it: for stack traces and messages. */
  readonly place: { readonly file: string; readonly line: number }
  readonly timeLimit: number
}

/**
 * Runs an example as a module of its own, under the Node that runs this, and answers what it printed. The code comes in
 * over stdin, so that nothing is written into the package; HOME and TMPDIR are a directory that is removed afterwards.
 * Rejects when it throws, leaves with another code than 0, or is still running at the end of its time.
 */
export function runExample(code: string, { folder, place, timeLimit }: RunOptions): Promise<string> {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), 'mailtide-example-'))
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-'], {
    cwd: folder,
    // A group of its own, so that what a hanging example started ends with it.
    detached: true,
    env: { ...process.env, HOME: directory, TMPDIR: directory, NODE_OPTIONS: '' },
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
  }
  // An example that ends before it has read all of its code is reported by its exit, not by a broken pipe.
  child.stdin.on('error', () => {}).end(code)
  return new Promise((resolve, reject) => {
    const fail = (what: string) => reject(new Error(`${place.file}:${place.line} ${what}\n${inReadme(printed, place)}`))
    const timer = setTimeout(() => {
      if (child.pid !== undefined) endGroup(child.pid)
      fail(`did not end within ${timeLimit / 1000} s`)
    }, timeLimit)
    child.once('error', (error) => fail(error.message))
    child.once('close', (exitCode, signal) => {
      clearTimeout(timer)
      rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
      if (exitCode === 0) resolve(printed)
      else fail(`ended with ${signal ?? exitCode}`)
    })
  })
}

function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL')
  } catch (error) {
    // The group is gone, and what kept the pipes open is in another.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** Names lines of the README where Node names lines of `[eval]`. */
function inReadme(printed: string, { file, line }: RunOptions['place']): string {
  return printed.replace(/(?:file:\S*\/)?\[eval1?\]:(\d+)/g, (_, number) => `${file}:${line - 1 + Number(number)}`)
}
