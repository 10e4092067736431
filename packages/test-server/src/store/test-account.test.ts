import { describe, expect, it } from 'vitest'
import { fetched, untagged, untilHeard } from '../raw-answers.ts'
import { openTestClient, startForTest } from '../start-for-test.ts'

async function world() {
  const server = await startForTest()
  return { account: server.account(), client: await openTestClient(server, 'demo') }
}

describe('an account, from inside', () => {
  it('has an INBOX, and what is created', async () => {
    const { account, client } = await world()
    account.create('Entwürfe/R&D')
    expect(account.folders().map(({ name }) => name)).toEqual(['INBOX', 'Entwürfe/R&D'])
    const { untagged } = await client.run('LIST "" "*"')
    expect(untagged).toEqual([
      'LIST (\\HasNoChildren) "/" "INBOX"',
      'LIST (\\Noselect \\HasChildren) "/" "Entw&APw-rfe"',
      'LIST (\\HasNoChildren) "/" "Entw&APw-rfe/R&-D"',
    ])
  })

  it('keeps wire names that are no modified UTF-7 as they are', async () => {
    const { account, client } = await world()
    await client.run('CREATE A&B')
    expect(account.has('A&B')).toBe(true)
    expect((await client.run('LIST "" "A*"')).untagged).toEqual(['LIST (\\HasNoChildren) "/" "A&B"'])
    account.delete('A&B')
    expect(account.has('A&B')).toBe(false)
  })

  it('renames folders with those below them, and moves the messages out of INBOX', async () => {
    const { account } = await world()
    account.create('a').append('x')
    account.create('a/b')
    const { uidValidity } = account.folder('a')
    account.rename('a', 'c')
    expect(account.folders().map(({ name }) => name)).toEqual(['INBOX', 'c', 'c/b'])
    expect(account.folder('c')).toMatchObject({ uidValidity, uidNext: 2 })
    account.folder('INBOX').append('y')
    account.rename('INBOX', 'old')
    expect(account.folder('INBOX').messages()).toEqual([])
    expect(account.folder('old').messages()).toHaveLength(1)
  })

  it('gives a folder that is made anew another UIDVALIDITY', async () => {
    const { account } = await world()
    const before = account.create('a').uidValidity
    account.delete('a')
    expect(account.create('a').uidValidity).not.toBe(before)
  })

  it('says what cannot be', async () => {
    const { account } = await world()
    expect(() => account.folder('none')).toThrow('there is no folder none')
    expect(() => account.create('inbox')).toThrow('the folder inbox cannot be made: Mailbox already exists')
    expect(() => account.create('a//b')).toThrow('Mailbox name has an empty part')
    expect(() => account.delete('INBOX')).toThrow('INBOX cannot be deleted')
    expect(() => account.folder('INBOX').message(7)).toThrow('INBOX has no message with UID 7')
  })

  it('keeps subscriptions', async () => {
    const { account, client } = await world()
    account.subscribe('Entwürfe')
    expect((await client.run('LSUB "" "*"')).untagged).toEqual(['LSUB () "/" "Entw&APw-rfe"'])
    expect(account.subscriptions()).toEqual(['Entwürfe'])
    account.unsubscribe('Entwürfe')
    expect(account.subscriptions()).toEqual([])
  })
})

