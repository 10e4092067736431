import { describe, expect, it } from 'vitest'
import { outcome, untilHeard } from '../raw-answers.ts'
import { openTestClient, startForTest } from '../start-for-test.ts'
import type { Fault } from './fault.ts'

const letter = Buffer.from('Subject: x\r\n\r\nbody\r\n')

async function world(...faults: Fault[]) {
  const server = await startForTest({ faults })
  const inbox = server.account().folder('INBOX')
  const client = await openTestClient(server, 'demo')
  return { server, inbox, client }
}

describe('a fault', () => {
  it('befalls one command unless told otherwise, and counts its hits', async () => {
    const { server, client } = await world()
    const fault = server.faults.add({ kind: 'refuse', command: 'NOOP', status: 'NO', text: 'not now' })
    expect(await client.run('NOOP')).toMatchObject({ status: 'NO', text: 'not now' })
    expect(await client.run('NOOP')).toMatchObject({ status: 'OK' })
    expect(fault.hits).toBe(1)
  })

  it('can pass over some, last, and be taken back', async () => {
    const { server, client } = await world()
    const fault = server.faults.add({
      kind: 'refuse',
      command: /^noop/i,
      skip: 1,
      times: Infinity,
      status: 'BAD',
      text: 'x',
    })
    const statuses = []
    for (let count = 0; count < 3; count++) statuses.push((await client.run('NOOP')).status)
    fault.remove()
    statuses.push((await client.run('NOOP')).status)
    expect(statuses).toEqual(['OK', 'BAD', 'BAD', 'OK'])
  })

  it('can be kept to one connection and to what a command says', async () => {
    const { server, client } = await world()
    server.faults.add({
      kind: 'refuse',
      command: (text) => text.endsWith('Trash'),
      connection: 2,
      status: 'NO',
      text: 'x',
    })
    const other = await openTestClient(server, 'demo')
    expect(await client.run('CREATE Trash')).toMatchObject({ status: 'OK' })
    expect(await other.run('CREATE Sent')).toMatchObject({ status: 'OK' })
    expect(await other.run('DELETE Trash')).toMatchObject({ status: 'NO' })
  })
})

describe('cut', () => {
  it('before its effect leaves nothing done', async () => {
    const { inbox, client } = await world({ kind: 'cut', command: 'APPEND', at: 'before-effect' })
    expect(await client.run('APPEND INBOX ', letter)).toMatchObject({ status: 'BYE' })
    expect(inbox.messages()).toHaveLength(0)
  })

  it('after its effect leaves it done and unanswered', async () => {
    const { inbox, client } = await world({ kind: 'cut', command: 'APPEND', at: 'after-effect' })
    expect(await client.run('APPEND INBOX ', letter)).toMatchObject({ status: 'BYE' })
    expect(inbox.messages()).toHaveLength(1)
  })

  it('in the middle of a literal that comes in', async () => {
    const { inbox, client } = await world({ kind: 'cut', command: 'APPEND', at: { received: 1000 } })
    expect(await client.run('APPEND INBOX ', Buffer.alloc(5000, 'x'))).toMatchObject({ status: 'BYE' })
    expect(inbox.messages()).toHaveLength(0)
  })

  it('in the middle of a body that goes out, after exactly so many octets', async () => {
    const { inbox, client } = await world({ kind: 'cut', command: 'FETCH', at: { sent: 40 } })
    inbox.append('x'.repeat(5000))
    await client.run('SELECT INBOX')
    client.send('f FETCH 1 BODY[]\r\n')
    expect(await client.next()).toBeUndefined()
    expect(client.left()).toBe(`* 1 FETCH (BODY[] {5000}\r\n${'x'.repeat(14)}`)
  })

  it('counts the octets of a connection where it names no command', async () => {
    const server = await startForTest({ faults: [{ kind: 'cut', connection: 2, at: { sent: 6 } }] })
    expect((await openTestClient(server)).greeting).toMatch(/^\* OK/)
    expect((await openTestClient(server)).left()).toBe('* OK [')
    expect((await openTestClient(server)).greeting).toMatch(/^\* OK/)
  })
})

