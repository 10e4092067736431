import { readFileSync, readSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@mailtide/testing'
import { expect, it } from 'vitest'
import { openKeepingAccessTime } from './access-time.ts'

it('puts back the access time where others read meanwhile, and leaves a changed mtime', () => {
  const path = join(temporaryDirectory(), 'file')
  writeFileSync(path, 'x')
  utimesSync(path, 1e9, 1.1e9)
  const file = openKeepingAccessTime(path)
  readSync(file.descriptor, Buffer.alloc(1))
  readFileSync(path)
  utimesSync(path, 1.3e9, 1.2e9)
  file.close()
  expect(statSync(path)).toMatchObject({ atimeMs: 1e12, mtimeMs: 1.2e12 })
})
