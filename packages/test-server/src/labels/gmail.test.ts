import { describe, expect, it } from 'vitest'
import type { LabelOptions } from '../habits/habits.ts'
import { fetched, numberAfter, outcome, untagged, untilHeard } from '../raw-answers.ts'
import { openTestClient, startForTest } from '../start-for-test.ts'

const letter = (subject: string, more = '') =>
  `Subject: ${subject}\r\nMessage-ID: <${subject}@x>\r\n${more}\r\nbody\r\n`
const all = '[Gmail]/All Mail'
const trash = '[Gmail]/Trash'

async function world(labels: LabelOptions = {}) {
  const server = await startForTest({ behaves: 'gmail', habits: { labels } })
  const account = server.account()
  const client = await openTestClient(server, 'demo')
  const subjectsIn = (name: string) =>
    account
      .folder(name)
      .messages()
      .map(({ bytes }) => /Subject: (.*)\r/.exec(Buffer.from(bytes).toString())?.[1])
  const labelsOf = async (set = '1') =>
    (await client.run(`FETCH ${set} (X-GM-LABELS)`)).untagged.map((row) => /X-GM-LABELS (\(.*\))\)$/.exec(row)?.[1])
  return { server, account, client, inbox: account.folder('INBOX'), subjectsIn, labelsOf }
}

