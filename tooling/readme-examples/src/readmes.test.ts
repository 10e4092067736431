import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { examplesOf } from './examples.ts'
import { runExample } from './run-example.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const patterns = ['README.md', 'packages/*/README.md', 'packages/credentials/*/README.md', 'apps/*/README.md']
const timeLimit = 20_000

describe.each(globSync(patterns, { cwd: root }).sort())('%s', (file) => {
  const examples = examplesOf(readFileSync(join(root, file), 'utf8'))
  // The README of the whole project may import what the command does.
  const folder = join(root, file === 'README.md' ? 'apps/cli' : dirname(file))

  it('says why, where a block is not to be run', () => {
    const unexplained = examples.filter(({ noRun }) => noRun === '').map(({ line }) => `${file}:${line - 1}`)
    expect(unexplained).toEqual([])
  })

  for (const { line, code, noRun } of examples) {
    it(`runs the example at line ${line}`, { timeout: timeLimit + 5000 }, async (test) => {
      test.skip(noRun !== undefined, noRun)
      await runExample(code, { folder, place: { file, line }, timeLimit })
    })
  }
})