describe('refuse', () => {
  it('turns clients away at the greeting', async () => {
    const server = await startForTest({
      faults: [{ kind: 'refuse', command: 'GREETING', status: 'BYE', text: '[ALERT] Too many connections' }],
    })
    const client = await openTestClient(server)
    expect(client.greeting).toBe('* BYE [ALERT] Too many connections')
    expect(await client.next()).toBeUndefined()
    expect((await openTestClient(server)).greeting).toMatch(/^\* OK/)
  })

  it('says BYE in the middle of a session', async () => {
    const { client } = await world({ kind: 'refuse', command: 'NOOP', status: 'BYE', text: 'Shutting down' })
    expect(await client.run('NOOP')).toMatchObject({ status: 'BYE', untagged: ['BYE Shutting down'] })
  })

  it('does not ask for a literal that it does not want', async () => {
    const text = '[OVERQUOTA] Full'
    const { client } = await world({ kind: 'refuse', command: 'APPEND', status: 'NO', text })
    client.send('a APPEND INBOX {5}\r\n')
    expect(await client.next()).toBe('a NO [OVERQUOTA] Full')
    expect(await client.run('NOOP')).toMatchObject({ status: 'OK' })
  })

  it('can come after the effect and its untagged answers', async () => {
    const fault: Fault = { kind: 'refuse', command: 'FETCH', afterEffect: true, status: 'NO', text: '[UNAVAILABLE] x' }
    const { inbox, client } = await world(fault)
    inbox.append(letter)
    await client.run('SELECT INBOX')
    expect(await client.run('FETCH 1 UID')).toMatchObject({ status: 'NO', untagged: ['1 FETCH (UID 1)'] })
  })
})

describe('stall', () => {
  it('answers no more until it is taken back', async () => {
    const { server, inbox, client } = await world()
    const fault = server.faults.add({ kind: 'stall', command: 'APPEND', afterEffect: true })
    client.send(`a APPEND INBOX {${letter.length}+}\r\n${letter}\r\nb NOOP\r\n`)
    await expect.poll(() => inbox.messages().length).toBe(1)
    const answer = client.next()
    expect(await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 30, 'silence'))])).toBe('silence')
    fault.remove()
    expect(await answer).toMatch(/^a OK/)
  })

  it('goes on by itself after its time', async () => {
    const { client } = await world({ kind: 'stall', command: 'NOOP', milliseconds: 50 })
    const start = performance.now()
    expect(await client.run('NOOP')).toMatchObject({ status: 'OK' })
    expect(performance.now() - start).toBeGreaterThanOrEqual(49)
  })
})

describe('throttle', () => {
  it('sends slowly and says so', async () => {
    const { inbox, client } = await world({ kind: 'throttle', command: 'FETCH', bytesPerSecond: 100_000 })
    inbox.append('x'.repeat(10_000))
    await client.run('SELECT INBOX')
    const start = performance.now()
    expect(outcome(await client.run('FETCH 1 BODY[]'))).toBe('OK THROTTLED')
    expect(performance.now() - start).toBeGreaterThan(80)
  })
})

describe('wrong answers', () => {
  it('rewrite lines, and drop responses, leaving literals alone', async () => {
    const line = (text: string) => (text.startsWith('* 1 ') ? undefined : text.replace('FLAGS', 'FALGS'))
    const { inbox, client } = await world({ kind: 'rewrite', command: 'FETCH', line })
    inbox.append('FLAGS\r\n')
    inbox.append('FLAGS\r\n')
    await client.run('SELECT INBOX')
    const { untagged } = await client.run('FETCH 1:2 (FLAGS BODY[])')
    expect(untagged).toEqual(['2 FETCH (FALGS (\\Seen \\Recent) BODY[] {7}\r\nFLAGS\r\n)'])
  })

  it('leave out untagged responses by name', async () => {
    const { client } = await world({ kind: 'drop', command: 'SELECT', untagged: 'EXISTS' })
    const { untagged } = await client.run('SELECT INBOX')
    expect(untagged).toContain('0 RECENT')
    expect(untagged).not.toContain('0 EXISTS')
  })

  it('hide response codes', async () => {
    const { client } = await world({ kind: 'hide-code', command: /APPEND/, code: 'APPENDUID' })
    expect(await client.run('APPEND INBOX ', letter)).toMatchObject({ status: 'OK', text: 'APPEND completed' })
    expect(outcome(await client.run('APPEND INBOX ', letter))).toBe('OK APPENDUID')
  })

  it('tell other numbers of a mailbox', async () => {
    const { server, client } = await world({
      kind: 'misreport-status',
      command: /^(LIST|STATUS)/,
      times: 2,
      mailbox: 'Entwürfe',
      items: { MESSAGES: 7, HIGHESTMODSEQ: 2n ** 62n, UIDNEXT: undefined },
    })
    server.account().create('Entwürfe')
    const list = await client.run('LIST "" "*" RETURN (STATUS (MESSAGES UIDNEXT HIGHESTMODSEQ))')
    expect(list.untagged.filter((response) => response.startsWith('STATUS'))).toEqual([
      'STATUS "INBOX" (MESSAGES 0 UIDNEXT 1 HIGHESTMODSEQ 1)',
      'STATUS "Entw&APw-rfe" (MESSAGES 7 HIGHESTMODSEQ 4611686018427387904)',
    ])
    const status = await client.run('STATUS "Entw&APw-rfe" (MESSAGES)')
    expect(status.untagged).toEqual(['STATUS "Entw&APw-rfe" (MESSAGES 7)'])
  })
})

