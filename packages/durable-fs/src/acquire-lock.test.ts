import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acquireLock } from './acquire-lock.ts'

let root: string
let file: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mailtide-lock-'))
  file = join(root, 'account.lock')
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

const holder = { now: () => new Date('2026-01-02T03:04:05Z'), processId: 4711 }

describe('acquireLock', () => {
  it('refuses a second holder and says who the first is', () => {
    const lock = acquireLock(file, holder)
    expect(() => acquireLock(file)).toThrow(
      expect.objectContaining({
        code: 'lock/held',
        scope: 'account',
        message: `${file} is held by process 4711 since 2026-01-02T03:04:05.000Z`,
        hint: expect.stringContaining('end it'),
      }),
    )
    lock.release()
  })

  it('can be had again once released, however often', () => {
    const first = acquireLock(file)
    first.release()
    first.release()
    const second = acquireLock(file)
    expect(() => acquireLock(file)).toThrow()
    second.release()
  })

  it('names the holder of now, not one of the past', () => {
    acquireLock(file, { ...holder, processId: 1 }).release()
    const lock = acquireLock(file, { ...holder, processId: 2 })
    expect(() => acquireLock(file)).toThrow(/process 2 /)
    lock.release()
  })

  it('dies with the process, even by SIGKILL', async () => {
    const code = `const { acquireLock } = await import(${JSON.stringify(import.meta.resolve('./acquire-lock.ts'))})
      acquireLock(${JSON.stringify(file)})
      console.log('locked')
      setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', code])
    await new Promise((resolve) => child.stdout.once('data', resolve))
    expect(() => acquireLock(file)).toThrow(`process ${child.pid} since`)
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
    acquireLock(file).release()
  })

  it('takes over an empty file, such as OfflineIMAP leaves', () => {
    writeFileSync(file, '')
    acquireLock(file).release()
  })

  it('says that the place cannot be used', () => {
    expect(() => acquireLock(join(root, 'no', 'account.lock'))).toThrow(
      expect.objectContaining({ code: 'lock/unusable', message: expect.stringContaining(join(root, 'no')) }),
    )
    writeFileSync(file, 'this is no database at all, whatever its name may say')
    expect(() => acquireLock(file)).toThrow(expect.objectContaining({ code: 'lock/unusable' }))
  })
})
