import type { FolderPath, KnownMessages } from '@mailtide/contracts'
import { messageId, noFlags } from '@mailtide/contracts'
import { bodyOf, bytesOf } from '@mailtide/message-bytes'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createImapRepository } from './index.ts'
import type { ImapOptions } from './options.ts'
import { type Answer, startScript } from './testing/scripted-server.ts'

const signal = new AbortController().signal
const inbox = 'INBOX' as FolderPath
const none: KnownMessages = { count: 0, has: () => false, ids: () => [] }
const date = '"17-Jul-1996 02:44:25 -0700"'

/** A repository on a server that knows no extension, and answers by the script what is not plain routine. */
async function start(script: Answer, capabilities = '', options: Partial<ImapOptions> = {}) {
  const server = await startScript([`* PREAUTH [CAPABILITY IMAP4rev1 ${capabilities}] hello`], (line) => {
    const answer = script(line)
    if (answer) return answer
    if (line.startsWith('LIST')) return ['* LIST () "/" INBOX', '$ OK']
    if (/^(SELECT|EXAMINE).*[^}]$/.test(line))
      return ['* 2 EXISTS', '* OK [UIDVALIDITY 9]', '* OK [UIDNEXT 8]', '$ OK [READ-WRITE]']
    return undefined
  })
  const repository = createImapRepository({
    host: server.host,
    port: server.port,
    user: 'demo',
    password: () => 'demo',
    encryption: 'none',
    wait: async () => {},
    ...options,
  })
  onTestFinished(() => repository.close())
  return { server, repository }
}

async function read(script: Answer, ...uids: number[]) {
  const { repository } = await start(script)
  const folder = await repository.open(inbox, 'select', signal)
  const found = new Map<string, string>()
  for await (const message of folder.read(
    uids.map((uid) => messageId(String(uid))),
    signal,
  )) {
    found.set(
      message.id,
      'error' in message ? message.error.message : Buffer.from(await bytesOf(message.body)).toString(),
    )
  }
  await folder.close()
  return found
}

describe('bodies', () => {
  it('are read whatever the order of items', async () => {
    const found = await read(
      (line) =>
        line.startsWith('UID FETCH')
          ? [
              `* 1 FETCH (BODY[] {3}`,
              `abc INTERNALDATE ${date} FLAGS () UID 6)`,
              '* 2 FETCH (BODY[] "" FLAGS () UID 7)',
              '$ OK',
            ]
          : undefined,
      6,
      7,
    )
    expect(found).toEqual(
      new Map([
        ['6', 'abc'],
        ['7', ''],
      ]),
    )
  })

  it('are read even if a big one comes before its UID', async () => {
    const big = 'x'.repeat(1_500_000)
    const found = await read(
      (line) =>
        line.startsWith('UID FETCH')
          ? [`* 1 FETCH (BODY[] {${big.length}}`, `${big} FLAGS () UID 6)`, '$ OK']
          : undefined,
      6,
    )
    expect(found.get('6') === big).toBe(true)
  })

  it('that are NIL set their message aside, or are those of one that went meanwhile', async () => {
    const found = await read(
      (line) => {
        if (line.startsWith('UID SEARCH')) return ['* SEARCH 6', '$ OK']
        const row = (seq: number, uid: number) => `* ${seq} FETCH (UID ${uid} FLAGS () INTERNALDATE ${date} BODY[] NIL)`
        return line.startsWith('UID FETCH') ? [row(1, 6), row(2, 7), '$ OK'] : undefined
      },
      6,
      7,
    )
    expect([...found]).toEqual([['6', expect.stringContaining('no body')]])
  })

  it('are not asked of a message that a flag is told of', async () => {
    const found = await read(
      (line) =>
        line.startsWith('UID FETCH') ? ['* 2 FETCH (UID 7 FLAGS (\\Seen))', '* 2 FETCH (FLAGS ())', '$ OK'] : undefined,
      6,
      7,
    )
    expect(found).toEqual(new Map())
  })
})

