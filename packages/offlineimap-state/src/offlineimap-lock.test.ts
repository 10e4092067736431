import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest'
import { offlineImapLock } from './offlineimap-lock.ts'

function lockFile(): { metadata: string; file: string } {
  const metadata = temporaryDirectory()
  const file = join(metadata, 'home.lock')
  writeFileSync(file, '')
  return { metadata, file }
}

/** A process that holds a lock once it has said so, until its input ends. */
async function holder(command: string, ...args: string[]): Promise<ChildProcess> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(async () => {
    const ended = once(child, 'exit')
    child.stdin.end()
    if (child.exitCode === null) await ended
  })
  await once(child.stdout, 'data')
  return child
}

/** A table with a lock on this file, in which process, device or inode are others. */
function tableOf(file: string, { processId = 1, device = '', inode = '' }): string {
  const { dev, ino } = statSync(file)
  const hex = (part: number) => part.toString(16).padStart(2, '0')
  const own = `${hex((dev >> 8) & 0xfff)}:${hex((dev & 0xff) | ((dev >> 12) & 0xfff00))}`
  const table = join(temporaryDirectory(), 'locks')
  writeFileSync(table, `1: POSIX  ADVISORY  WRITE ${processId} ${device || own}:${inode || ino} 0 EOF\n`)
  return table
}

const needsLinux = (context: TestContext) =>
  existsSync('/proc/locks') ? undefined : context.skip('locks of others are seen on Linux only')

describe('offlineImapLock', () => {
  it('is free where there is no lock file, or nobody holds it', (context) => {
    expect(offlineImapLock(temporaryDirectory(), 'home')).toEqual({ state: 'free' })
    needsLinux(context)
    expect(offlineImapLock(lockFile().metadata, 'home')).toEqual({ state: 'free' })
  })

  it('is held by a process that used flock', async (context) => {
    needsLinux(context)
    const { metadata, file } = lockFile()
    if (!['/usr/bin/flock', '/bin/flock'].some((path) => existsSync(path))) context.skip('there is no flock')
    await holder('flock', '-n', file, 'sh', '-c', 'echo held; read _')
    expect(offlineImapLock(metadata, 'home')).toEqual({ state: 'held', processId: expect.any(Number) })
    expect(offlineImapLock(metadata, 'work')).toEqual({ state: 'free' })
  })

  it('is held by a process that used fcntl', async (context) => {
    needsLinux(context)
    const { metadata, file } = lockFile()
    // SQLite locks its files by fcntl.
    const script = `const database = new (require('node:sqlite').DatabaseSync)(process.argv[1])
      database.exec('BEGIN EXCLUSIVE')
      console.log('held')
      process.stdin.resume()`
    const child = await holder(process.execPath, '-e', script, file)
    expect(offlineImapLock(metadata, 'home')).toEqual({ state: 'held', processId: child.pid })
    child.stdin?.end()
    await once(child, 'exit')
    expect(offlineImapLock(metadata, 'home')).toEqual({ state: 'free' })
  })

  it('is not held by who waits for it, by ourselves, or by a file elsewhere with the same number', (context) => {
    needsLinux(context)
    const { metadata, file } = lockFile()
    const ofOthers = tableOf(file, {})
    expect(offlineImapLock(metadata, 'home', { table: ofOthers })).toEqual({ state: 'held', processId: 1 })
    const { ino } = statSync(file)
    writeFileSync(ofOthers, `1: -> POSIX  ADVISORY  WRITE 1 fe:00:${ino} 0 EOF\n`)
    expect(offlineImapLock(metadata, 'home', { table: ofOthers })).toEqual({ state: 'free' })
    const ours = tableOf(file, { processId: process.pid })
    expect(offlineImapLock(metadata, 'home', { table: ours })).toEqual({ state: 'free' })
    const elsewhere = tableOf(file, { device: 'ff:fff', processId: process.ppid })
    expect(offlineImapLock(metadata, 'home', { table: elsewhere })).toEqual({ state: 'free' })
  })

  it('is held where it cannot be told which file it is', (context) => {
    needsLinux(context)
    const { metadata, file } = lockFile()
    const table = tableOf(file, { device: 'ff:fff', processId: -1 })
    expect(offlineImapLock(metadata, 'home', { table })).toEqual({ state: 'held', processId: undefined })
  })

  it('is unknown where the system has no table of locks', () => {
    const answer = offlineImapLock(lockFile().metadata, 'home', { table: join(temporaryDirectory(), 'locks') })
    expect(answer).toEqual({ state: 'unknown', reason: expect.stringContaining('locks') })
  })
})
