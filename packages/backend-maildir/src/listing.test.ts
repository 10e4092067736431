import { execFileSync } from 'node:child_process'
import { mkdirSync, renameSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { messageId, noFlags } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { createFixture, inbox, inboxHash, knownIds, list, signal, summaries, texts } from './maildir.fixture.ts'

describe('a listing', () => {
  it('tells flags and peers; peers only of names given in this folder', async () => {
    const { folder, put } = await createFixture({ customFlags: new Map([['a', '$Work']]) })
    put(`cur/1_0.7.vm,U=4,FMD5=${inboxHash}:2,FSaz`)
    put(`cur/1_1.7.vm,U=5,FMD5=${'0'.repeat(32)}:2,`)
    put('new/1600000000.M1P2.host')
    const listed = await list(folder)
    expect(listed.size).toBe(3)
    for (const summary of [
      { id: '1600000000.M1P2.host', flags: noFlags },
      { id: `1_0.7.vm,U=4,FMD5=${inboxHash}`, flags: new Set(['\\Flagged', '\\Seen', '$Work']), peer: '4' },
      { id: `1_1.7.vm,U=5,FMD5=${'0'.repeat(32)}`, flags: noFlags },
    ]) {
      expect(listed.get(summary.id)).toEqual(summary)
    }
  })

  it('gives a UID that two names claim to the older one', async () => {
    const { folder, put } = await createFixture()
    put(`cur/9_0.7.vm,U=4,FMD5=${inboxHash}:2,S`)
    put(`cur/10_0.7.vm,U=4,FMD5=${inboxHash}:2,S`)
    put(`cur/10_1.7.vm,U=4,FMD5=${inboxHash}:2,S`)
    const peers = [...(await list(folder)).values()].map(({ id, peer }) => [id.split('.')[0], peer])
    expect(new Map(peers as [string, string][])).toEqual(
      new Map([
        ['9_0', '4'],
        ['10_0', undefined],
        ['10_1', undefined],
      ]),
    )
  })

  it('takes one base name in new and cur for one message, and cur for the place of it', async () => {
    const { folder, put } = await createFixture()
    put('new/a:2,', 'new')
    put('cur/a:2,S', 'cur')
    expect([...(await list(folder)).values()]).toEqual([{ id: 'a', flags: new Set(['\\Seen']) }])
    expect(await texts(folder, ['a'])).toEqual({ a: 'cur' })
  })

  it('ignores dot files and directories', async () => {
    const { folder, put, at } = await createFixture()
    put('cur/.hidden')
    mkdirSync(at('INBOX', 'cur', 'directory'))
    expect((await list(folder)).size).toBe(0)
  })

  it('keeps file names apart that are not UTF-8', async () => {
    const { folder, at, names } = await createFixture()
    for (const octet of [0xe4, 0xe5]) {
      const name = Buffer.concat([Buffer.from(`${at('INBOX', 'new')}/m`), Buffer.from([octet])])
      writeFileSync(name, String(octet))
    }
    const ids = [...(await list(folder)).keys()]
    expect(await texts(folder, ids)).toEqual({ mä: '228', må: '229' })
    await folder.changeFlags([{ ids: ids.map(messageId), add: new Set(['\\Seen']), drop: noFlags }], signal)
    expect(names('cur')).toHaveLength(2)
    expect(await texts(folder, ids)).toEqual({ mä: '228', må: '229' })
    await folder.remove(ids.map(messageId), signal)
    expect(names('cur')).toEqual([])
  })

  it('never calls a message gone that a client renamed while it was listed', async () => {
    const { folder, put } = await createFixture()
    const appears = () => put('cur/a:2,S')
    expect([...(await list(folder, knownIds(['a', 'b'], appears))).values()]).toEqual([
      { id: 'a', flags: new Set(['\\Seen']) },
    ])
  })

  it('is not trusted for the moment in which it was made', async () => {
    const { maildir, folder, put, at, clock } = await createFixture()
    const survey = async (cursor: { epoch: string; position: string }) =>
      (await maildir.survey(new Map([[inbox, cursor]]), signal))[0]?.mayHaveChanged
    put('new/a')
    const touched = clock.now
    utimesSync(at('INBOX', 'new'), touched, touched)
    clock.now = new Date(touched.getTime() + 1999)
    const young = (await folder.changes(undefined, knownIds(), signal)).cursor
    expect(young.position).toBe('')
    expect(await survey(young)).toBe(true)
    clock.now = new Date(touched.getTime() + 2000)
    const settled = (await folder.changes(young, knownIds(['a']), signal)).cursor
    expect(await survey(settled)).toBe(false)
    unlinkSync(at('INBOX', 'new', 'a'))
    expect(await survey(settled)).toBe(true)
  })

  it('can be walked again after its messages were renamed', async () => {
    const { folder, put } = await createFixture()
    for (const name of ['a', 'b', 'c']) put(`new/${name}:2,`)
    const changes = await folder.changes(undefined, knownIds(), signal)
    const before = summaries(changes)
    await folder.changeFlags([{ ids: ['a', 'b'].map(messageId), add: new Set(['\\Seen']), drop: noFlags }], signal)
    expect(summaries(changes)).toEqual(before)
  })

  it('is quick for 20,000 messages', { timeout: 20_000 }, async () => {
    const { folder, at } = await createFixture()
    execFileSync('/bin/sh', ['-c', `cd "$0" && seq -f "m%g:2,S" 20000 | xargs touch`, at('INBOX', 'cur')])
    expect((await list(folder)).size).toBe(20_000)
  })

  it('says that the folder is gone', async () => {
    const { folder, at } = await createFixture()
    renameSync(at('INBOX'), at('Other'))
    await expect(folder.changes(undefined, knownIds(), signal)).rejects.toMatchObject({
      code: 'files/missing',
      scope: 'folder',
      message: expect.stringContaining(at('INBOX')),
    })
  })
})