describe('Gmail', () => {
  it('offers what Gmail offers', async () => {
    const { client } = await world()
    const offered = (await client.run('CAPABILITY')).untagged[0]!.split(' ')
    for (const name of [
      'X-GM-EXT-1',
      'CONDSTORE',
      'LITERAL-',
      'APPENDLIMIT=35651584',
      'MOVE',
      'UIDPLUS',
      'SPECIAL-USE',
    ]) {
      expect(offered).toContain(name)
    }
    expect(offered).not.toContain('QRESYNC')
    expect((await client.run('ID NIL')).untagged[0]).toContain('"name" "GImap"')
    client.send('a APPEND INBOX {35651585}\r\n')
    expect(await client.next()).toBe('a NO [TOOBIG] Message too large. (Failure)')
  })

  it('takes fifteen connections', async () => {
    const { server } = await world()
    for (let count = 1; count < 15; count++) await openTestClient(server, 'demo')
    expect(await (await openTestClient(server)).run('LOGIN demo demo')).toMatchObject({
      status: 'NO',
      text: '[ALERT] Too many simultaneous connections. (Failure)',
      untagged: ['NO [ALERT] Too many simultaneous connections. (Failure)'],
    })
  })

  it('has special folders, in the language of the user', async () => {
    const { client } = await world({ language: 'de' })
    expect((await client.run('LIST "" "*"')).untagged).toEqual([
      'LIST (\\HasNoChildren) "/" "INBOX"',
      'LIST (\\Noselect \\HasChildren) "/" "[Gmail]"',
      'LIST (\\HasNoChildren \\All) "/" "[Gmail]/Alle Nachrichten"',
      'LIST (\\HasNoChildren \\Drafts) "/" "[Gmail]/Entw&APw-rfe"',
      'LIST (\\HasNoChildren \\Sent) "/" "[Gmail]/Gesendet"',
      'LIST (\\HasNoChildren \\Flagged) "/" "[Gmail]/Markiert"',
      'LIST (\\HasNoChildren \\Trash) "/" "[Gmail]/Papierkorb"',
      'LIST (\\HasNoChildren \\Junk) "/" "[Gmail]/Spam"',
      'LIST (\\HasNoChildren \\Important) "/" "[Gmail]/Wichtig"',
    ])
    const british = await world({ root: '[Google Mail]' })
    expect(british.account.has('[Google Mail]/All Mail')).toBe(true)
  })

  it('holds everything in All Mail, under the same id', async () => {
    const { client, account, subjectsIn } = await world()
    await client.run('APPEND INBOX (\\Seen) ', Buffer.from(letter('a')))
    await client.run('CREATE Work')
    await client.run('APPEND Work ', Buffer.from(letter('a')))
    await client.run('APPEND Work ', Buffer.from(letter('b')))
    expect([subjectsIn('INBOX'), subjectsIn('Work'), subjectsIn(all)]).toEqual([['a'], ['a', 'b'], ['a', 'b']])
    const ids = ['INBOX', 'Work', all].map((name) => account.folder(name).message(1).letter?.id)
    expect(new Set(ids).size).toBe(1)
    await client.run('SELECT Work')
    expect((await client.run('UID FETCH 1 (X-GM-MSGID X-GM-THRID)')).untagged).toEqual([
      `1 FETCH (UID 1 X-GM-MSGID ${ids[0]} X-GM-THRID ${ids[0]})`,
    ])
    expect(ids[0]).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER))
  })

  it('takes the same octets for the same message, unless twins are to be kept', async () => {
    for (const keepsTwins of [false, true]) {
      const { client, subjectsIn } = await world({ keepsTwins })
      const first = await client.run('APPEND INBOX ', Buffer.from(letter('a')))
      const second = await client.run('APPEND INBOX ', Buffer.from(letter('a')))
      expect(second.text === first.text).toBe(!keepsTwins)
      expect(subjectsIn(all)).toEqual(keepsTwins ? ['a', 'a'] : ['a'])
    }
  })

  it('gives an answer the thread of what it answers', async () => {
    const { inbox } = await world()
    inbox.append(letter('a'))
    inbox.append(letter('b', 'In-Reply-To: <a@x>\r\n'))
    const [first, second] = inbox.messages()
    expect(second?.letter?.threadId).toBe(first?.letter?.id)
    expect(second?.letter?.id).not.toBe(first?.letter?.id)
  })

  it('tells the labels of a message, but not that of the open folder', async () => {
    const { account, client, inbox, labelsOf } = await world()
    const uid = inbox.append(letter('a'), { flags: ['\\Flagged'] })
    account.create('Two words')
    account.create('Entwürfe')
    inbox.setLabels(uid, ['Two words', 'Entwürfe', '[Mailbox]', 'a@b.c', '\\Sent', '\\Starred'])
    const others = '"\\\\Sent" "\\\\Starred" Entw&APw-rfe "Two words" [Mailbox] a@b.c'
    await client.run('SELECT INBOX')
    expect(await labelsOf()).toEqual([`(${others})`])
    await client.run(`SELECT "${all}"`)
    expect(await labelsOf()).toEqual([`("\\\\Inbox" ${others})`])
    expect(inbox.message(uid).letter?.labels).toContain('Entw&APw-rfe')
  })

  it('changes labels by STORE, which is to change folders', async () => {
    const { client, inbox, labelsOf, subjectsIn } = await world()
    inbox.append(letter('a'))
    await client.run('SELECT INBOX')
    const stored = await client.run('UID STORE 1 +X-GM-LABELS (Work "Two words" \\Important Gr&APw-n)')
    expect(stored.untagged).toEqual(['1 FETCH (X-GM-LABELS ("\\\\Important" Gr&APw-n "Two words" Work) UID 1)'])
    expect([subjectsIn('Work'), subjectsIn('Grün'), subjectsIn('[Gmail]/Important')]).toEqual([['a'], ['a'], ['a']])
    expect((await client.run('STORE 1 -X-GM-LABELS.SILENT Work')).untagged).toEqual([])
    expect(await labelsOf()).toEqual(['("\\\\Important" Gr&APw-n "Two words")'])
    await client.run('STORE 1 -X-GM-LABELS (Unknown)')
    expect((await client.run('LIST "" Unknown')).untagged).toEqual([])
    await client.run('STORE 1 X-GM-LABELS ("New")')
    expect(await labelsOf()).toEqual(['(New)'])
    await client.run('STORE 1 -X-GM-LABELS (\\Inbox)')
    expect([subjectsIn('INBOX'), subjectsIn('New'), subjectsIn(all)]).toEqual([[], ['a'], ['a']])
    expect(await client.run(`SELECT "${all}"`)).toMatchObject({ status: 'OK' })
    expect(await client.run('STORE 1 +X-GM-LABELS (\\Nonsense)')).toMatchObject({ status: 'NO' })
  })

  it('counts other labels as a change', async () => {
    const { client, inbox, account } = await world()
    inbox.append(letter('a'))
    const selected = await client.run('SELECT INBOX')
    const modSeq = numberAfter(selected, 'HIGHESTMODSEQ')
    const uid = account.folder(all).messages()[0]!.uid
    account.folder(all).setLabels(uid, ['\\Inbox', 'Work'])
    const changed = await client.run(`UID FETCH 1:* (X-GM-LABELS) (CHANGEDSINCE ${modSeq})`)
    expect(changed.untagged[0]).toMatch(/^1 FETCH \(UID 1 X-GM-LABELS \(Work\) MODSEQ/)
  })

  it('shows a flag everywhere, and stars in their folder', async () => {
    const { client, inbox, account, subjectsIn } = await world()
    inbox.append(letter('a'))
    await client.run('SELECT INBOX')
    await client.run('STORE 1 +FLAGS (\\Seen \\Flagged)')
    expect([...account.folder(all).message(1).flags].sort()).toEqual(['\\Flagged', '\\Seen'])
    expect(subjectsIn('[Gmail]/Starred')).toEqual(['a'])
    await client.run('SELECT "[Gmail]/Starred"')
    await client.run('STORE 1 +FLAGS (\\Deleted)')
    expect(account.folder(all).message(1).flags.has('\\Deleted')).toBe(false)
    await client.run('EXPUNGE')
    expect([...inbox.message(1).flags]).toEqual(['\\Seen'])
    await client.run('COPY 1 Nowhere')
    await client.run('SELECT INBOX')
    await client.run('COPY 1 "[Gmail]/Starred"')
    expect([...account.folder(all).message(1).flags].sort()).toEqual(['\\Flagged', '\\Seen'])
  })

  it('copies by giving a label, once', async () => {
    const { client, account, inbox, subjectsIn } = await world()
    inbox.append(letter('a'))
    account.create('Work')
    await client.run('SELECT INBOX')
    const copied = await client.run('UID COPY 1 Work')
    const again = await client.run('UID COPY 1 Work')
    expect([outcome(copied), copied.text]).toEqual(['OK COPYUID', again.text])
    expect([subjectsIn('INBOX'), subjectsIn('Work'), subjectsIn(all)]).toEqual([['a'], ['a'], ['a']])
  })

  it('archives by EXPUNGE in the folder of a label, does nothing in All Mail, and deletes in Trash', async () => {
    const { client, inbox, account, subjectsIn } = await world()
    inbox.append(letter('a'))
    await client.run('SELECT INBOX')
    await client.run('STORE 1 +FLAGS (\\Deleted)')
    expect((await client.run('UID EXPUNGE 1')).untagged).toEqual(['1 EXPUNGE'])
    expect([subjectsIn('INBOX'), subjectsIn(all)]).toEqual([[], ['a']])
    await client.run(`SELECT "${all}"`)
    await client.run('STORE 1 +FLAGS (\\Deleted)')
    expect((await client.run('EXPUNGE')).untagged).toEqual([])
    expect(subjectsIn(all)).toEqual(['a'])
    expect((await client.run(`UID MOVE 1 ${trash}`)).untagged).toEqual([
      expect.stringContaining('COPYUID'),
      '1 EXPUNGE',
    ])
    expect([subjectsIn(all), subjectsIn(trash)]).toEqual([[], ['a']])
    await client.run(`SELECT ${trash}`)
    await client.run('STORE 1 +FLAGS (\\Deleted)')
    await client.run('EXPUNGE')
    expect(account.folders().every((folder) => folder.messages().length === 0)).toBe(true)
  })

  it('takes what goes to Trash out of every folder, also where it is open', async () => {
    const { server, client, inbox, subjectsIn } = await world()
    const uid = inbox.append(letter('a'))
    inbox.setLabels(uid, ['Work'])
    const other = await openTestClient(server, 'demo')
    await other.run('SELECT Work')
    await client.run('SELECT INBOX')
    await client.run(`UID MOVE ${uid} ${trash}`)
    expect((await other.run('NOOP')).untagged).toEqual(['1 EXPUNGE'])
    expect([subjectsIn('INBOX'), subjectsIn('Work'), subjectsIn(all), subjectsIn(trash)]).toEqual([[], [], [], ['a']])
    await client.run(`SELECT ${trash}`)
    await client.run('UID MOVE 1 INBOX')
    expect([subjectsIn('INBOX'), subjectsIn(all), subjectsIn(trash)]).toEqual([['a'], ['a'], []])
    await client.run('SELECT INBOX')
    await client.run('STORE 1 +X-GM-LABELS (\\Trash)')
    expect([subjectsIn('INBOX'), subjectsIn(trash)]).toEqual([[], ['a']])
  })

  it.each([
    { whenExpunged: 'archive' as const, inAll: ['a'], inTrash: [] },
    { whenExpunged: 'trash' as const, inAll: [], inTrash: ['a'] },
    { whenExpunged: 'delete' as const, inAll: [], inTrash: [] },
  ])('obeys the setting $whenExpunged once the last label is gone', async ({ whenExpunged, inAll, inTrash }) => {
    const { client, inbox, subjectsIn } = await world({ whenExpunged })
    const uid = inbox.append(letter('a'))
    inbox.setLabels(uid, ['Work'])
    for (const folder of ['INBOX', 'Work']) {
      expect(subjectsIn(all)).toEqual(['a'])
      await client.run(`SELECT ${folder}`)
      await client.run('STORE 1:* +FLAGS (\\Deleted)')
      await client.run('CLOSE')
    }
    expect([subjectsIn(all), subjectsIn(trash)]).toEqual([inAll, inTrash])
  })

  it('expunges at once what is marked, where the user wants it so', async () => {
    const { client, inbox, subjectsIn } = await world({ autoExpunge: true })
    inbox.append(letter('a'))
    await client.run('SELECT INBOX')
    const { untagged } = await client.run('UID STORE 1 +FLAGS (\\Deleted)')
    expect(untagged.at(-1)).toBe('1 EXPUNGE')
    expect([subjectsIn('INBOX'), subjectsIn(all)]).toEqual([[], ['a']])
  })

  it('finds messages by label, id, thread, and as the web does', async () => {
    const { client, inbox } = await world()
    inbox.append(letter('a'))
    inbox.append(letter('b', 'References: <a@x>\r\n'), { flags: ['\\Seen'] })
    inbox.setLabels(2, ['Work', 'Two words'])
    await client.run('SELECT INBOX')
    const [first] = inbox.messages()
    const search = async (key: string) => (await client.run(`UID SEARCH ${key}`)).untagged[0]
    expect(await search('X-GM-LABELS work')).toBe('SEARCH 2')
    expect(await search('X-GM-LABELS "Two words"')).toBe('SEARCH 2')
    expect(await search('X-GM-LABELS \\Inbox')).toBe('SEARCH 1 2')
    expect(await search('NOT X-GM-LABELS Work')).toBe('SEARCH 1')
    expect(await search(`X-GM-MSGID ${first?.letter?.id}`)).toBe('SEARCH 1')
    expect(await search(`X-GM-THRID ${first?.letter?.id}`)).toBe('SEARCH 1 2')
    expect(await search('X-GM-RAW "is:read label:work subject:b in:inbox"')).toBe('SEARCH 2')
    expect(await search('X-GM-RAW "-is:unread in:anywhere rfc822msgid:<b@x> body"')).toBe('SEARCH 2')
    expect(await search('X-GM-RAW "from:nobody"')).toBe('SEARCH')
  })

  it('renames and deletes labels with their folders', async () => {
    const { client, account, inbox, labelsOf } = await world()
    inbox.setLabels(inbox.append(letter('a')), ['Work', 'Play'])
    await client.run('RENAME Work Job')
    await client.run('DELETE Play')
    await client.run('SELECT INBOX')
    expect(await labelsOf()).toEqual(['(Job)'])
    account.folder(all).changeUidValidity()
    inbox.setLabels(1, [])
    expect(await labelsOf()).toEqual(['()'])
    expect(account.folder(all).messages()).toHaveLength(1)
  })

  it('tells of new labels where they are open', async () => {
    const { server, client, inbox } = await world()
    const uid = inbox.append(letter('a'))
    await client.run('CREATE Work')
    await client.run('SELECT Work')
    client.send('i IDLE\r\n')
    await client.next()
    server.account().folder('INBOX').setLabels(uid, ['Work'])
    expect(await untilHeard(client, 'EXISTS')).toBe('* 1 EXISTS')
  })
})

describe('without labels', () => {
  it('nothing of them is understood', async () => {
    const server = await startForTest()
    server.account().folder('INBOX').append(letter('a'))
    const client = await openTestClient(server, 'demo')
    await client.run('SELECT INBOX')
    expect(await client.run('FETCH 1 (X-GM-LABELS)')).toMatchObject({ status: 'BAD' })
    expect(await client.run('STORE 1 +X-GM-LABELS (a)')).toMatchObject({ status: 'BAD' })
    expect(await client.run('SEARCH NOT X-GM-RAW a')).toMatchObject({ status: 'BAD' })
    expect(fetched(await client.run('FETCH 1 (FLAGS)'))).toHaveLength(1)
    expect(untagged(await client.run('LIST "" "*"'), 'Gmail')).toEqual([])
    expect(() => server.account().folder('INBOX').setLabels(1, ['a'])).toThrow('the mail in INBOX has no labels')
  })
})