describe('a folder, from inside', () => {
  it('holds messages as they were given', async () => {
    const { account } = await world()
    const inbox = account.folder('INBOX')
    const bytes = Buffer.from([0, 255, 10, 13])
    const internalDate = new Date('2026-01-02T03:04:05Z')
    expect(inbox.append(bytes, { flags: ['\\seen', '$Work', '\\Recent'], internalDate })).toBe(1)
    bytes.fill(1)
    expect(inbox.messages()).toEqual([
      { uid: 1, flags: new Set(['\\Seen', '$Work']), internalDate, bytes: Buffer.from([0, 255, 10, 13]), modSeq: 2n },
    ])
  })

  it('tells sessions that have it open what a test does', async () => {
    const { account, client } = await world()
    const inbox = account.folder('INBOX')
    inbox.appendAll([{ bytes: Buffer.from('a') }, { bytes: Buffer.from('b') }])
    await client.run('SELECT INBOX')
    inbox.append('c')
    inbox.setFlags(1, ['\\Flagged'])
    inbox.expunge([2])
    const noop = await client.run('NOOP')
    expect(noop.untagged).toEqual(['2 EXPUNGE', '2 EXISTS', '2 RECENT', '1 FETCH (FLAGS (\\Flagged \\Recent))'])
    expect(fetched(await client.run('UID FETCH 1:* UID')).map(({ uid }) => uid)).toEqual([1, 3])
  })

  it('tells an idle session at once', async () => {
    const { account, client } = await world()
    await client.run('ENABLE QRESYNC')
    await client.run('SELECT INBOX')
    client.send('i IDLE\r\n')
    await untilHeard(client, '+')
    const inbox = account.folder('INBOX')
    inbox.append('a')
    expect(await untilHeard(client, 'EXISTS')).toBe('* 1 EXISTS')
    inbox.expunge([1])
    expect(await untilHeard(client, 'VANISHED')).toBe('* VANISHED 1')
  })

  it('shows a message that is gone to those who do not know yet, by number and not by UID', async () => {
    const { account, client } = await world()
    const inbox = account.folder('INBOX')
    inbox.append('first')
    await client.run('SELECT INBOX')
    inbox.expunge([1])
    expect(fetched(await client.run('FETCH 1 BODY.PEEK[]'))).toEqual([{ body: 'first' }])
    expect(fetched(await client.run('UID FETCH 1 BODY.PEEK[]'))).toEqual([])
  })

  it('can lose the meaning of its UIDs, which ends the sessions in it', async () => {
    const { account, client } = await world()
    const inbox = account.folder('INBOX')
    inbox.appendAll(['a', 'b', 'c'].map((text) => ({ bytes: Buffer.from(text) })))
    inbox.expunge([1])
    const before = inbox.uidValidity
    await client.run('SELECT INBOX')
    inbox.changeUidValidity()
    expect(await untilHeard(client, 'BYE')).toContain('no longer what it was')
    expect(await client.next()).toBeUndefined()
    expect(inbox.uidValidity).toBeGreaterThan(before)
    expect(inbox.messages().map(({ uid }) => uid)).toEqual([1, 2])
    inbox.changeUidValidity({ uidValidity: 7, keepUids: true })
    expect(inbox).toMatchObject({ uidValidity: 7, uidNext: 3 })
  })

  it('ends the sessions in it when it is deleted', async () => {
    const { account, client } = await world()
    account.create('a')
    await client.run('SELECT a')
    account.delete('a')
    expect(await untilHeard(client, 'BYE')).toMatch(/^\* BYE/)
  })

  it('counts mod-sequences beyond what a double holds', async () => {
    const { account, client } = await world()
    const inbox = account.folder('INBOX')
    inbox.raiseModSeq(2n ** 62n)
    inbox.append('x')
    const status = await client.run('STATUS INBOX (HIGHESTMODSEQ)')
    expect(status.untagged).toEqual([`STATUS "INBOX" (HIGHESTMODSEQ ${2n ** 62n + 1n})`])
    await client.run('SELECT INBOX')
    expect((await client.run(`UID FETCH 1:* (UID) (CHANGEDSINCE ${2n ** 62n})`)).untagged).toHaveLength(1)
    expect((await client.run(`UID FETCH 1:* (UID) (CHANGEDSINCE ${2n ** 62n + 1n})`)).untagged).toEqual([])
  })

  it('can be read-only', async () => {
    const { account, client } = await world()
    account.create('shared', { readOnly: true }).append('x')
    expect((await client.run('SELECT shared')).text).toMatch(/READ-ONLY/)
    for (const command of ['UID STORE 1 +FLAGS (\\Seen)', 'EXPUNGE', 'UID MOVE 1 INBOX', 'UID COPY 1 shared']) {
      expect(await client.run(command)).toMatchObject({ status: 'NO' })
    }
    await client.run('FETCH 1 BODY[]')
    expect(account.folder('shared').message(1).flags).toEqual(new Set())
  })

  it('keeps only the flags it may', async () => {
    const server = await startForTest({ permanentFlags: ['\\Seen', '$Label1'] })
    const client = await openTestClient(server, 'demo')
    await client.run('APPEND INBOX (\\Seen \\Flagged $label1 $Other) ', Buffer.from('x'))
    const selected = await client.run('SELECT INBOX')
    expect(untagged(selected, 'PERMANENTFLAGS')[0]).toContain('(\\Seen $Label1)')
    expect(fetched(await client.run('FETCH 1 FLAGS'))).toEqual([{ flags: ['$Label1', '\\Seen'] }])
  })

  it('is recent to one session only', async () => {
    const server = await startForTest()
    const inbox = server.account().folder('INBOX')
    inbox.append('x')
    const [one, two] = [await openTestClient(server, 'demo'), await openTestClient(server, 'demo')]
    expect((await one.run('EXAMINE INBOX')).untagged).toContain('1 RECENT')
    expect((await one.run('SELECT INBOX')).untagged).toContain('1 RECENT')
    expect((await two.run('SELECT INBOX')).untagged).toContain('0 RECENT')
  })
})
