import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { shareFiles } from './share-files.ts'

const folder = new URL('../share/', import.meta.url)

describe('share/', () => {
  it('holds these files and no others', () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(shareFiles()).sort())
  })

  it.each(Object.entries(shareFiles()))('%s is up to date (pnpm --filter mailtide share)', (name, text) => {
    expect(readFileSync(new URL(name, folder), 'utf8')).toBe(text)
  })

  it.for([
    ['mailtide.1', '--allow-deletions'],
    ['mailtide.conf.5', 'folderfilter'],
  ] as const)('holds a manual page that man has nothing to say against: %s', ([name, told], ctx) => {
    const page = fileURLToPath(new URL(name, folder))
    const env = { ...process.env, LC_ALL: 'C.UTF-8', MANWIDTH: '80' }
    const { error, status, stdout, stderr } = spawnSync('man', ['--warnings', '-l', page], { encoding: 'utf8', env })
    if (error) return ctx.skip('man is not installed')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain(told)
  })
})
