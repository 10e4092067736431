import { describe, expect, it } from 'vitest'
import { fetched, outcome, untagged } from '../raw-answers.ts'
import type { RawClient } from '../raw-client.ts'
import { openTestClient, startForTest } from '../start-for-test.ts'
import type { ServerHabits } from './habits.ts'

async function world(habits: ServerHabits) {
  const server = await startForTest({ habits })
  const client = await openTestClient(server, 'demo')
  return { server, client, inbox: server.account().folder('INBOX') }
}

async function sendAppend(client: RawClient, literal: string): Promise<string | undefined> {
  client.send(`a APPEND INBOX ${literal}\r\n`)
  return client.next()
}

describe('a habit', () => {
  it('is nobody’s unless asked for', async () => {
    const { client, inbox } = await world({})
    inbox.append('x')
    const capabilities = (await client.run('CAPABILITY')).untagged[0]
    expect(capabilities).not.toMatch(/APPENDLIMIT|LITERAL-|X-GM/)
    expect((await client.run('ID NIL')).untagged).toEqual(['ID ("name" "mailtide test server")'])
    expect(outcome(await client.run(`SELECT INBOX`))).toBe('OK READ-WRITE')
    expect(await client.run('UID FETCH 9:1 (FLAGS) (CHANGEDSINCE 0)')).toMatchObject({ status: 'OK' })
    expect(await client.run(`UID FETCH ${'1,'.repeat(50_000)}1 (FLAGS)`)).toMatchObject({ status: 'OK' })
  })

  it('of greeting and ID is what the server says', async () => {
    const { server, client } = await world({ greeting: 'Hello', id: { name: 'Some "Server"', version: '1' } })
    expect(client.greeting).toMatch(/\] Hello$/)
    expect((await client.run('ID NIL')).untagged).toEqual(['ID ("name" "Some \\"Server\\"" "version" "1")'])
    expect(server.connections).toBe(1)
  })

  it('of few connections refuses one login more, until another connection ends', async () => {
    const limit = { perUser: 1, text: '[ALERT] Too many simultaneous connections. (Failure)', untagged: true }
    const { server, client } = await world({ connectionLimit: limit })
    const second = await openTestClient(server)
    expect(await second.run('LOGIN demo demo')).toEqual({
      status: 'NO',
      text: '[ALERT] Too many simultaneous connections. (Failure)',
      untagged: ['NO [ALERT] Too many simultaneous connections. (Failure)'],
    })
    expect(server.loginAttempts.map(({ outcome }) => outcome)).toEqual(['accepted', 'refused'])
    await client.run('LOGOUT')
    expect(await second.run('LOGIN demo demo')).toMatchObject({ status: 'OK' })
  })

  it('of wanting to be told who it is refuses to select until ID came after the login', async () => {
    const server = await startForTest({ habits: { idAfterLogin: true } })
    const client = await openTestClient(server)
    await client.run('ID ("name" "test")')
    await client.run('LOGIN demo demo')
    expect(await client.run('SELECT INBOX')).toMatchObject({
      status: 'NO',
      text: 'SELECT Unsafe Login. Please contact kefu@188.com for help',
    })
    expect(await client.run('EXAMINE INBOX')).toMatchObject({ status: 'NO' })
    expect(await client.run('STATUS INBOX (MESSAGES)')).toMatchObject({ status: 'OK' })
    await client.run('ID ("name" "test")')
    expect(await client.run('SELECT INBOX')).toMatchObject({ status: 'OK' })
  })

  it('of short commands takes none that is longer', async () => {
    const { client } = await world({ longestCommand: 100 })
    expect(await client.run(`NOOP ${'x'.repeat(200)}`)).toMatchObject({ status: 'BAD', text: 'Command line too long' })
    expect(await client.run('NOOP')).toMatchObject({ status: 'OK' })
  })

  it('of small messages is advertised, and asks for no literal that is too big', async () => {
    const { client, inbox } = await world({ appendLimit: 10 })
    expect((await client.run('CAPABILITY')).untagged[0]).toContain(' APPENDLIMIT=10')
    expect(await sendAppend(client, '{11}')).toBe('a NO [TOOBIG] Message too large. (Failure)')
    expect(outcome(await client.run('APPEND INBOX ', Buffer.from('elevenbytes')))).toBe('NO TOOBIG')
    expect(outcome(await client.run('APPEND INBOX ', Buffer.from('ten bytes!')))).toBe('OK APPENDUID')
    expect(inbox.messages()).toHaveLength(1)
  })

  it('of LITERAL- takes small literals unasked, and bigger ones when it has asked', async () => {
    const { client } = await world({ literalMinus: true })
    expect((await client.run('CAPABILITY')).untagged[0]).toMatch(/ LITERAL-(?!.*LITERAL\+)/)
    expect(await client.run('APPEND INBOX ', Buffer.alloc(4096, 'x'))).toMatchObject({ status: 'OK' })
    expect(await sendAppend(client, '{4097}')).toMatch(/^\+ /)
    client.send(`${'x'.repeat(4097)}\r\n`)
    expect(await client.next()).toMatch(/^a OK/)
    expect(await sendAppend(client, '{4097+}')).toMatch(/^a BAD/)
  })

  it('of ascending sets alone refuses the others', async () => {
    const { client, inbox } = await world({ ascendingSetsOnly: true })
    inbox.appendAll([{ bytes: Buffer.from('a') }, { bytes: Buffer.from('b') }])
    await client.run('SELECT INBOX')
    expect(await client.run('UID FETCH 2:1 (FLAGS)')).toMatchObject({ status: 'BAD' })
    expect(await client.run('UID FETCH *:1 (FLAGS)')).toMatchObject({ status: 'BAD' })
    expect(fetched(await client.run('UID FETCH 1:* (FLAGS)'))).toHaveLength(2)
  })

  it('of not liking mod-sequence 0 says BAD', async () => {
    const { client } = await world({ zeroModSeqIsBad: true })
    await client.run('SELECT INBOX')
    expect(await client.run('UID SEARCH OR MODSEQ 0 SEEN')).toMatchObject({ status: 'BAD' })
    expect(await client.run('UID FETCH 1:* (FLAGS) (CHANGEDSINCE 0)')).toMatchObject({ status: 'BAD' })
    expect(await client.run('UID SEARCH MODSEQ 1')).toMatchObject({ status: 'OK' })
  })

  it('of forgetting UIDs changes UIDVALIDITY when the server starts anew', async () => {
    const { server, inbox, client } = await world({ forgetsUids: true })
    inbox.append('a')
    inbox.append('b')
    inbox.expunge([1])
    const before = inbox.uidValidity
    server.restart()
    expect(await client.next()).toBeUndefined()
    expect(inbox.uidValidity).not.toBe(before)
    expect(inbox.messages().map(({ uid }) => uid)).toEqual([1])
    const again = await openTestClient(server, 'demo')
    expect(untagged(await again.run('SELECT INBOX'), 'UIDVALIDITY')[0]).toContain(`${inbox.uidValidity}`)
  })

  it('of labels can be had by itself', async () => {
    const { server, client } = await world({ labels: { root: '[Google Mail]' } })
    expect((await client.run('CAPABILITY')).untagged[0]).toMatch(/ QRESYNC .* X-GM-EXT-1$/)
    expect(server.account().has('[Google Mail]/All Mail')).toBe(true)
  })

  it('of keeping UIDs is the usual one', async () => {
    const { server, inbox } = await world({})
    const before = inbox.uidValidity
    server.restart()
    expect(inbox.uidValidity).toBe(before)
  })
})
