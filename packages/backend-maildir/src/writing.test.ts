import { linkSync, readdirSync, readFileSync, renameSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { type MessageId, messageId, noFlags } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { createFixture, inbox, inboxHash, knownIds, list, outgoing, signal, texts } from './maildir.fixture.ts'

const ids = (...names: string[]): MessageId[] => names.map(messageId)
const seen = new Set(['\\Seen'])

describe('appending', () => {
  it("gives OfflineIMAP's names, in new or cur by whether it was seen", async () => {
    const { folder, names, at } = await createFixture()
    const plain = { ...outgoing('', 'A: 1\r\n\r\nx'), id: messageId('4') }
    const messages = [plain, outgoing('', 'B', ['\\Seen', '$Forwarded', 'junk'])]
    const tokens = await folder.prepare(messages, signal)
    const batch = messages.map((message, index) => ({ ...message, token: tokens[index] ?? '' }))
    expect(await folder.append(batch, signal)).toEqual(tokens.map((id) => ({ id })))
    expect(names('new')).toEqual([`1893456000_0.7.vm,U=4,FMD5=${inboxHash}:2,`])
    expect(names('cur')).toEqual([`1893456000_1.7.vm,U=1,FMD5=${inboxHash}:2,PS`])
    expect(names('tmp')).toEqual([])
    expect(readFileSync(at('INBOX/new', names('new')[0] ?? ''), 'utf8')).toBe('A: 1\n\nx')
  })

  it('hashes the local name that it is told', async () => {
    const { folder } = await createFixture({ localName: (path) => `${path}` })
    const other = await createFixture({ localName: () => '' })
    const tokens = [folder, other.folder].map((each) => each.prepare([outgoing('', '')], signal))
    expect((await Promise.all(tokens)).flat()).toEqual([
      `1893456000_0.7.vm,U=1,FMD5=${inboxHash}`,
      '1893456000_0.7.vm,U=1,FMD5=d41d8cd98f00b204e9800998ecf8427e',
    ])
  })

  it.each([true, false])('sets the mtime to the time of receipt: %s', async (mtimeFromReceivedAt) => {
    const receivedAt = new Date('2001-02-03T04:05:06Z')
    const { folder, at } = await createFixture({ mtimeFromReceivedAt, durable: false })
    const nonsense = { ...outgoing('b', ''), receivedAt: new Date(Number.NaN) }
    await folder.append([{ ...outgoing('a', ''), receivedAt }, nonsense], signal)
    expect(statSync(at('INBOX/new/a:2,')).mtime.getTime() === receivedAt.getTime()).toBe(mtimeFromReceivedAt)
    expect(statSync(at('INBOX/new/b:2,')).mtime.getFullYear()).toBeGreaterThan(2020)
  })

  it('never replaces a message', async () => {
    const { folder, put, at, names } = await createFixture()
    put('new/a:2,', 'theirs')
    expect(await folder.append([outgoing('a', 'ours')], signal)).toMatchObject([{ error: { code: 'files/exists' } }])
    expect(readFileSync(at('INBOX/new/a:2,'), 'utf8')).toBe('theirs')
    expect(names('tmp')).toEqual([])
  })

  it('makes tmp where it is missing, and cleans up in it what is old and ours', async () => {
    const { reopened, put, names, clock } = await createFixture()
    put(`tmp/1_0.7.vm,U=4,FMD5=${inboxHash}:2,`)
    put('tmp/theirs')
    const hours = (count: number) => new Date(Date.now() + count * 3_600_000)
    clock.now = hours(35)
    await (await reopened()).append([outgoing('a', '')], signal)
    expect(names('tmp')).toHaveLength(2)
    clock.now = hours(37)
    await (await reopened()).append([outgoing('b', '')], signal)
    expect(names('tmp')).toEqual(['theirs'])
  })
})

describe('flag changes', () => {
  it('move between new and cur only what changed, and keep unknown letters', async () => {
    const { folder, put, names } = await createFixture()
    put('cur/read-elsewhere:2,')
    put('cur/a:2,zSF')
    put('new/b:2,')
    const all = ids('read-elsewhere', 'a', 'b')
    await folder.changeFlags([{ ids: all, add: noFlags, drop: new Set(['\\Draft', 'junk']) }], signal)
    expect(names('cur')).toEqual(['a:2,zSF', 'read-elsewhere:2,'])
    await folder.changeFlags(
      [
        { ids: ids('a'), add: new Set(['\\Answered']), drop: seen },
        { ids: ids('b', 'gone'), add: seen, drop: noFlags },
        { ids: ids('b'), add: new Set(['\\Deleted']), drop: noFlags },
      ],
      signal,
    )
    expect([names('new'), names('cur')]).toEqual([['a:2,FRz'], ['b:2,ST', 'read-elsewhere:2,']])
  })

  it('keep what stands behind the letters', async () => {
    const { folder, put, names } = await createFixture()
    put('new/a:2,F1;x')
    await folder.changeFlags([{ ids: ids('a'), add: seen, drop: noFlags }], signal)
    expect(names('cur')).toEqual(['a:2,FS1;x'])
    const [renamed] = (await folder.notePeers?.([{ id: messageId('a'), peer: messageId('9') }], signal))?.values() ?? []
    expect(names('cur')).toEqual([`${renamed}:2,FS1;x`])
  })

  it('take keywords that have a letter, and leave letters that nobody configured', async () => {
    const customFlags = new Map([['w', '$Work']])
    const { folder, maildir, put, names } = await createFixture({ customFlags })
    expect(['$Work', '$Other', '$Forwarded'].map(maildir.capabilities.canStore)).toEqual([true, false, true])
    put('cur/a:2,Saz')
    const add = new Set(['$Work', '$Other', '$Forwarded'])
    await folder.changeFlags([{ ids: ids('a'), add, drop: noFlags }], signal)
    expect(names('cur')).toEqual(['a:2,PSawz'])
    expect((await list(folder)).get('a')?.flags).toEqual(new Set(['$Forwarded', '\\Seen', '$Work']))
    await folder.changeFlags([{ ids: ids('a'), add: noFlags, drop: add }], signal)
    expect(names('cur')).toEqual(['a:2,Saz'])
    await folder.append([outgoing('b', '', ['\\Seen', ...add])], signal)
    expect(names('cur')).toEqual(['a:2,Saz', 'b:2,PSw'])
  })

  it('follow a client that renames at the same time', async () => {
    const { folder, put, names, at } = await createFixture()
    put('new/a:2,')
    await list(folder)
    renameSync(at('INBOX/new/a:2,'), at('INBOX/cur/a:2,FS'))
    await folder.changeFlags([{ ids: ids('a'), add: new Set(['\\Answered']), drop: noFlags }], signal)
    expect(names('cur')).toEqual(['a:2,FRS'])
  })

  it('use the other separator where told so', async () => {
    const { folder, put, names } = await createFixture({ infoSeparator: '!' })
    put('new/a!2,')
    put('cur/b:2,S')
    await folder.changeFlags([{ ids: ids('a', 'b'), add: new Set(['\\Flagged']), drop: noFlags }], signal)
    expect([names('new'), names('cur')]).toEqual([['a!2,F'], ['b!2,FS']])
  })

  it('lose nothing where a twin has the name that is wanted', async () => {
    const { folder, put, names, at } = await createFixture()
    put('cur/a:2,S', 'one')
    put('new/a:2,', 'another')
    await folder.changeFlags([{ ids: ids('a'), add: noFlags, drop: seen }], signal)
    expect(names('cur')).toEqual([])
    const listed = [...(await list(folder)).keys()]
    expect(Object.values(await texts(folder, listed)).sort()).toEqual(['another', 'one'])
    put('cur/b:2,S', 'same')
    linkSync(at('INBOX/cur/b:2,S'), at('INBOX/new/b:2,'))
    await list(folder)
    await folder.changeFlags([{ ids: ids('b'), add: noFlags, drop: seen }], signal)
    expect([names('cur'), names('new').filter((name) => name.startsWith('b'))]).toEqual([[], ['b:2,']])
  })
})

describe('removing', () => {
  it('removes these and no others, wherever a client moved them', async () => {
    const { folder, put, names, at } = await createFixture()
    for (const name of ['new/a:2,', 'cur/b:2,S', 'new/c:2,', 'cur/ab:2,']) put(name)
    await list(folder)
    renameSync(at('INBOX/new/a:2,'), at('INBOX/cur/a:2,S'))
    unlinkSync(at('INBOX/new/c:2,'))
    await folder.remove(ids('a', 'b', 'c', 'never'), signal)
    expect([names('new'), names('cur')]).toEqual([[], ['ab:2,']])
  })

  it('removes a message from new and cur if it is in both', async () => {
    const { folder, put } = await createFixture()
    put('new/a:2,')
    put('cur/a:2,S')
    put('cur/a:2,FS')
    await folder.remove(ids('a'), signal)
    expect((await list(folder)).size).toBe(0)
  })
})

describe('noting peers', () => {
  it('gives a new name with the UID; directory, flags and content stay', async () => {
    const { folder, put, names, at } = await createFixture()
    put('cur/1600000000.M1P2.host:2,Fz', 'x')
    put('new/1600000000.M2P2.host', 'y')
    await list(folder)
    renameSync(at('INBOX/cur/1600000000.M1P2.host:2,Fz'), at('INBOX/cur/1600000000.M1P2.host:2,FSz'))
    const peers = [
      { id: messageId('1600000000.M1P2.host'), peer: messageId('9') },
      { id: messageId('1600000000.M2P2.host'), peer: messageId('10') },
      { id: messageId('gone'), peer: messageId('11') },
      { id: messageId('other'), peer: messageId('no UID') },
    ]
    const renamed = await folder.notePeers?.(peers, signal)
    const [first, second] = [`1893456000_0.7.vm,U=9,FMD5=${inboxHash}`, `1893456000_1.7.vm,U=10,FMD5=${inboxHash}`]
    expect([...(renamed?.values() ?? [])]).toEqual([first, second])
    expect([names('cur'), names('new')]).toEqual([[`${first}:2,FSz`], [`${second}:2,`]])
    expect(await texts(folder, [first, second])).toEqual({ [first]: 'x', [second]: 'y' })
    expect((await list(folder)).get(first)?.peer).toBe('9')
    expect(await folder.notePeers?.([{ id: messageId(first), peer: messageId('9') }], signal)).toEqual(new Map())
  })
})

describe('a folder', () => {
  it('opened to be examined refuses every change', async () => {
    const { maildir, put, names } = await createFixture()
    put('new/a:2,')
    const folder = await maildir.open(inbox, 'examine', signal)
    const refusal = { code: 'maildir/examine-only' }
    const change = { ids: ids('a'), add: seen, drop: noFlags }
    await expect(folder.changeFlags([change], signal)).rejects.toMatchObject(refusal)
    await expect(folder.remove(ids('a'), signal)).rejects.toMatchObject(refusal)
    await expect(folder.append([outgoing('b', '')], signal)).rejects.toMatchObject(refusal)
    await expect(folder.notePeers?.([], signal)).rejects.toMatchObject(refusal)
    expect(names('new')).toEqual(['a:2,'])
  })

  it('that was removed is not brought back half by an append', async () => {
    const { folder, at, root } = await createFixture()
    rmSync(at('INBOX'), { recursive: true })
    await expect(folder.append([outgoing('a', '')], signal)).rejects.toMatchObject({ code: 'files/missing' })
    expect(readdirSync(root)).toEqual(['.mailtide-id'])
  })

  it('locates what was stored under its token, wherever it was moved since', async () => {
    const { folder, at } = await createFixture()
    await folder.append(
      ['a', 'b', 'c'].map((token) => outgoing(token, token)),
      signal,
    )
    renameSync(at('INBOX/new/a:2,'), at('INBOX/cur/a:2,S'))
    unlinkSync(at('INBOX/new/b:2,'))
    writeFileSync(at('INBOX/tmp/d:2,'), 'half')
    const located = await folder.locate(['a', 'b', 'c', 'd'], knownIds(['c']), signal)
    expect([...located]).toEqual([['a', 'a']])
  })

  it('clears away what was begun under tokens that did not arrive, and nothing else', async () => {
    const { folder, at } = await createFixture()
    for (const name of ['d:2,S', 'e:2,']) writeFileSync(at(`INBOX/tmp/${name}`), 'half')
    await folder.locate(['d'], knownIds([]), signal)
    expect(readdirSync(at('INBOX/tmp'))).toEqual(['e:2,'])
  })
})
