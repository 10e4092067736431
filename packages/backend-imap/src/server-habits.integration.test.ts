import { type FolderPath, type MessageId, messageId, noFlags } from '@mailtide/contracts'
import { bodyOf } from '@mailtide/message-bytes'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createImapRepository, type ServerSigns } from './index.ts'
import type { ImapOptions } from './options.ts'
import { startScript } from './testing/scripted-server.ts'

const { signal } = new AbortController()
const inbox = 'INBOX' as FolderPath

async function start(options: Partial<ImapOptions>, capabilities = 'IMAP4rev1 ID ENABLE QRESYNC CONDSTORE') {
  const server = await startScript(['* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] Hello from here'], (line) => {
    if (line.startsWith('AUTHENTICATE')) return [`$ OK [CAPABILITY ${capabilities}] in`]
    if (line.startsWith('ID')) return ['* ID ("Name" "Some \\"Server\\"" "os" NIL)', '$ OK']
    if (line.startsWith('LIST')) return ['* LIST () "/" INBOX', '$ OK']
    if (/^(?:SELECT|EXAMINE)/.test(line)) {
      return ['* 0 EXISTS', '* OK [UIDVALIDITY 9]', '* OK [UIDNEXT 1]', '* OK [HIGHESTMODSEQ 7]', '$ OK']
    }
    return undefined
  })
  const { host, port } = server
  const login = { host, port, user: 'demo', password: () => 'demo', encryption: 'none' } as const
  const repository = createImapRepository({ ...login, ...options })
  onTestFinished(() => repository.close())
  return { server, repository }
}

describe('adapt', () => {
  it('is asked before the first connection, after the login, and when ID was answered', async () => {
    const asked: ServerSigns[] = []
    const { repository } = await start({
      adapt(signs) {
        asked.push(signs)
        return {}
      },
    })
    expect(asked).toEqual([{ greeting: '', capabilities: new Set(), id: new Map() }])
    await repository.survey(new Map(), signal)
    expect(asked.map(({ greeting }) => greeting)).toEqual(['', 'Hello from here', 'Hello from here'])
    expect(asked[1]?.capabilities.has('QRESYNC')).toBe(true)
    expect(asked[2]?.id).toEqual(
      new Map([
        ['name', 'Some "Server"'],
        ['os', null],
      ]),
    )
  })

  it.each([
    { why: 'from the greeting', knows: ({ greeting }: ServerSigns) => greeting !== '' },
    { why: 'from ID', knows: ({ id }: ServerSigns) => id.size > 0 },
  ])('keeps an extension from being used that is offered, known $why', async ({ knows }) => {
    const { server, repository } = await start({ adapt: (signs) => (knows(signs) ? { avoid: ['qresync'] } : {}) })
    await repository.survey(new Map(), signal)
    const folder = await repository.open(inbox, 'select', signal)
    const none = { count: 0, has: () => false, ids: () => [] }
    await folder.changes({ epoch: '9', position: '1 0 5' }, none, signal)
    await folder.close()
    expect(server.lines.filter((line) => line.includes('QRESYNC ('))).toEqual([])
    expect(server.lines.filter((line) => line.includes('CHANGEDSINCE 5'))).toHaveLength(1)
  })

  it('says how many connections there may be', async () => {
    const { repository } = await start({
      connections: 9,
      adapt: ({ id }) => ({ connections: id.size > 0 ? 2 : 5 }),
    })
    expect(repository.capabilities.connections).toBe(5)
    await repository.survey(new Map(), signal)
    expect(repository.capabilities.connections).toBe(2)
  })
})

describe('a server with habits', () => {
  it('is sent nothing bigger than it takes, without telling', async () => {
    const { server, repository } = await start({ adapt: () => ({ appendLimit: 100 }) })
    const folder = await repository.open(inbox, 'select', signal)
    const message = { id: messageId('x'), flags: noFlags, body: bodyOf(Buffer.alloc(101, 'x')) }
    const [token = ''] = await folder.prepare([message], signal)
    expect(await folder.append([{ ...message, token }], signal)).toEqual([
      { error: expect.objectContaining({ code: 'imap/unstorable', scope: 'message' }) },
    ])
    await folder.close()
    expect(server.lines.filter((line) => line.startsWith('APPEND'))).toEqual([])
  })

  it.each([true, false])(
    'is asked twice before what it no longer lists is believed gone: %s',
    async (confirmDeletions) => {
      const server = await startScript(['* PREAUTH [CAPABILITY IMAP4rev1] hello'], (line) => {
        if (line.startsWith('SELECT')) return ['* 1 EXISTS', '* OK [UIDVALIDITY 9]', '* OK [UIDNEXT 8]', '$ OK']
        if (line.startsWith('UID FETCH 1:*')) return ['* 1 FETCH (UID 3 FLAGS ())', '$ OK']
        if (line.startsWith('UID FETCH 5')) return ['* 2 FETCH (UID 5 FLAGS (\\Seen))', '$ OK']
        return line.startsWith('UID SEARCH') ? ['* SEARCH 3 5', '$ OK'] : undefined
      })
      const { host, port } = server
      const login = { host, port, user: 'demo', encryption: 'none' } as const
      const repository = createImapRepository({ ...login, password: () => 'demo', adapt: () => ({ confirmDeletions }) })
      onTestFinished(() => repository.close())
      const folder = await repository.open(inbox, 'select', signal)
      const ids = ['3', '5', '6'].map(messageId)
      const known = { count: 3, has: (id: MessageId) => ids.includes(id), ids: () => ids }
      const changes = await folder.changes(undefined, known, signal)
      const listed = changes.kind === 'full' ? [...changes.messages].map(({ id }) => id) : []
      expect(listed).toEqual(confirmDeletions ? ['3', '5'] : ['3'])
      await folder.close()
    },
  )
})
