import { describe, expect, it } from 'vitest'
import { type Extension, extensionNames } from './extensions.ts'
import { openTestClient, startForTest } from './start-for-test.ts'

/** For every extension something that only it allows. */
const uses: Record<Extension, string> = {
  'LITERAL+': 'CREATE {3+}\r\nabc',
  UIDPLUS: 'UID EXPUNGE 1',
  MOVE: 'UID MOVE 1 INBOX',
  CONDSTORE: 'UID FETCH 1:* (MODSEQ)',
  QRESYNC: 'SELECT INBOX (QRESYNC (1 1))',
  ENABLE: 'ENABLE CONDSTORE',
  'LIST-EXTENDED': 'LIST "" ("a" "b") RETURN (SUBSCRIBED)',
  'LIST-STATUS': 'LIST "" "*" RETURN (STATUS (MESSAGES))',
  'SPECIAL-USE': 'LIST (SPECIAL-USE) "" "*"',
  'CREATE-SPECIAL-USE': 'CREATE Sent (USE (\\Sent))',
  NAMESPACE: 'NAMESPACE',
  IDLE: 'IDLE\r\nDONE',
  ID: 'ID NIL',
  'COMPRESS=DEFLATE': 'COMPRESS DEFLATE',
  MULTIAPPEND: 'APPEND INBOX {1+}\r\na {1+}\r\nb',
  ESEARCH: 'SEARCH RETURN (COUNT) ALL',
  UNSELECT: 'UNSELECT',
  'SASL-IR': 'AUTHENTICATE PLAIN AGRlbW8AZGVtbw==',
  CHILDREN: '',
  NOTIFY: 'NOTIFY NONE',
}

describe('extensions', () => {
  it.each(extensionNames.filter((name) => uses[name] !== ''))('%s is understood unless switched off', async (name) => {
    for (const isOn of [true, false]) {
      const server = await startForTest({ extensions: { [name]: isOn } })
      const client = await openTestClient(server, name === 'SASL-IR' ? undefined : 'demo')
      if (name === 'QRESYNC') await client.run('ENABLE QRESYNC')
      if (name !== 'SASL-IR') await client.run('SELECT INBOX')
      const offered = (await client.run('CAPABILITY')).untagged[0]?.split(' ')
      expect(offered?.includes(name)).toBe(isOn)
      client.send(`use ${uses[name]}\r\n`)
      let answer = await client.next()
      while (answer && !/^use (OK|BAD)/.test(answer)) answer = await client.next()
      expect(answer).toMatch(isOn ? 'use OK' : 'use BAD')
    }
  })

  it('tell of children only where that is on', async () => {
    for (const CHILDREN of [true, false]) {
      const server = await startForTest({ extensions: { CHILDREN } })
      const client = await openTestClient(server, 'demo')
      expect(/Children/.test((await client.run('LIST "" "*"')).untagged[0] ?? '')).toBe(CHILDREN)
    }
  })

  it('leave no trace of UIDs, mod-sequences and uses in answers when off', async () => {
    const server = await startForTest({ extensions: new Set(['LITERAL+']) })
    const account = server.account()
    account.create('Sent', { specialUse: '\\Sent' })
    const client = await openTestClient(server, 'demo')
    const answers = [
      await client.run('LIST "" "*"'),
      await client.run('SELECT INBOX'),
      await client.run('APPEND INBOX ', Buffer.from('x')),
      await client.run('COPY 1 Sent'),
      await client.run('STORE 1 +FLAGS (\\Deleted)'),
      await client.run('EXPUNGE'),
    ]
    expect(answers.every(({ status }) => status === 'OK')).toBe(true)
    const said = answers.map(({ text, untagged }) => [...untagged, text].join('\n')).join('\n')
    expect(said).not.toMatch(/MODSEQ|APPENDUID|COPYUID|\\Sent|Children|CLOSED/)
  })

  it('go with what they are built on', async () => {
    const server = await startForTest({ extensions: { CONDSTORE: false, 'SPECIAL-USE': false } })
    const { greeting } = await openTestClient(server)
    expect(greeting).not.toMatch(/CONDSTORE|QRESYNC|SPECIAL-USE/)
  })

  it('list special uses, and create folders for them', async () => {
    const server = await startForTest()
    server.account().create('Sent', { specialUse: '\\Sent' })
    const client = await openTestClient(server, 'demo')
    await client.run('CREATE Rubbish (USE (\\Trash))')
    const { untagged } = await client.run('LIST (SPECIAL-USE) "" "*"')
    expect(untagged).toEqual([
      'LIST (\\HasNoChildren \\Trash) "/" "Rubbish"',
      'LIST (\\HasNoChildren \\Sent) "/" "Sent"',
    ])
  })
})
