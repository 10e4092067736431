import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fetched } from '../raw-answers.ts'
import type { RawAnswer } from '../raw-client.ts'
import { openTestClient, startForTest } from '../start-for-test.ts'

const steps = fc.array(
  fc.record({
    by: fc.constantFrom('test', 'neighbour', 'self'),
    what: fc.constantFrom('append', 'remove', 'mark', 'look'),
    at: fc.nat(9),
  }),
  { maxLength: 25 },
)

/** How many messages there are, as a client knows that only listens. */
function listen(count: number, { untagged }: RawAnswer): number {
  let known = count
  for (const response of untagged) {
    const exists = /^(\d+) EXISTS/.exec(response)
    if (exists) known = Number(exists[1])
    else if (/^\d+ EXPUNGE/.test(response)) known--
    const named = /^(\d+) (EXPUNGE|FETCH)/.exec(response)
    if (named) expect(Number(named[1])).toBeLessThanOrEqual(named[2] === 'EXPUNGE' ? known + 1 : known)
  }
  return known
}

it('a client that listens always knows how many messages there are, and which, whoever changes them', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      const server = await startForTest()
      const inbox = server.account().folder('INBOX')
      inbox.appendAll(Array.from({ length: 3 }, () => ({ bytes: Buffer.from('x') })))
      const [self, neighbour] = [await openTestClient(server, 'demo'), await openTestClient(server, 'demo')]
      let known = listen(0, await self.run('SELECT INBOX'))
      await neighbour.run('SELECT INBOX')
      for (const { by, what, at } of plan) {
        const uid = inbox.messages()[at]?.uid ?? 1
        const commands = {
          append: 'APPEND INBOX {1+}\r\nx',
          remove: `UID STORE ${uid} +FLAGS.SILENT (\\Deleted)\r\nx EXPUNGE`,
          mark: `STORE 1 +FLAGS (key${at})`,
          look: 'FETCH 1 FLAGS',
        }
        if (by === 'test') {
          if (what === 'append') inbox.append('x')
          else if (inbox.messages()[at] && what === 'remove') inbox.expunge([uid])
          else if (inbox.messages()[at]) inbox.setFlags(uid, ['\\Seen'])
          continue
        }
        for (const command of commands[what].split('\r\nx EXPUNGE')) {
          const client = by === 'self' ? self : neighbour
          const answer = await client.run(command || 'EXPUNGE')
          if (by === 'self') known = listen(known, answer)
        }
      }
      known = listen(known, await self.run('NOOP'))
      expect(known).toBe(inbox.messages().length)
      const rows = known === 0 ? [] : fetched(await self.run('FETCH 1:* UID'))
      expect(rows.map(({ uid }) => uid)).toEqual(inbox.messages().map(({ uid }) => uid))
      await server.close()
    }),
    { numRuns: 40 },
  )
})

it('no line that a client can think of makes the server go wrong', async () => {
  const server = await startForTest()
  server.account().folder('INBOX').append('Subject: x\r\n\r\nbody')
  const names = [
    'FETCH',
    'UID FETCH',
    'STORE',
    'UID STORE',
    'SEARCH',
    'UID SEARCH',
    'COPY',
    'UID EXPUNGE',
    'LIST',
    'LSUB',
    'STATUS',
    'APPEND',
    'CREATE',
    'RENAME',
    'DELETE',
    'SELECT',
    'EXAMINE',
    'ENABLE',
    'ID',
    'AUTHENTICATE',
    'LOGIN',
    'CLOSE',
  ]
  const words = [
    '1',
    '*',
    '1:*',
    '0',
    '9:8',
    '(',
    ')',
    '()',
    '"',
    '"x"',
    '"\\',
    '{3+}\r\nabc',
    '{0+}\r\n',
    'NIL',
    'INBOX',
    '%',
    '&-',
    'FLAGS',
    '+FLAGS',
    '(\\Seen)',
    'BODY[',
    'BODY[]',
    'BODY[1.2.TEXT]<1.2>',
    'BODY[HEADER.FIELDS (',
    'ENVELOPE',
    'UID',
    'BODYSTRUCTURE',
    'RETURN',
    '(STATUS (',
    '(MESSAGES)',
    '(QRESYNC (1 1))',
    '(CHANGEDSINCE 1)',
    'NOT',
    'OR',
    'ALL',
    'MODSEQ',
    '99999999999999999999999',
    'SINCE',
    '1-Jan-2026',
    'HEADER',
    'CHARSET',
    '\0',
    '\xff',
    '',
    '[',
    ']',
    '\\',
  ]
  const lines = fc.tuple(fc.constantFrom(...names), fc.array(fc.constantFrom(...words), { maxLength: 6 }))
  await fc.assert(
    fc.asyncProperty(fc.array(lines, { minLength: 1, maxLength: 10 }), async (commands) => {
      const client = await openTestClient(server, 'demo')
      await client.run('ENABLE QRESYNC')
      await client.run('SELECT INBOX')
      for (const [name, parts] of commands) client.send(`x ${[name, ...parts].join(' ')}\r\nn NOOP\r\n`)
      client.send('last NOOP\r\n')
      for (let response = await client.next(); response !== undefined; response = await client.next()) {
        expect(response).not.toContain('SERVERBUG')
        if (/^last |^\* BYE/.test(response)) break
      }
      client.close()
    }),
    { numRuns: 150 },
  )
})
