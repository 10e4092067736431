import { type FolderPath, type KnownMessages, messageId, noFlags } from '@mailtide/contracts'
import { bodyOf, bytesOf } from '@mailtide/message-bytes'
import { describe, expect, it } from 'vitest'
import { createMemoryRepository, type MemoryOptions } from './index.ts'

const inbox = 'INBOX' as FolderPath
const signal = new AbortController().signal
const nothingKnown: KnownMessages = { count: 0, has: () => false, ids: () => [] }

const outgoing = (...texts: string[]) =>
  texts.map((text) => ({ id: messageId('x'), flags: noFlags, body: bodyOf(Buffer.from(text)), token: '' }))

async function opened(mails: string[], options: MemoryOptions = {}) {
  const repository = createMemoryRepository({ INBOX: mails }, options)
  const texts = () =>
    repository
      .mailbox('INBOX')
      .list()
      .map(({ bytes }) => Buffer.from(bytes).toString())
  return { repository, folder: await repository.open(inbox, 'select', signal), texts }
}

function crashAt(moment: 'beforeEffect' | 'afterEffect', effects: number): MemoryOptions {
  let left = effects
  return {
    [moment]: () => {
      if (--left <= 0) throw new Error('crash')
    },
  }
}

describe('createMemoryRepository', () => {
  it('has an empty INBOX to begin with', async () => {
    const repository = createMemoryRepository()
    expect(await repository.survey(new Map(), signal)).toEqual([{ path: 'INBOX', mayHaveChanged: true }])
    expect(repository.mailbox('INBOX').list()).toEqual([])
  })

  it('takes texts, bytes, flags and dates', () => {
    const receivedAt = new Date('2024-02-29T12:00:00Z')
    const full = { bytes: Uint8Array.of(0, 255), flags: ['\\Seen'], receivedAt }
    const mailbox = createMemoryRepository({ 'Lists/a': ['ü', full] }).mailbox('Lists/a')
    expect(mailbox.list()).toMatchObject([
      { id: '1', bytes: Buffer.from('ü'), flags: noFlags },
      { id: '2', bytes: Uint8Array.of(0, 255), flags: new Set(['\\Seen']), receivedAt },
    ])
  })

  it.each([
    { moment: 'beforeEffect', effects: 2, stored: ['a'] },
    { moment: 'afterEffect', effects: 2, stored: ['a', 'b'] },
  ] as const)('leaves half a batch behind when it crashes: $moment $effects', async ({ moment, effects, stored }) => {
    const { folder, texts } = await opened([], crashAt(moment, effects))
    await expect(folder.append(outgoing('a', 'b', 'c'), signal)).rejects.toThrow('crash')
    expect(texts()).toEqual(stored)
  })

  it('crashes at one flag change, one removal, one folder, one rename', async () => {
    const { folder, repository, texts } = await opened(['a', 'b'], { ...crashAt('afterEffect', 1), notesPeers: true })
    const ids = ['1', '2'].map(messageId)
    const add = new Set(['\\Seen'])
    const crashes = [
      folder.changeFlags([{ ids, add, drop: noFlags }], signal),
      folder.notePeers?.([{ id: messageId('2'), peer: messageId('77') }], signal),
      folder.remove(ids, signal),
      repository.createFolder('a/b' as FolderPath, signal),
    ]
    for (const crash of crashes) await expect(crash).rejects.toThrow('crash')
    expect(texts()).toEqual(['b'])
    expect(repository.mailbox('INBOX').list()).toMatchObject([{ id: '2,U=77', peer: '77', flags: noFlags }])
    expect(repository.paths()).toEqual(['INBOX', 'a'])
  })

  it('counts only changes as effects', async () => {
    const seen: string[] = []
    const { folder, repository } = await opened(['a'], { beforeEffect: ({ kind }) => void seen.push(kind) })
    const ids = ['1', '9'].map(messageId)
    await folder.changeFlags([{ ids, add: noFlags, drop: new Set(['\\Seen']) }], signal)
    await folder.remove([messageId('9')], signal)
    await repository.createFolder(inbox, signal)
    expect(seen).toEqual([])
  })

  it('lets nothing through that was left over from before close', async () => {
    const { folder, repository, texts } = await opened(['a'])
    await repository.close()
    await expect(folder.remove([messageId('1')], signal)).rejects.toMatchObject({ code: 'memory/folder-closed' })
    await repository.open(inbox, 'select', signal)
    expect(texts()).toEqual(['a'])
  })

  it('turns away who waits for a connection when it is closed or given up', async () => {
    const { repository } = await opened([], { connections: 1 })
    const givingUp = new AbortController()
    const impatient = repository.open(inbox, 'examine', givingUp.signal)
    const patient = repository.open(inbox, 'examine', signal)
    givingUp.abort(new Error('enough'))
    await repository.close()
    await expect(impatient).rejects.toThrow('enough')
    await expect(patient).rejects.toMatchObject({ code: 'memory/repository-closed' })
  })

  it('answers everything each time where it is told to', async () => {
    const { folder } = await opened(['a'], { changes: 'full' })
    const { cursor } = await folder.changes(undefined, nothingKnown, signal)
    expect(await folder.changes(cursor, nothingKnown, signal)).toMatchObject({ kind: 'full' })
  })

  it('refuses single messages where it is told to, and takes their neighbours', async () => {
    const refused = new Error('too big')
    const { folder, texts } = await opened(['a', 'b'], {
      refuseAppend: (bytes) => (bytes.length > 1 ? refused : undefined),
      refuseRead: (id) => (id === '1' ? refused : undefined),
    })
    expect(await folder.append(outgoing('long', 'c'), signal)).toEqual([{ error: refused }, { id: '3' }])
    expect(texts()).toEqual(['a', 'b', 'c'])
    const read = []
    for await (const message of folder.read(['1', '2'].map(messageId), signal)) read.push(message)
    expect(read).toMatchObject([{ id: '1', error: refused }, { id: '2' }])
  })

  it('takes no changes in folders that are read-only', async () => {
    const { folder } = await opened(['a'], { isReadOnly: () => true })
    expect(await folder.isReadOnly(signal)).toBe(true)
    await expect(folder.remove([messageId('1')], signal)).rejects.toMatchObject({ code: 'memory/read-only' })
  })

  it('streams a big body once, and only until the next message is asked for', async () => {
    const { folder } = await opened(['x'.repeat(3_000_000), 'y'.repeat(3_000_000)])
    const bodies = []
    for await (const message of folder.read(['1', '2'].map(messageId), signal)) {
      if ('error' in message) throw message.error
      bodies.push(message.body)
      if (bodies.length === 1) expect((await bytesOf(message.body)).length).toBe(3_000_000)
      if (bodies.length === 1) await expect(bytesOf(message.body)).rejects.toMatchObject({ code: 'memory/body-taken' })
    }
    for (const body of bodies) await expect(bytesOf(body)).rejects.toMatchObject({ code: 'memory/body-taken' })
  })

  it('is told from another store by its mark', async () => {
    const repository = createMemoryRepository({ INBOX: ['a'] }, { carriesMark: true })
    expect(await repository.readMark?.(signal)).toBeUndefined()
    const mark = await repository.establish?.(signal)
    expect([await repository.readMark?.(signal), await repository.establish?.(signal)]).toEqual([mark, mark])
    repository.setMark('another')
    expect(await repository.readMark?.(signal)).toBe('another')
  })

  it('throws while it is unmounted, and is whole again afterwards', async () => {
    const repository = createMemoryRepository({ INBOX: ['a'] }, { carriesMark: true })
    const mark = await repository.establish?.(signal)
    repository.unmount()
    expect(await repository.readMark?.(signal)).toBeUndefined()
    await expect(repository.survey(new Map(), signal)).rejects.toMatchObject({ code: 'memory/root-missing' })
    await expect(repository.open(inbox, 'select', signal)).rejects.toMatchObject({ code: 'memory/root-missing' })
    expect(await repository.establish?.(signal)).not.toBe(mark)
    expect(repository.paths()).toEqual([])
    repository.mount()
    expect(await repository.readMark?.(signal)).toBe(mark)
    expect(repository.mailbox('INBOX').list()).toHaveLength(1)
  })

  it('tells roles', async () => {
    const repository = createMemoryRepository({ Bin: [] }, { roles: { Bin: 'trash' } })
    expect(await repository.survey(new Map(), signal)).toMatchObject([{ path: 'Bin', role: 'trash' }])
  })

  it('forgets a folder and makes another of its name', async () => {
    const { repository, folder } = await opened(['a'])
    const { cursor } = await folder.changes(undefined, nothingKnown, signal)
    repository.mailbox('INBOX').delete()
    await expect(folder.changes(undefined, nothingKnown, signal)).rejects.toMatchObject({
      code: 'memory/no-such-folder',
    })
    expect(repository.mailbox('INBOX').exists()).toBe(false)
    repository.mailbox('INBOX').create()
    expect(await repository.survey(new Map([[inbox, cursor]]), signal)).toMatchObject([{ mayHaveChanged: true }])
  })
})
