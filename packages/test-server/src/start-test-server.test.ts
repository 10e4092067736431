import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { outcome, untilHeard } from './raw-answers.ts'
import { openTestClient, startForTest } from './start-for-test.ts'

describe('startTestServer', () => {
  it('greets, and lets the demo user in, and nobody else', async () => {
    const server = await startForTest()
    const client = await openTestClient(server)
    expect(client.greeting).toMatch(/^\* OK \[CAPABILITY IMAP4rev1 /)
    expect(outcome(await client.run('LOGIN demo wrong'))).toBe('NO AUTHENTICATIONFAILED')
    expect(outcome(await client.run('LOGIN demo demo'))).toBe('OK CAPABILITY')
  })

  it('takes names and passwords as quoted strings and literals, in UTF-8', async () => {
    const server = await startForTest({ users: [{ name: 'jürgen', password: 'pa"ß' }] })
    const client = await openTestClient(server)
    expect(await client.run('LOGIN ', Buffer.from('jürgen'), ' ', Buffer.from('pa"ß'))).toMatchObject({ status: 'OK' })
    const other = await openTestClient(server)
    const quoted = Buffer.from('LOGIN "jürgen" "pa\\"ß"').toString('latin1')
    expect(await other.run(quoted)).toMatchObject({ status: 'OK' })
  })

  it('speaks TLS from the start under a certificate that its authority signed', async () => {
    const server = await startForTest({ tls: 'implicit' })
    const client = await openTestClient({
      host: server.host,
      port: server.port,
      authority: server.certificateAuthority,
    })
    expect(await client.run('LOGIN demo demo')).toMatchObject({ status: 'OK' })
    expect(new X509Certificate(server.certificateAuthority).ca).toBe(true)
  })

  it('refuses to log in before STARTTLS, and lets in after it', async () => {
    const server = await startForTest({ tls: 'starttls' })
    const client = await openTestClient(server)
    expect(client.greeting).toMatch(/STARTTLS LOGINDISABLED/)
    expect(outcome(await client.run('LOGIN demo demo'))).toBe('NO PRIVACYREQUIRED')
    expect(await client.run('STARTTLS')).toMatchObject({ status: 'OK' })
    await client.startTls(server.certificateAuthority)
    expect((await client.run('CAPABILITY')).untagged[0]).not.toMatch(/STARTTLS|LOGINDISABLED/)
    expect(await client.run('LOGIN demo demo')).toMatchObject({ status: 'OK' })
  })

  it('drops what was sent in the clear behind STARTTLS', async () => {
    const server = await startForTest({ tls: 'starttls' })
    const client = await openTestClient(server)
    client.send('s STARTTLS\r\nevil NOOP\r\n')
    await untilHeard(client, 's OK')
    await client.startTls(server.certificateAuthority)
    await client.run('NOOP')
    expect(server.commands.map(({ tag }) => tag)).not.toContain('evil')
  })

  it('goes on compressed after COMPRESS', async () => {
    const server = await startForTest()
    server.account().folder('INBOX').append('x'.repeat(300_000))
    const client = await openTestClient(server, 'demo')
    expect(await client.run('COMPRESS DEFLATE')).toMatchObject({ status: 'OK' })
    client.startCompression()
    await client.run('SELECT INBOX')
    expect((await client.run('FETCH 1 BODY[]')).untagged[0]).toContain('x'.repeat(300_000))
    expect(outcome(await client.run('COMPRESS DEFLATE'))).toBe('NO COMPRESSIONACTIVE')
    expect(await client.run('LOGOUT')).toMatchObject({ status: 'OK' })
    expect(await client.next()).toBeUndefined()
  })

  it('notes every command, without literals and secrets', async () => {
    const server = await startForTest()
    const client = await openTestClient(server)
    await client.run('LOGIN ', Buffer.from('demo'), ' demo')
    await client.run('APPEND INBOX (\\Seen) ', Buffer.from('secret letter'))
    await client.run('uid fetch 1 flags')
    const other = await openTestClient(server)
    await other.run('AUTHENTICATE PLAIN AGRlbW8AZGVtbw==')
    expect(server.commands.map(({ connection, name, text }) => [connection, name, text])).toEqual([
      [1, 'LOGIN', 'LOGIN [redacted]'],
      [1, 'APPEND', 'APPEND INBOX (\\Seen) {13+}'],
      [1, 'UID FETCH', 'uid fetch 1 flags'],
      [2, 'AUTHENTICATE', 'AUTHENTICATE PLAIN [redacted]'],
    ])
  })

  it.each(['none', 'implicit', 'starttls'] as const)('notices that clients go (TLS: %s)', async (tls) => {
    const server = await startForTest({ tls })
    const authority = server.certificateAuthority
    const target = { host: server.host, port: server.port, ...(tls === 'implicit' && { authority }) }
    const clients = [await openTestClient(target), await openTestClient(target)]
    if (tls === 'starttls') {
      await clients[0]!.run('STARTTLS')
      await clients[0]!.startTls(authority)
    }
    expect(server.connections).toBe(2)
    clients[0]!.close()
    await clients[1]!.run('LOGOUT')
    clients[1]!.close()
    await expect.poll(() => server.connections).toBe(0)
  })

  it('counts the open connections and can cut them all', async () => {
    const server = await startForTest()
    const clients = [await openTestClient(server), await openTestClient(server)]
    expect(server.connections).toBe(2)
    server.disconnect()
    expect(await Promise.all(clients.map((client) => client.next()))).toEqual([undefined, undefined])
    expect(server.connections).toBe(0)
    expect(await openTestClient(server, 'demo')).toBeDefined()
  })

  it('holds back what comes in by its latency, pipelined commands together', async () => {
    const server = await startForTest({ latency: 40 })
    const client = await openTestClient(server)
    const start = performance.now()
    await client.run('NOOP')
    await client.run('NOOP')
    const oneByOne = performance.now() - start
    for (let index = 0; index < 100; index++) client.send(`p${index} NOOP\r\n`)
    await untilHeard(client, 'p99 OK')
    expect(oneByOne).toBeGreaterThanOrEqual(79)
    expect(performance.now() - start - oneByOne).toBeLessThan(100 * 40)
  })

  it.each([0, 30])('carries out what a client sent before it went away (latency %i)', async (latency) => {
    const server = await startForTest({ latency })
    const client = await openTestClient(server, 'demo')
    client.send('a APPEND INBOX {3+}\r\none\r\nb APPEND INBOX {3+}\r\ntwo\r\nc APPEND INBOX {9+}\r\nhal')
    client.end()
    await expect.poll(() => server.connections).toBe(0)
    const bodies = server
      .account()
      .folder('INBOX')
      .messages()
      .map(({ bytes }) => String(bytes))
    expect(bodies).toEqual(['one', 'two'])
  })

  it('puts folders below its namespace', async () => {
    const server = await startForTest({ separator: '.', namespacePrefix: 'INBOX.' })
    const client = await openTestClient(server, 'demo')
    expect((await client.run('NAMESPACE')).untagged).toEqual(['NAMESPACE (("INBOX." ".")) NIL NIL'])
    expect(await client.run('CREATE Sent')).toMatchObject({ status: 'NO' })
    await client.run('CREATE INBOX.Sent')
    const account = server.account()
    expect(account.folders().map(({ name }) => name)).toEqual(['INBOX', 'INBOX.Sent'])
  })

  it('keeps users apart', async () => {
    const users = [
      { name: 'ann', password: 'a' },
      { name: 'bob', password: 'b' },
    ]
    const server = await startForTest({ users })
    server.account('ann').create('only hers')
    const client = await openTestClient(server)
    await client.run('LOGIN bob b')
    expect((await client.run('LIST "" "*"')).untagged).toHaveLength(1)
    expect(() => server.account('eve')).toThrow(expect.objectContaining({ code: 'test-server/unknown-user' }))
  })

  it('gives up on a client that only talks nonsense', async () => {
    const server = await startForTest()
    const client = await openTestClient(server)
    client.send('GET / HTTP/1.1\r\n'.repeat(30))
    expect(await untilHeard(client, 'BYE')).toContain('Too many invalid commands')
  })

  it('takes and gives messages of 20 MiB, exactly', async () => {
    const server = await startForTest()
    const client = await openTestClient(server, 'demo')
    const bytes = Buffer.alloc(20 * 1024 * 1024, Buffer.from([0, 13, 10, 200, 46, 97, 125, 13, 10]))
    expect(await client.run('APPEND INBOX ', bytes)).toMatchObject({ status: 'OK' })
    expect(bytes.equals(server.account().folder('INBOX').message(1).bytes)).toBe(true)
    await client.run('SELECT INBOX')
    const [response] = (await client.run('FETCH 1 BODY.PEEK[]')).untagged
    expect(response?.length).toBe(`1 FETCH (BODY[] {${bytes.length}}\r\n)`.length + bytes.length)
  })

  it('asks for literals that are not sent along, empty ones as well', async () => {
    const server = await startForTest()
    const client = await openTestClient(server, 'demo')
    for (const body of ['', 'body\0']) {
      client.send(`a APPEND {5}\r\n`)
      expect(await client.next()).toMatch(/^\+ /)
      client.send(`INBOX {${body.length}}\r\n`)
      expect(await client.next()).toMatch(/^\+ /)
      client.send(`${body}\r\n`)
      expect(await client.next()).toMatch(/^a OK \[APPENDUID/)
    }
    const bodies = server
      .account()
      .folder('INBOX')
      .messages()
      .map(({ bytes }) => Buffer.from(bytes).toString())
    expect(bodies).toEqual(['', 'body\0'])
  })

  it('serves thousands of messages and pipelined appends quickly', async () => {
    const server = await startForTest()
    const bytes = Buffer.alloc(32 * 1024, 'x')
    const inbox = server.account().folder('INBOX')
    inbox.appendAll(Array.from({ length: 2000 }, () => ({ bytes })))
    const client = await openTestClient(server, 'demo')
    await client.run('SELECT INBOX')
    expect((await client.run('UID FETCH 1:* (FLAGS BODY.PEEK[])')).untagged).toHaveLength(2000)
    const appends = Array.from({ length: 2000 }, (_, index) => `p${index} APPEND INBOX {5+}\r\nhello\r\n`)
    client.send(appends.join(''))
    await untilHeard(client, 'p1999 OK')
    expect(inbox.messages()).toHaveLength(4000)
  })
})
