import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, TestRunner } from 'vitest'

const untilTheEnd: (() => void)[] = []

/**
 * An empty directory for one test, removed with all its contents when that test is over. Outside of a test (in
 * `beforeAll`, at the top of a file) it lasts until the process ends.
 */
export function temporaryDirectory(): string {
  const path = mkdtempSync(join(realpathSync(tmpdir()), 'mailtide-'))
  const remove = () => rmSync(path, { recursive: true, force: true, maxRetries: 3 })
  if (TestRunner.getCurrentTest()) onTestFinished(remove)
  else removeAtExit(remove)
  return path
}

function removeAtExit(remove: () => void): void {
  if (untilTheEnd.length === 0)
    process.once('exit', () => {
      for (const each of untilTheEnd) each()
    })
  untilTheEnd.push(remove)
}
