import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeDirectories } from './make-directories.ts'
import { replaceFile } from './replace-file.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mailtide-replace-'))
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

const permissions = (path: string) => statSync(path).mode & 0o777

describe('replaceFile', () => {
  it('creates a file with the mode asked for, and nothing beside it', async () => {
    await replaceFile(join(root, 'mark'), 'one', { durable: true, mode: 0o600 })
    expect(readFileSync(join(root, 'mark'), 'utf8')).toBe('one')
    expect(permissions(join(root, 'mark'))).toBe(0o600)
    expect(readdirSync(root)).toEqual(['mark'])
  })

  it('keeps the mode of what it replaces', async () => {
    writeFileSync(join(root, 'list'), 'old', { mode: 0o640 })
    await replaceFile(join(root, 'list'), Buffer.from('new'), { durable: false })
    expect(readFileSync(join(root, 'list'), 'utf8')).toBe('new')
    expect(permissions(join(root, 'list'))).toBe(0o640)
  })

  it('replaces the file that a symbolic link leads to', async () => {
    writeFileSync(join(root, 'real'), 'old')
    symlinkSync('real', join(root, 'link'))
    await replaceFile(join(root, 'link'), 'new', { durable: true })
    expect(lstatSync(join(root, 'link')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(root, 'real'), 'utf8')).toBe('new')
  })

  it('is not stopped by what a killed run left behind', async () => {
    writeFileSync(join(root, `list.${process.pid}.tmp`), 'half')
    await replaceFile(join(root, 'list'), 'new', { durable: true })
    expect(readdirSync(root)).toEqual(['list'])
  })

  it('says that the directory is missing', async () => {
    await expect(replaceFile(join(root, 'no', 'list'), 'new', { durable: true })).rejects.toMatchObject({
      code: 'files/missing',
      message: expect.stringContaining(join(root, 'no', 'list')),
    })
  })
})

describe('makeDirectories', () => {
  it('makes all that is missing with one mode', async () => {
    await makeDirectories(join(root, 'a', 'b', 'c'), { mode: 0o700, durable: true })
    expect(['a', 'a/b', 'a/b/c'].map((path) => permissions(join(root, path)))).toEqual([0o700, 0o700, 0o700])
  })

  it('is content with what is there', async () => {
    await makeDirectories(root, { mode: 0o700, durable: true })
    expect(readdirSync(root)).toEqual([])
  })

  it('says that a file is in the way', async () => {
    writeFileSync(join(root, 'a'), '')
    await expect(makeDirectories(join(root, 'a'), { mode: 0o700, durable: true })).rejects.toMatchObject({
      code: 'files/exists',
    })
  })
})