describe('literals', () => {
  it('wait for a + without words, and are not sent where the server refuses first', async () => {
    const { server, repository } = await start((line) => {
      if (!line.startsWith('APPEND')) return undefined
      if (line.endsWith('{14}')) return undefined
      return line.endsWith('}') ? ['$ NO [TOOBIG] too big'] : ['$ OK [APPENDUID 9 8] stored']
    })
    const folder = await repository.open(inbox, 'select', signal)
    const texts = ['Subject: too big for it\r\n\r\n', 'Subject: x\r\n\r\n', 'Subject: this as well\r\n\r\n']
    const batch = texts.map((text) => ({ id: messageId('x'), flags: noFlags, body: bodyOf(Buffer.from(text)) }))
    const tokens = await folder.prepare(batch, signal)
    const outgoing = batch.map((message, index) => ({ ...message, token: tokens[index] ?? '' }))
    const tooBig = { error: expect.objectContaining({ code: 'imap/refused', scope: 'message' }) }
    expect(await folder.append(outgoing, signal)).toEqual([tooBig, { id: '8' }, tooBig])
    expect(server.lines.slice(-4)).toEqual([
      'APPEND INBOX {27}',
      'APPEND INBOX {14}',
      'APPEND INBOX {14}Subject: x\r\n\r\n',
      'APPEND INBOX {25}',
    ])
    await folder.close()
  })

  it('carry names that quotes cannot', async () => {
    const { server, repository } = await start((line) =>
      line.startsWith('LIST')
        ? ['* LIST () "/" {5}', 'gr\xfcn"', '* LIST () NIL "a\\"b"', '* LIST (\\Noselect) "/" x', '$ OK']
        : undefined,
    )
    const paths = (await repository.survey(new Map(), signal)).map(({ path }) => path)
    expect(paths).toEqual(['gr\xfcn"', 'a"b'])
    for (const path of paths) {
      const folder = await repository.open(path, 'examine', signal)
      await folder.identify([], signal)
      await folder.close()
    }
    expect(server.lines.filter((line) => line.startsWith('EXAMINE'))).toEqual([
      'EXAMINE {5}',
      'EXAMINE {5}gr\xfcn"',
      'EXAMINE "a\\"b"',
    ])
  })
})

describe('a server of few words', () => {
  it('may leave UIDNEXT out', async () => {
    const { repository } = await start((line) => {
      if (line.startsWith('SELECT')) return ['* 2 EXISTS', '* OK [UIDVALIDITY 9]', '$ OK']
      if (line.startsWith('UID FETCH'))
        return ['* 1 FETCH (FLAGS (\\Seen) UID 41)', '* 2 FETCH (UID 3 FLAGS ())', '$ OK']
      return undefined
    })
    const folder = await repository.open(inbox, 'select', signal)
    const changes = await folder.changes(undefined, none, signal)
    expect(changes.cursor).toEqual({ epoch: '9', position: '42 2 0' })
    expect(changes.kind === 'full' && [...changes.messages].map(({ id }) => id)).toEqual(['3', '41'])
  })

  it('may refuse to list an empty folder', async () => {
    const { repository } = await start((line) => {
      if (line.startsWith('SELECT')) return ['* 0 EXISTS', '* OK [UIDVALIDITY 9]', '* OK [UIDNEXT 1]', '$ OK']
      return line.startsWith('UID FETCH') ? ['$ NO no messages'] : undefined
    })
    const folder = await repository.open(inbox, 'select', signal)
    const changes = await folder.changes(undefined, none, signal)
    expect(changes.kind === 'full' && [...changes.messages]).toEqual([])
  })

  it('may know no QRESYNC although it offers it', async () => {
    const { server, repository } = await start((line) => {
      if (line.includes('QRESYNC (')) return ['$ BAD what?']
      if (line.startsWith('SELECT')) {
        return ['* 2 EXISTS', '* OK [UIDVALIDITY 9]', '* OK [UIDNEXT 8]', '* OK [HIGHESTMODSEQ 70]', '$ OK']
      }
      return line.includes('CHANGEDSINCE') ? ['* 2 FETCH (UID 7 FLAGS (\\Seen) MODSEQ (70))', '$ OK'] : undefined
    }, 'ENABLE QRESYNC CONDSTORE')
    const folder = await repository.open(inbox, 'select', signal)
    const changes = await folder.changes({ epoch: '9', position: '8 2 60' }, none, signal)
    expect(changes.kind === 'delta' && [...changes.changed]).toEqual([{ id: '7', flags: new Set(['\\Seen']) }])
    expect(server.lines).toContain('UID FETCH 1:* (UID FLAGS) (CHANGEDSINCE 60)')
  })
})

