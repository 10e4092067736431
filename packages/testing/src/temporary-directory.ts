import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, TestRunner } from 'vitest'

const untilTheEnd: string[] = []

/**
 * An empty directory for one test, removed with all its contents when that test is over. Outside of a test (in
 * `beforeAll`, at the top of a file) it lasts until the process ends.
 */
export function temporaryDirectory(): string {
  const path = mkdtempSync(join(realpathSync(tmpdir()), 'mailtide-'))
  if (TestRunner.getCurrentTest()) onTestFinished(() => remove(path))
  else removeAtTheEnd(path)
  return path
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 3 })
}

function removeAtTheEnd(path: string): void {
  if (untilTheEnd.length === 0) {
    process.once('exit', removeAll)
    // This is how vitest ends its workers, which tells nobody by an `exit`.
    process.once('SIGTERM', () => {
      removeAll()
      process.kill(process.pid, 'SIGTERM')
    })
  }
  untilTheEnd.push(path)
}

function removeAll(): void {
  for (const path of untilTheEnd.splice(0)) remove(path)
}
