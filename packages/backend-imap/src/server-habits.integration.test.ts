import type { FolderPath } from '@mailtide/contracts'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createImapRepository, type ServerSigns } from './index.ts'
import type { ImapOptions } from './options.ts'
import { startScript } from './testing/scripted-server.ts'

const { signal } = new AbortController()

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
    const folder = await repository.open('INBOX' as FolderPath, 'select', signal)
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
