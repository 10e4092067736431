import { execFile } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** How a run of mailtide ended, and what it said. */
export interface Run {
  readonly code: number
  readonly said: string
}

/** The program, run from its source. */
export interface Mailtide {
  /** Runs it in a home directory of its own that holds these files. */
  run(words: readonly string[], files?: Readonly<Record<string, string>>): Promise<Run>
  close(): void
}

const entry = new URL('../../../apps/cli/src/main.ts', import.meta.url)
const script = `import(${JSON.stringify(entry.href)}).then(({ main }) => main(process.argv.slice(1)))`

/** Opens the program for many runs: what was compiled for one serves the others. */
export function openMailtide(): Mailtide {
  const compiled = directory()
  return {
    async run(words, files = {}) {
      const home = directory()
      for (const [name, text] of Object.entries(files)) writeFileSync(join(home, name), text)
      const env = { PATH: process.env['PATH'], HOME: home, NODE_COMPILE_CACHE: compiled }
      try {
        return await new Promise<Run>((resolve) => {
          execFile(process.execPath, ['-e', script, '--', ...words], { cwd: home, env }, (error, out, err) => {
            resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, said: out + err })
          })
        })
      } finally {
        remove(home)
      }
    },
    close: () => remove(compiled),
  }
}

function directory(): string {
  return mkdtempSync(join(realpathSync(tmpdir()), 'mailtide-example-'))
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 3 })
}
