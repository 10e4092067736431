import { execFileSync, spawn } from 'node:child_process'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { type FolderPair, type FolderPath, messageId, noFlags, type Pair } from '@mailtide/contracts'
import { temporaryDirectory } from '@mailtide/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStatus } from './index.ts'

const inbox: FolderPair = { local: 'INBOX' as FolderPath, remote: 'INBOX' as FolderPath }

function batch(serial: number): Pair[] {
  return Array.from({ length: 64 }, (_, index) => ({
    local: messageId(`${serial}-${index}`),
    remote: messageId(String(serial * 64 + index)),
    flags: noFlags,
  }))
}

describe('a process killed amid its commits', () => {
  it.each([1, 7, 40])('leaves every commit that it was told of, and no half one: %i', async (commits) => {
    const file = join(temporaryDirectory(), 'mailtide.sqlite')
    const told = await killAfter(file, commits)
    expect(readdirSync(dirname(file))).toContain('mailtide.sqlite-wal')

    const looked = openStatus({ file, durable: true, readOnly: true })
    const seen = looked.folder(inbox).count
    looked.close()
    const status = openStatus({ file, durable: true })
    const folder = status.folder(inbox)
    const found = [...folder.pairs()]
    expect([found.length, folder.count, seen]).toEqual([found.length, found.length, found.length])
    expect(found.length % 64).toBe(0)
    expect(found.length / 64).toBeGreaterThanOrEqual(told)
    expect(folder.cursors?.local.position).toBe(String(found.length / 64))
    expect(folder.intents()).toHaveLength(64)
    folder.commit({ put: batch(9999) })
    expect(folder.count).toBe(found.length + 64)
    status.close()
  })
})

async function killAfter(file: string, commits: number): Promise<number> {
  const script = `
    const { openStatus } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)})
    const folder = openStatus({ file: ${JSON.stringify(file)}, durable: true }).folder(${JSON.stringify(inbox)})
    const batch = (serial) => Array.from({ length: 64 }, (_, index) => (
      { local: serial + '-' + index, remote: String(serial * 64 + index), flags: new Set() }
    ))
    const intents = batch(0).map(({ local }) => ({ to: 'remote', source: local, token: 'x' }))
    folder.intend(intents)
    for (let serial = 0; ; serial++) {
      const cursor = { epoch: '1', position: String(serial + 1) }
      folder.commit({ put: batch(serial), cursors: { local: cursor, remote: cursor } })
      process.stdout.write(serial + 1 + '\\n')
    }`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  let told = 0
  for await (const line of createInterface(child.stdout)) {
    told = Number(line)
    if (told >= commits) child.kill('SIGKILL')
  }
  return told
}

describe('a full disk', () => {
  let root: string
  let refusal: string | undefined

  beforeEach(() => {
    root = temporaryDirectory()
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', root], { stdio: 'pipe' })
      refusal = undefined
    } catch {
      refusal = 'this user may not mount a small tmpfs'
    }
  })

  afterEach(() => {
    if (!refusal) execFileSync('umount', ['-l', root])
  })

  it('stops a commit whole; the status goes on once there is space', (context) => {
    if (refusal) return context.skip(refusal)
    writeFileSync(join(root, 'ballast'), Buffer.alloc(300_000))
    const status = openStatus({ file: join(root, 'mailtide.sqlite'), durable: true })
    const folder = status.folder(inbox)
    let commits = 0
    const fill = () => {
      for (; commits < 1000; commits++) folder.commit({ put: batch(commits) })
    }
    expect(fill).toThrow(
      expect.objectContaining({ code: 'status/disk-full', hint: expect.stringContaining('Free some space') }),
    )
    expect([folder.count, [...folder.pairs()].length]).toEqual([commits * 64, commits * 64])
    rmSync(join(root, 'ballast'))
    folder.commit({ put: batch(commits) })
    expect(folder.count).toBe((commits + 1) * 64)
    status.close()
  })

  it('says so when not even an empty status fits', (context) => {
    if (refusal) return context.skip(refusal)
    writeFileSync(join(root, 'ballast'), Buffer.alloc(1_040_000))
    const file = join(root, 'mailtide.sqlite')
    expect(() => openStatus({ file, durable: true })).toThrow(expect.objectContaining({ code: 'status/disk-full' }))
    rmSync(join(root, 'ballast'))
    openStatus({ file, durable: true }).close()
  })

  it('that is mounted read-only is told from a full one, and can still be read', (context) => {
    if (refusal) return context.skip(refusal)
    const file = join(root, 'mailtide.sqlite')
    const status = openStatus({ file, durable: true })
    status.folder(inbox).commit({ put: batch(0) })
    status.close()
    execFileSync('mount', ['-o', 'remount,ro', root])
    const change = () =>
      openStatus({ file, durable: true })
        .folder(inbox)
        .commit({ put: batch(1) })
    expect(change).toThrow(expect.objectContaining({ code: 'status/unreachable' }))
    const looked = openStatus({ file, durable: true, readOnly: true })
    expect(looked.folder(inbox).count).toBe(64)
    looked.close()
  })
})
