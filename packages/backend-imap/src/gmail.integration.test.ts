import { type FolderPath, messageId, noFlags, noLabels } from '@mailtide/contracts'
import { bodyOf } from '@mailtide/message-bytes'
import { startTestServer } from '@mailtide/test-server'
import { describeBackend } from '@mailtide/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createImapRepository } from './index.ts'
import type { ImapOptions } from './options.ts'
import { createTestBackend, nulReason } from './testing/imap-backend.ts'

const login = { user: 'demo', password: () => 'demo', encryption: 'none', folderNames: 'utf-8' } as const
const labels = { header: 'X-Keywords' }
const signal = new AbortController().signal
const inbox = 'INBOX' as FolderPath
const nothing = { count: 0, has: () => false, ids: () => [] }

describeBackend('backend-imap on Gmail', {
  async create() {
    // The suite stores the same message more than once; what Gmail makes of that is the engine's affair.
    const server = await startTestServer({ behaves: 'gmail', habits: { labels: { keepsTwins: true } } })
    const { host, port } = server
    const backend = createTestBackend({ ...login, host, port, connections: 4, labels }, server.close)
    return {
      ...backend,
      async setLabels(path, id, wanted) {
        const readable = [...wanted].map((label) => label.replace('Gr&APw-n', 'Grün'))
        server.account().folder(path).setLabels(Number(id), readable)
      },
      async renewEpoch(path) {
        server.account().folder(path).changeUidValidity()
        await Promise.allSettled([backend.repository.survey(new Map(), signal)])
      },
    }
  },
  labels: true,
  lacks: {
    nul: nulReason,
    'folders-above': 'servers list what they needed above a folder as no folder',
    'removable-root': 'an account has no root to be taken away',
  },
  refusesName: (segment) => (segment.includes('/') ? '/ parts folders on this server' : undefined),
  runs: 8,
})

async function scene(options: Partial<ImapOptions> = {}, server = startTestServer({ behaves: 'gmail' })) {
  const { host, port, account, commands, faults, close } = await server
  const repository = createImapRepository({ ...login, host, port, labels, ...options })
  onTestFinished(async () => {
    await repository.close()
    await close()
  })
  return { repository, account, commands, faults }
}

