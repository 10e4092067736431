import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeFiles } from './write-files.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mailtide-files-'))
  mkdirSync(join(root, 'tmp'))
  mkdirSync(join(root, 'cur'))
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

const file = (name: string, content: Uint8Array | AsyncIterable<Uint8Array>, directory = 'cur') => ({
  temporary: join(root, 'tmp', name),
  target: join(root, directory, name),
  content,
})

async function* chunks(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text)
}

describe.each([{ durable: true }, { durable: false }])('writeFiles, durable: $durable', (options) => {
  it('writes more files than fit one group', async () => {
    const files = Array.from({ length: 150 }, (_, n) => file(`f${n}`, Buffer.from(`content ${n}`)))
    expect(await writeFiles(files, options)).toEqual(files.map(() => undefined))
    expect(readdirSync(join(root, 'cur'))).toHaveLength(150)
    expect(readFileSync(join(root, 'cur', 'f149'), 'utf8')).toBe('content 149')
    expect(readdirSync(join(root, 'tmp'))).toEqual([])
  })

  it('writes streams, empty files and an mtime', async () => {
    const modifiedAt = new Date('2001-02-03T04:05:06Z')
    const files = [{ ...file('a', chunks('one ', 'two')), modifiedAt }, file('b', new Uint8Array(0))]
    expect(await writeFiles(files, options)).toEqual([undefined, undefined])
    expect(readFileSync(join(root, 'cur', 'a'), 'utf8')).toBe('one two')
    expect(statSync(join(root, 'cur', 'a')).mtime).toEqual(modifiedAt)
    expect(statSync(join(root, 'cur', 'b')).size).toBe(0)
  })

  it('never replaces what is there', async () => {
    writeFileSync(join(root, 'cur', 'a'), 'old')
    const [error] = await writeFiles([file('a', Buffer.from('new'))], options)
    expect(error).toMatchObject({ code: 'files/exists' })
    expect(readFileSync(join(root, 'cur', 'a'), 'utf8')).toBe('old')
    expect(readdirSync(join(root, 'tmp'))).toEqual([])
  })

  it('leaves nothing of a stream that breaks off, and its neighbours go on', async () => {
    const broken = new Error('connection lost')
    async function* breaking() {
      yield Buffer.from('half')
      throw broken
    }
    const files = [file('a', Buffer.from('a')), file('b', breaking()), file('c', chunks('c'))]
    expect(await writeFiles(files, options)).toEqual([undefined, broken, undefined])
    expect(readdirSync(join(root, 'tmp'))).toEqual([])
    expect(readdirSync(join(root, 'cur')).sort()).toEqual(['a', 'c'])
  })

  it('says which path is missing', async () => {
    const [error] = await writeFiles([file('a', Buffer.from('a'), 'gone')], options)
    expect(error).toMatchObject({ code: 'files/missing', message: expect.stringContaining(join(root, 'gone', 'a')) })
    expect(readdirSync(join(root, 'tmp'))).toEqual([])
  })

  it('does not touch a temporary file of someone else', async () => {
    writeFileSync(join(root, 'tmp', 'a'), 'theirs')
    const [error] = await writeFiles([file('a', Buffer.from('a'))], options)
    expect(error).toMatchObject({ code: 'files/exists' })
    expect(readFileSync(join(root, 'tmp', 'a'), 'utf8')).toBe('theirs')
    expect(existsSync(join(root, 'cur', 'a'))).toBe(false)
  })
})
