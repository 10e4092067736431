import { describe, expect, it } from 'vitest'
import { outcome } from '../raw-answers.ts'
import { openTestClient, startForTest } from '../start-for-test.ts'

const messages = 'MessageNew MessageExpunge FlagChange'

async function world(...groups: readonly string[]) {
  const server = await startForTest()
  const account = server.account()
  account.create('Work')
  const client = await openTestClient(server, 'demo')
  if (groups.length > 0) await client.run(`NOTIFY SET ${groups.join(' ')}`)
  const heard = async (count: number) => {
    const responses = []
    for (let taken = 0; taken < count; taken++) responses.push(await client.next())
    return responses
  }
  return { server, account, client, heard, inbox: account.folder('INBOX') }
}

describe('NOTIFY', () => {
  it('tells of folders that are not open, without being asked', async () => {
    const { account, heard } = await world(`(personal (${messages}))`)
    const work = account.folder('Work')
    const status = (uidNext: number, count: number, modSeq: number) =>
      `* STATUS "Work" (MESSAGES ${count} UIDNEXT ${uidNext} UIDVALIDITY ${work.uidValidity} HIGHESTMODSEQ ${modSeq})`
    work.append('a')
    expect(await heard(1)).toEqual([status(2, 1, 2)])
    work.setFlags(1, ['\\Seen'])
    expect(await heard(1)).toEqual([status(2, 1, 3)])
    work.expunge([1])
    expect(await heard(1)).toEqual([status(2, 0, 4)])
  })

  it('tells how folders are at the beginning, if asked', async () => {
    const { client } = await world()
    const { untagged } = await client.run(`NOTIFY SET STATUS (subtree Work (${messages}))`)
    expect(untagged).toEqual([expect.stringMatching(/^STATUS "Work" \(MESSAGES 0 /)])
  })

  it('tells of the open folder at once, with what was asked of new messages', async () => {
    const { client, heard, inbox } = await world(`(selected (MessageNew (UID RFC822.SIZE) MessageExpunge FlagChange))`)
    inbox.append('a')
    await client.run('SELECT INBOX')
    inbox.append('bb')
    expect(await heard(3)).toEqual(['* 2 EXISTS', '* 2 RECENT', '* 2 FETCH (UID 2 RFC822.SIZE 2)'])
    inbox.setFlags(1, ['\\Seen'])
    expect(await heard(1)).toEqual(['* 1 FETCH (FLAGS (\\Seen \\Recent))'])
    inbox.expunge([1])
    expect(await heard(1)).toEqual(['* 1 EXPUNGE'])
  })

  it('keeps expunged messages for the next command, if they are to be delayed', async () => {
    const { client, heard, inbox } = await world(`(selected-delayed (${messages}))`)
    inbox.append('a')
    await client.run('SELECT INBOX')
    inbox.expunge([1])
    inbox.append('b')
    expect(await heard(2)).toEqual(['* 2 EXISTS', '* 2 RECENT'])
    expect((await client.run('NOOP')).untagged).toEqual(['1 EXPUNGE'])
  })

  it('tells what is done to folders themselves', async () => {
    const { account, heard } = await world('(personal (MailboxName SubscriptionChange))')
    account.create('New')
    account.rename('New', 'Newer')
    account.subscribe('Newer')
    account.unsubscribe('Newer')
    account.delete('Newer')
    expect(await heard(5)).toEqual([
      '* LIST () "/" "New"',
      '* LIST () "/" "Newer" ("OLDNAME" ("New"))',
      '* LIST (\\Subscribed) "/" "Newer"',
      '* LIST () "/" "Newer"',
      '* LIST (\\NonExistent) "/" "Newer"',
    ])
  })

  it('follows folders that come later, and asks the first group that fits', async () => {
    const { account, client, heard } = await world(`(mailboxes ("INBOX" Work) NONE)`, `(personal (${messages}))`)
    account.folder('Work').append('a')
    account.create('New').append('b')
    expect(await heard(1)).toEqual([expect.stringMatching(/^\* STATUS "New" \(MESSAGES 1 /)])
    expect((await client.run('NOOP')).untagged).toEqual([])
  })

  it('knows the inbox, and what is subscribed', async () => {
    const { account, client, heard, inbox } = await world(`(inboxes (${messages}))`)
    account.folder('Work').append('a')
    inbox.append('a')
    expect(await heard(1)).toEqual([expect.stringMatching(/^\* STATUS "INBOX"/)])
    await client.run(`NOTIFY SET (subscribed (${messages}))`)
    account.subscribe('Work')
    inbox.append('b')
    account.folder('Work').append('b')
    expect(await heard(1)).toEqual([expect.stringMatching(/^\* STATUS "Work"/)])
  })

  it('tells during IDLE too', async () => {
    const { account, client, heard, inbox } = await world(`(selected (${messages}))`, `(personal (${messages}))`)
    await client.run('SELECT INBOX')
    client.send('i IDLE\r\n')
    expect(await heard(1)).toEqual(['+ idling'])
    account.folder('Work').append('a')
    expect(await heard(1)).toEqual([expect.stringMatching(/^\* STATUS "Work"/)])
    inbox.append('a')
    expect(await heard(2)).toEqual(['* 1 EXISTS', '* 1 RECENT'])
    client.send('DONE\r\n')
    expect(await heard(1)).toEqual(['i OK IDLE completed'])
    inbox.append('b')
    expect(await heard(1)).toEqual(['* 2 EXISTS'])
  })

  it('ends with NONE', async () => {
    const { account, client } = await world(`(personal (${messages}))`)
    await client.run('NOTIFY NONE')
    account.folder('Work').append('a')
    await new Promise(setImmediate)
    expect((await client.run('NOOP')).untagged).toEqual([])
  })

  it('refuses what it does not know, and what makes no sense, leaving things as they were', async () => {
    const { account, client, heard } = await world(`(personal (${messages}))`)
    expect(outcome(await client.run('NOTIFY SET (personal (AnnotationChange))'))).toBe('NO BADEVENT')
    expect(await client.run('NOTIFY SET (personal (MessageNew))')).toMatchObject({ status: 'BAD' })
    expect(await client.run('NOTIFY SET (personal (FlagChange))')).toMatchObject({ status: 'BAD' })
    expect(await client.run('NOTIFY SET (nowhere NONE)')).toMatchObject({ status: 'BAD' })
    account.folder('Work').append('a')
    expect(await heard(1)).toEqual([expect.stringMatching(/^\* STATUS "Work"/)])
  })
})
