import { copyFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runProgram } from '@mailtide/run-program'
import { programsAvailability, temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { readArguments } from './arguments.ts'

const folder = fileURLToPath(new URL('../systemd/', import.meta.url))
const units = readdirSync(folder)

describe('the systemd units', () => {
  it('are those of OfflineIMAP under our name', () => {
    expect(units.sort()).toEqual([
      'mailtide-oneshot.service',
      'mailtide-oneshot.timer',
      'mailtide-oneshot@.service',
      'mailtide-oneshot@.timer',
      'mailtide.service',
      'mailtide@.service',
    ])
  })

  it.each(units.filter((name) => name.endsWith('.service')))('%s starts mailtide with flags that there are', (name) => {
    const [, words = ''] =
      /^ExecStart=\/usr\/bin\/env mailtide (.*)$/m.exec(readFileSync(join(folder, name), 'utf8')) ?? []
    const asked = readArguments(words.replace('%I', 'home').split(' '))
    expect(asked).toMatchObject({
      command: 'sync',
      flags: { once: name.includes('oneshot'), ui: 'basic', ...(name.includes('@') && { accounts: ['home'] }) },
    })
  })

  it.for(units)('%s is understood by systemd', async (name, ctx) => {
    const availability = await programsAvailability({ 'systemd-analyze': 'systemd' })
    if (!availability.ok) return ctx.skip(availability.reason)
    const directory = temporaryDirectory()
    for (const unit of units) copyFileSync(join(folder, unit), join(directory, unit.replace('@.', '@home.')))
    const file = join(directory, name.replace('@.', '@home.'))
    const { exitCode, stderr } = await runProgram({
      command: 'systemd-analyze',
      args: ['verify', '--user', '--man=no', file],
      env: { XDG_RUNTIME_DIR: directory, SYSTEMD_UNIT_PATH: `${directory}:` },
      timeout: 60_000,
      accepts: () => true,
    })
    expect({ exitCode, said: stderr.includes('mailtide') ? stderr : '' }).toEqual({ exitCode: 0, said: '' })
  })
})