describe('messages that cannot be brought', () => {
  async function three(answer: Extract<Fault, { kind: 'unreadable' }>['answer']) {
    const { server, inbox, client } = await world({ kind: 'unreadable', uids: [2], answer, times: Infinity })
    for (const text of ['a', 'b', 'c']) inbox.append(text)
    server.account().create('other').append('x')
    await client.run('SELECT INBOX')
    return { client, inbox }
  }

  it('are listed, and left out of a FETCH of bodies', async () => {
    const { client, inbox } = await three('nothing')
    expect((await client.run('UID FETCH 1:* (FLAGS)')).untagged).toHaveLength(3)
    const { status, untagged } = await client.run('UID FETCH 1:* (BODY[])')
    expect([status, untagged.length]).toEqual(['OK', 2])
    expect(inbox.message(2).flags.has('\\Seen')).toBe(false)
  })

  it('or end a FETCH, alone and in a range', async () => {
    const no = '[UNAVAILABLE] UID FETCH Server error while fetching messages'
    const { client } = await three({ no })
    expect(await client.run('UID FETCH 2 (BODY.PEEK[])')).toEqual({ status: 'NO', text: no, untagged: [] })
    const range = await client.run('UID FETCH 1:3 (BODY.PEEK[])')
    expect([range.status, range.untagged.length]).toEqual(['NO', 1])
    expect(await client.run('UID FETCH 3 (BODY.PEEK[])')).toMatchObject({ status: 'OK' })
  })

  it('only in the folder that is named', async () => {
    const { server, client } = await world({
      kind: 'unreadable',
      uids: [1],
      mailbox: 'other',
      answer: 'nothing',
      times: Infinity,
    })
    server.account().folder('INBOX').append('x')
    server.account().create('other').append('x')
    await client.run('SELECT INBOX')
    expect((await client.run('FETCH 1 BODY.PEEK[]')).untagged).toHaveLength(1)
    await client.run('SELECT other')
    expect((await client.run('FETCH 1 BODY.PEEK[]')).untagged).toEqual([])
  })
})

describe('FETCH responses', () => {
  it('can lack an item, or tell NIL in its place, and come the last one first', async () => {
    const { server, inbox, client } = await world()
    inbox.append('a')
    inbox.append('b')
    await client.run('SELECT INBOX')
    server.faults.add({ kind: 'without-item', item: 'UID', command: 'UID FETCH' })
    server.faults.add({ kind: 'without-item', item: 'BODY[]', command: 'UID FETCH', nil: true })
    server.faults.add({ kind: 'unsorted', command: 'UID FETCH' })
    expect((await client.run('UID FETCH 1:2 (BODY.PEEK[])')).untagged).toEqual([
      '2 FETCH (BODY[] NIL)',
      '1 FETCH (BODY[] NIL)',
    ])
  })
})

describe('a fault that goes wrong itself', () => {
  it('cuts the connection and makes closing the server fail', async () => {
    const { startTestServer } = await import('../start-test-server.ts')
    const server = await startTestServer()
    const client = await openTestClient(server)
    server.faults.add({
      kind: 'rewrite',
      line() {
        throw new Error('a mistake in a test')
      },
    })
    client.send('a NOOP\r\n')
    expect(await untilHeard(client, 'a ')).toBe('the connection has ended')
    await expect(server.close()).rejects.toThrow('the test server went wrong')
  })
})
