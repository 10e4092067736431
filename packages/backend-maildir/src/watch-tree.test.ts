import { EventEmitter } from 'node:events'
import {
  type FSWatcher,
  mkdirSync,
  renameSync,
  rmSync,
  utimesSync,
  watch as watchDirectory,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Cursor, FolderPath } from '@mailtide/contracts'
import { temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createMaildirRepository } from './index.ts'
import type { MaildirWatchOptions } from './watch-tree.ts'

const [inbox, work] = ['INBOX', 'Work'] as [FolderPath, FolderPath]
const unread: Cursor = { epoch: '', position: '' }

/** A tree with two folders, watched; what was told at the beginning is taken. */
async function start(watching: MaildirWatchOptions = {}) {
  const root = temporaryDirectory()
  const make = (folder: string) => {
    for (const part of ['tmp', 'new', 'cur']) mkdirSync(join(root, folder, part), { recursive: true })
  }
  for (const folder of [inbox, work]) make(folder)
  const repository = createMaildirRepository({ root, watching: { gather: 5, ...watching } })
  const ending = new AbortController()
  const folders = (repository.watch as NonNullable<typeof repository.watch>)(
    new Map([inbox, work].map((path) => [path, unread])),
    ending.signal,
  )[Symbol.asyncIterator]()
  onTestFinished(async () => {
    ending.abort(new Error('the test is over'))
    await Promise.allSettled([folders.next()])
  })
  const next = async () => (await folders.next()).value as FolderPath | undefined
  const deliver = (folder: string, name: string) => {
    writeFileSync(join(root, folder, 'tmp', name), 'Subject: a\n\n')
    renameSync(join(root, folder, 'tmp', name), join(root, folder, 'new', name))
  }
  expect(new Set([await next(), await next()])).toEqual(new Set([inbox, work]))
  return { root, make, next, deliver }
}

/** Waits that end when a test says so. */
function createTime() {
  const waits = new Set<{ readonly time: number; readonly over: () => void }>()
  return {
    wait: (time: number, signal: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        signal.throwIfAborted()
        const wait = { time, over: resolve }
        waits.add(wait)
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      }),
    async pass(time: number) {
      const due = () => [...waits].filter((wait) => wait.time === time)
      await expect.poll(() => due().length).toBeGreaterThan(0)
      for (const wait of due()) {
        waits.delete(wait)
        wait.over()
      }
    },
  }
}

describe('watching a tree', () => {
  it('tells of a delivery, of a renaming and of a removal', async () => {
    const { root, next, deliver } = await start()
    deliver('Work', 'a')
    expect(await next()).toBe(work)
    renameSync(join(root, 'Work/new/a'), join(root, 'Work/cur/a:2,S'))
    expect(await next()).toBe(work)
    rmSync(join(root, 'Work/cur/a:2,S'))
    expect(await next()).toBe(work)
  })

  it('gathers what happens at once', async () => {
    const { next, deliver } = await start({ gather: 100 })
    for (let serial = 0; serial < 50; serial++) deliver('Work', String(serial))
    expect(await next()).toBe(work)
    deliver('INBOX', 'a')
    expect(await next()).toBe(inbox)
  })

  it('tells of folders that come and go', async () => {
    const { root, make, next } = await start()
    make('New')
    expect(await next()).toBe('New')
    rmSync(join(root, 'INBOX'), { recursive: true })
    for (let told = await next(); told !== inbox; told = await next()) expect(told).toBe('New')
  })

  it('watches anew what was replaced by another directory of its name', async () => {
    const time = createTime()
    const { root, make, next, deliver } = await start({ ...time, watchDirectory: deaf() })
    rmSync(join(root, 'Work'), { recursive: true })
    make('Work')
    await time.pass(30_000)
    expect(await next()).toBe(work)
    deliver('Work', 'a')
    await time.pass(5)
    expect(await next()).toBe(work)
  })

  it.each(['ENOSPC', 'EMFILE'])(
    'looks often, and says so once, where the system can watch no more (%s)',
    async (code) => {
      const time = createTime()
      const reasons: string[] = []
      let begun = 0
      const { root, next, deliver } = await start({
        ...time,
        degraded: (reason) => reasons.push(reason),
        watchDirectory() {
          if (++begun > 2) throw Object.assign(new Error(`${code}: no more`), { code })
          return Object.assign(new EventEmitter(), { close: () => {} }) as unknown as FSWatcher
        },
      })
      const past = new Date(Date.now() - 60_000)
      for (const serial of [1, 2]) {
        deliver('Work', String(serial))
        utimesSync(join(root, 'Work/new'), past, new Date(past.getTime() + serial))
        await time.pass(2000)
        // INBOX is so new that its mtimes prove nothing yet.
        for (let told = await next(); told !== work; told = await next()) expect(told).toBe(inbox)
      }
      expect(reasons).toEqual([`${code}: no more`])
    },
  )

  it('is an error once the root is gone', async () => {
    const { root, next } = await start()
    rmSync(root, { recursive: true })
    await expect(untilError(next)).rejects.toMatchObject({ code: 'maildir/root-missing', scope: 'account' })
  })
})

async function untilError(next: () => Promise<unknown>): Promise<never> {
  for (;;) await next()
}

/** The first watches hear nothing, as those of directories that are gone; those that come later work. */
function deaf() {
  let begun = 0
  return (directory: string, listener: () => void): FSWatcher => {
    begun++
    return watchDirectory(directory, { persistent: false }, begun <= 5 ? () => {} : listener)
  }
}