describe('labels of Gmail', () => {
  it('are not told of a folder that is one: that is said of it in a survey, in any language', async () => {
    const { repository, account } = await scene(
      {},
      startTestServer({ behaves: 'gmail', habits: { labels: { language: 'de' } } }),
    )
    account().create('Grün/Blau')
    const survey = await repository.survey(new Map(), signal)
    const untold = Object.fromEntries(survey.map(({ path, untoldLabels }) => [path, [...(untoldLabels ?? ['?'])]]))
    expect(untold).toMatchObject({
      INBOX: ['\\Inbox'],
      '[Gmail]/Alle Nachrichten': [],
      '[Gmail]/Entwürfe': ['\\Draft', '\\Drafts'],
      '[Gmail]/Markiert': expect.arrayContaining(['\\Starred']),
      '[Gmail]/Wichtig': ['\\Important'],
      'Grün/Blau': ['Gr&APw-n/Blau'],
    })
  })

  it.each([
    { why: 'where there are none', options: {}, server: () => startTestServer() },
    {
      why: 'unless they are wanted',
      options: { labels: undefined },
      server: () => startTestServer({ behaves: 'gmail' }),
    },
  ])('are not asked for $why', async ({ options, server }) => {
    const { repository, commands } = await scene(options as Partial<ImapOptions>, server())
    await repository.survey(new Map(), signal)
    expect(repository.capabilities.labels).toBe(false)
    const folder = await repository.open(inbox, 'select', signal)
    await folder.changes(undefined, nothing, signal)
    expect(folder.changeLabels).toBeUndefined()
    expect(commands.some(({ text }) => text.includes('X-GM-LABELS'))).toBe(false)
  })

  it('that somebody wrote as people read them become what the server has', async () => {
    const { repository, account } = await scene()
    const uid = account().folder('INBOX').append('Subject: a\r\n\r\n')
    const folder = await repository.open(inbox, 'select', signal)
    await folder.changeLabels?.(
      [{ ids: [messageId(String(uid))], add: new Set(['Büro', 'R&D', 'Gr&APw-n']), drop: noLabels }],
      signal,
    )
    expect(account().folder('INBOX').message(uid).letter?.labels).toEqual(
      expect.arrayContaining(['B&APw-ro', 'R&-D', 'Gr&APw-n']),
    )
    expect([account().has('Büro'), account().has('R&D'), account().has('Grün')]).toEqual([true, true, true])
  })

  it('that are refused are an error of these messages alone', async () => {
    const { repository, account } = await scene()
    const uid = account().folder('INBOX').append('Subject: a\r\n\r\n')
    const folder = await repository.open(inbox, 'select', signal)
    const ids = [messageId(String(uid))]
    const bad = folder.changeLabels?.([{ ids, add: new Set(['\\Nonsense']), drop: noLabels }], signal)
    await expect(bad).rejects.toMatchObject({ scope: 'message', message: expect.stringContaining('Invalid label') })
    await folder.changeLabels?.([{ ids, add: new Set(['Fine']), drop: noLabels }], signal)
    expect(account().folder('INBOX').message(uid).letter?.labels).toContain('Fine')
  })

  it('come with CHANGEDSINCE where QRESYNC is offered too, which knows nothing of them', async () => {
    const { repository, account, commands } = await scene({}, startTestServer({ habits: { labels: {} } }))
    const mail = account().folder('INBOX')
    const uid = mail.append('Subject: a\r\n\r\n')
    const folder = await repository.open(inbox, 'select', signal)
    const { cursor } = await folder.changes(undefined, nothing, signal)
    mail.setLabels(uid, ['Work'])
    const changes = await folder.changes(cursor, nothing, signal)
    expect(changes.kind === 'delta' && [...changes.changed]).toEqual([
      { id: String(uid), flags: new Set(), labels: new Set(['Work']) },
    ])
    expect(commands.some(({ text }) => text.includes('QRESYNC'))).toBe(false)
  })

  it('leave the header at home that another store keeps them in, and only if they are synchronised', async () => {
    const { repository, account } = await scene()
    const folder = await repository.open(inbox, 'select', signal)
    const text = 'X-Keywords: a\r\nSubject: a\r\n\r\nbody\r\n'
    const messages = [text, text.replace('body', 'other')].map((each, index) => ({
      id: messageId(String(index)),
      flags: noFlags,
      body: bodyOf(Buffer.from(each)),
      ...(index === 0 && { labels: new Set(['a']) }),
    }))
    const tokens = await folder.prepare(messages, signal)
    await folder.append(
      messages.map((message, index) => ({ ...message, token: tokens[index] ?? '' })),
      signal,
    )
    const there = account().folder('INBOX').messages()
    expect(there.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([
      'Subject: a\r\n\r\nbody\r\n',
      text.replace('body', 'other'),
    ])
    const found = await folder.locate(tokens, nothing, signal)
    expect(tokens.map((token) => found.get(token))).toEqual(there.map(({ uid }) => String(uid)))
  })

  it('leave a message what it is, even if another program wrote them into it', async () => {
    const { repository, account } = await scene()
    const uid = account().folder('INBOX').append('X-Keywords: a,\r\n b\r\nSubject: a\r\n\r\nbody\r\n')
    const bare = account().folder('INBOX').append('Subject: a\r\n\r\nbody\r\n')
    const folder = await repository.open(inbox, 'select', signal)
    const ids = [messageId(String(uid)), messageId(String(bare))]
    expect(new Set((await folder.identify(ids, signal)).values()).size).toBe(1)
    expect([...(await folder.measure(ids, 'wire', signal)).values()].map(({ size }) => size)).toEqual([20, 20])
    expect([...(await folder.measure(ids, 'stored', signal)).values()].map(({ size }) => size)).toEqual([40, 20])
  })
})