describe('news of the folder selected before', () => {
  it.each([
    { capabilities: 'ENABLE QRESYNC CONDSTORE', closed: '* OK [CLOSED] that was the last one' },
    { capabilities: 'CONDSTORE', closed: '* OK on to the next' },
    { capabilities: '', closed: '* OK on to the next' },
  ])('are not taken for news of the next: $capabilities', async ({ capabilities, closed }) => {
    const { repository } = await start((line) => {
      if (line.startsWith('LIST')) return ['* LIST () "/" INBOX', '* LIST () "/" Work', '$ OK']
      const facts = ['* OK [UIDVALIDITY 9]', '* OK [UIDNEXT 8]', '* OK [HIGHESTMODSEQ 70]']
      if (line.startsWith('SELECT INBOX')) return ['* 1 EXISTS', ...facts, '$ OK']
      if (line.startsWith('SELECT Work')) {
        const old = ['* 1 FETCH (UID 3 FLAGS (\\Deleted))', '* 5 EXISTS', '* VANISHED 4', '* 4 EXPUNGE']
        return [...old, closed, '* 2 EXISTS', ...facts, '$ OK']
      }
      if (line.startsWith('UID FETCH 1:* (UID FLAGS)') && !line.includes('CHANGEDSINCE')) {
        return ['* 1 FETCH (UID 3 FLAGS ())', '* 2 FETCH (UID 4 FLAGS ())', '$ OK']
      }
      return undefined
    }, capabilities)
    await repository.survey(new Map(), signal)
    await (await repository.open(inbox, 'select', signal)).close()
    const folder = await repository.open('Work' as FolderPath, 'select', signal)
    const ids = ['3', '4'].map(messageId)
    const known: KnownMessages = { count: 2, has: (id) => ids.includes(id), ids: () => ids }
    const changes = await folder.changes({ epoch: '9', position: '8 2 60' }, known, signal)
    const rows = [...(changes.kind === 'full' ? changes.messages : changes.changed)]
    expect(rows).toEqual(changes.kind === 'full' ? ids.map((id) => ({ id, flags: noFlags })) : [])
    expect(changes.kind === 'full' ? [] : [...changes.vanished]).toEqual([])
    await folder.close()
  })
})

describe('folders', () => {
  it('are listed once, INBOX in any spelling', async () => {
    const { repository } = await start((line) =>
      line.startsWith('LIST')
        ? [
            '* list (\\HasNoChildren) "." "Inbox"',
            '* LIST () "." INBOX',
            '* LIST (\\Sent) "." Sent',
            '* LIST () "." a..b',
            '$ OK',
          ]
        : undefined,
    )
    expect(await repository.survey(new Map(), signal)).toEqual([
      { path: 'INBOX', mayHaveChanged: true, role: 'inbox' },
      { path: 'Sent', mayHaveChanged: true, role: 'sent' },
      { path: 'a//b', mayHaveChanged: true },
    ])
  })

  it('are unchanged by quick reckoning where nothing better is to be had', async () => {
    const script: Answer = (line) =>
      line.startsWith('STATUS') ? ['* STATUS  "INBOX"  (MESSAGES 2  UIDNEXT 8 UIDVALIDITY 9 )', '$ OK'] : undefined
    const known = new Map([[inbox, { epoch: '9', position: '8 2 0' }]])
    const { repository } = await start(script)
    expect(await repository.survey(known, signal)).toMatchObject([{ mayHaveChanged: true }])
    const { repository: quick } = await start(script, '', { quick: true })
    expect(await quick.survey(known, signal)).toMatchObject([{ mayHaveChanged: false }])
  })

  it('that must lie elsewhere are refused with a hint', async () => {
    const { repository } = await start((line) => {
      if (line.startsWith('LIST "" ""')) return ['* LIST (\\Noselect) "." ""', '$ OK']
      if (line.startsWith('CREATE')) return ['$ NO Invalid mailbox name.']
      if (line.startsWith('LIST "" Work')) return ['$ OK']
      return line === 'NAMESPACE' ? ['* NAMESPACE (("INBOX." ".")) NIL NIL', '$ OK'] : undefined
    }, 'NAMESPACE')
    const created = repository.createFolder('Work' as FolderPath, signal)
    await expect(created).rejects.toMatchObject({
      code: 'imap/refused',
      scope: 'folder',
      hint: expect.stringContaining('INBOX.'),
    })
  })

  it('that exist already are no error, whatever the words', async () => {
    const { repository } = await start((line) => {
      if (line.startsWith('CREATE')) return ['$ NO Mailbox already there.']
      return line === 'LIST "" Work' ? ['* LIST () "/" Work', '$ OK'] : undefined
    })
    await expect(repository.createFolder('Work' as FolderPath, signal)).resolves.toBeUndefined()
  })
})

describe('connections', () => {
  it('are as many as the server bears', async () => {
    let logins = 0
    const server = await startScript(['* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] hello'], (line) => {
      if (line.startsWith('AUTHENTICATE'))
        return ++logins > 1 ? ['$ NO [ALERT] Too many simultaneous connections'] : ['$ OK [CAPABILITY IMAP4rev1] in']
      return line.startsWith('LIST') ? ['* LIST () "/" INBOX', '$ OK'] : undefined
    })
    const { host, port } = server
    const repository = createImapRepository({
      host,
      port,
      user: 'demo',
      password: () => 'demo',
      encryption: 'none',
      connections: 5,
    })
    onTestFinished(() => repository.close())
    await repository.survey(new Map(), signal)
    const first = await repository.open(inbox, 'select', signal)
    const second = repository.open(inbox, 'select', signal)
    await expect.poll(() => logins).toBe(2)
    await first.close()
    await (await second).close()
    expect(logins).toBe(2)
  })
})
