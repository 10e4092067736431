import { describe, expect, it } from 'vitest'
import { fetched, outcome, untagged } from '../raw-answers.ts'
import { openTestClient, startForTest } from '../start-for-test.ts'
import type { Behaviour } from './behaviours.ts'

async function world(behaves: Behaviour) {
  const server = await startForTest({ behaves })
  const client = await openTestClient(server, 'demo')
  const inbox = server.account().folder('INBOX')
  const capabilities = (await client.run('CAPABILITY')).untagged[0]!.split(' ')
  return { server, client, inbox, capabilities }
}

const letter = (subject: string) => `Subject: ${subject}\r\n\r\nbody\r\n`

describe('behaving like', () => {
  it('Exchange: no UIDPLUS, no long commands, and throttling that a test adds', async () => {
    const { server, client, capabilities } = await world('exchange')
    expect(client.greeting).toContain('The Microsoft Exchange IMAP4 service is ready.')
    expect(capabilities).not.toContain('UIDPLUS')
    await client.run('SELECT INBOX')
    expect(await client.run(`UID FETCH ${'1,'.repeat(600)}1 (FLAGS)`)).toMatchObject({ status: 'BAD' })
    const text = 'Request is throttled. Suggested Backoff Time: 299123 milliseconds'
    const bye = 'Connection closed. 14'
    server.faults.add({ kind: 'refuse', command: 'NOOP', status: 'BAD', text, bye })
    expect(await client.run('NOOP')).toMatchObject({ status: 'BAD', text })
    expect(await client.next()).toBe(`* BYE ${bye}`)
    expect(await client.next()).toBeUndefined()
  })

  it('iCloud: RFC822 brings nothing, VANISHED is malformed, ENABLED is not told', async () => {
    const { client, inbox, capabilities } = await world('icloud')
    expect(capabilities).toContain('QRESYNC')
    inbox.append(letter('a'))
    inbox.append(letter('b'))
    const { uidValidity, highestModSeq } = inbox
    inbox.expunge([1])
    expect(await client.run('ENABLE QRESYNC')).toMatchObject({ status: 'OK', untagged: [] })
    const selected = await client.run(`SELECT INBOX (QRESYNC (${uidValidity} ${highestModSeq}))`)
    expect(untagged(selected, 'VANISHED')).toEqual(['VANISHED (EARLIER) ()'])
    expect((await client.run('UID FETCH 2 (RFC822)')).untagged[0]).toMatch(/^1 FETCH \(UID 2 (?!RFC822)/)
    expect(fetched(await client.run('UID FETCH 2 (BODY.PEEK[])'))).toEqual([{ uid: 2, body: letter('b') }])
  })

  it('Yahoo: two connections, and MODSEQ 0 is BAD', async () => {
    const { server, client } = await world('yahoo')
    await openTestClient(server, 'demo')
    expect(outcome(await (await openTestClient(server)).run('LOGIN demo demo'))).toBe('NO LIMIT')
    await client.run('SELECT INBOX')
    expect(await client.run('UID SEARCH MODSEQ 0')).toMatchObject({ status: 'BAD' })
  })

  it('Proton Bridge: UIDVALIDITY changes when it starts anew', async () => {
    const { server, client, inbox } = await world('proton-bridge')
    expect(client.greeting).toMatch(/Proton Mail Bridge .* gluon session ID/)
    const before = inbox.uidValidity
    server.restart()
    expect(inbox.uidValidity).not.toBe(before)
  })

  it('DavMail: answers come behind spaces, and IDLE tells nothing', async () => {
    const { client, inbox } = await world('davmail')
    client.send('a LIST "" "*"\r\n')
    expect(await client.next()).toBe(' * LIST () "/" "INBOX"')
    expect(await client.next()).toMatch(/^ a OK/)
    client.send('b SELECT INBOX\r\n')
    while (!(await client.next())?.includes('b OK'));
    client.send('c IDLE\r\n')
    expect(await client.next()).toMatch(/^\+/)
    inbox.append(letter('x'))
    await new Promise(setImmediate)
    client.send('DONE\r\n')
    expect([await client.next(), await client.next()]).toEqual(['* 1 RECENT', 'c OK IDLE completed'])
  })

  it('163: ID is wanted after the login', async () => {
    const { client } = await world('coremail')
    expect(client.greeting).toContain('Coremail System IMap Server Ready')
    expect(await client.run('SELECT INBOX')).toMatchObject({ status: 'NO' })
    await client.run('ID NIL')
    expect(await client.run('SELECT INBOX')).toMatchObject({ status: 'OK' })
  })

  it('QQ: ranges that descend are refused as well', async () => {
    const { client } = await world('qq')
    await client.run('ID NIL')
    await client.run('SELECT INBOX')
    expect(await client.run('UID FETCH 2:1 (FLAGS)')).toMatchObject({ status: 'BAD' })
  })

  it('WorkMail: throttles in the middle of a run, once', async () => {
    const { server, client } = await world('workmail')
    await client.run('SELECT INBOX')
    const statuses = []
    for (let count = 0; count < 3; count++) statuses.push((await client.run('UID FETCH 1:* (FLAGS)')).status)
    expect(statuses).toEqual(['OK', 'OK', 'NO'])
    expect(await client.next()).toBe('* BYE Too many requests')
    const again = await openTestClient(server, 'demo')
    await again.run('SELECT INBOX')
    expect(await again.run('UID FETCH 1:* (FLAGS)')).toMatchObject({ status: 'OK' })
  })

  it('Zoho: a search by header tells every UID twice', async () => {
    const { client, inbox } = await world('zoho')
    inbox.append(letter('a'))
    inbox.append(letter('a'))
    await client.run('SELECT INBOX')
    expect((await client.run('UID SEARCH HEADER SUBJECT a')).untagged).toEqual(['SEARCH 1 1 2 2'])
    expect((await client.run('UID SEARCH ALL')).untagged).toEqual(['SEARCH 1 2'])
  })

  it('mail.ru: a boundary is NIL', async () => {
    const { client, inbox } = await world('mailru')
    inbox.append('Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\na\r\n--x--\r\n')
    await client.run('SELECT INBOX')
    expect((await client.run('FETCH 1 BODYSTRUCTURE')).untagged[0]).toContain('"BOUNDARY" NIL')
  })

  it('Dovecot: a prefix, and ten connections', async () => {
    const { server, client } = await world('dovecot')
    server.account().create('INBOX.Sent')
    expect((await client.run('NAMESPACE')).untagged).toEqual(['NAMESPACE (("INBOX." ".")) NIL NIL'])
    for (let count = 1; count < 10; count++) await openTestClient(server, 'demo')
    const eleventh = await openTestClient(server)
    expect(await eleventh.run('LOGIN demo demo')).toMatchObject({
      status: 'NO',
      text: expect.stringContaining('[UNAVAILABLE] Maximum number of connections from user+IP exceeded'),
    })
  })

  it('Courier: a prefix, and no CONDSTORE', async () => {
    const { client, capabilities } = await world('courier')
    expect(capabilities).not.toContain('CONDSTORE')
    expect(outcome(await client.run('CREATE Sent'))).toBe('NO CANNOT')
  })

  it('a sloppy server: no UID, no body, no order, no STATUS, no UIDNEXT, no text', async () => {
    const { client, inbox } = await world('sloppy')
    inbox.append(letter('a'))
    inbox.append(letter('b'))
    const listed = await client.run('LIST "" "*" RETURN (STATUS (MESSAGES))')
    expect(listed.untagged).toEqual(['LIST (\\HasNoChildren) "/" "INBOX"'])
    const selected = await client.run('SELECT INBOX')
    expect(selected.untagged.some((response) => response.includes('UIDNEXT'))).toBe(false)
    expect((await client.run('UID FETCH 1:* (BODY.PEEK[])')).untagged).toEqual([
      '2 FETCH (BODY[] NIL)',
      '1 FETCH (BODY[] NIL)',
    ])
    expect(fetched(await client.run('UID FETCH 1:* (BODY.PEEK[])')).map(({ uid }) => uid)).toEqual([2, 1])
    expect((await client.run('UID SEARCH ALL')).untagged).toEqual(['SEARCH 2 1'])
    client.send('a APPEND INBOX {1}\r\n')
    expect(await client.next()).toBe('+')
  })

  it('a provider, with what the test says on top of it', async () => {
    const server = await startForTest({
      behaves: 'exchange',
      extensions: { UIDPLUS: true, IDLE: false },
      habits: { longestCommand: 5000 },
      faults: [{ kind: 'refuse', command: 'NOOP', status: 'NO', text: 'x' }],
    })
    const client = await openTestClient(server, 'demo')
    const offered = (await client.run('CAPABILITY')).untagged[0]!.split(' ')
    expect([offered.includes('UIDPLUS'), offered.includes('IDLE'), offered.includes('ID')]).toEqual([true, false, true])
    expect(client.greeting).toContain('Microsoft Exchange')
    expect(await client.run('NOOP')).toMatchObject({ status: 'NO' })
    expect(await client.run(`SEARCH ${'x'.repeat(2000)}`)).not.toMatchObject({ text: 'Command line too long' })
  })
})
