import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeDirectories } from './make-directories.ts'
import { replaceFile } from './replace-file.ts'
import { writeFiles } from './write-files.ts'

let root: string
let refusal: string | undefined

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mailtide-small-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', root], { stdio: 'pipe' })
    refusal = undefined
  } catch {
    refusal = 'this user may not mount a small tmpfs'
  }
})

afterEach(() => {
  if (!refusal) execFileSync('umount', ['-l', root])
  rmSync(root, { recursive: true, force: true })
})

const durable = { durable: true }

it('a full disk: says so, removes what was half-written, keeps what fits', async (ctx) => {
  if (refusal) return ctx.skip(refusal)
  mkdirSync(join(root, 'tmp'))
  const file = (name: string, size: number) => ({
    temporary: join(root, 'tmp', name),
    target: join(root, name),
    content: Buffer.alloc(size, 97),
  })
  const outcomes = await writeFiles([file('a', 9000), file('b', 900_000), file('c', 9000)], durable)
  expect(outcomes).toEqual([
    undefined,
    expect.objectContaining({ code: 'files/disk-full', scope: 'account' }),
    undefined,
  ])
  expect(readdirSync(root).sort()).toEqual(['a', 'c', 'tmp'])
  expect(readdirSync(join(root, 'tmp'))).toEqual([])
})

it('a full disk: a file that was to be replaced stays as it was', async (ctx) => {
  if (refusal) return ctx.skip(refusal)
  writeFileSync(join(root, 'list'), 'old')
  await expect(replaceFile(join(root, 'list'), Buffer.alloc(900_000), durable)).rejects.toMatchObject({
    code: 'files/disk-full',
    hint: expect.stringContaining('Free some space'),
  })
  expect(readFileSync(join(root, 'list'), 'utf8')).toBe('old')
  expect(readdirSync(root)).toEqual(['list'])
})

it('a disk mounted read-only: says so', async (ctx) => {
  if (refusal) return ctx.skip(refusal)
  execFileSync('mount', ['-o', 'remount,ro', root])
  await expect(replaceFile(join(root, 'list'), 'new', durable)).rejects.toMatchObject({ code: 'files/not-permitted' })
  await expect(makeDirectories(join(root, 'a', 'b'), { mode: 0o700, durable: true })).rejects.toMatchObject({
    code: 'files/not-permitted',
    message: expect.stringContaining('EROFS'),
  })
})
