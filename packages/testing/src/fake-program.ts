import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from './temporary-directory.ts'

/** A program of this name made of a few lines of shell, in a directory of its own that lasts as long as the test. */
export function fakeProgram(name: string, script: string): string {
  const path = join(temporaryDirectory(), name)
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return path
}
