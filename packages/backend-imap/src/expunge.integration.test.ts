import { folderPath, type MessageId } from '@mailtide/contracts'
import { startTestServer } from '@mailtide/test-server'
import { type DovecotServer, dovecotAvailability, startDovecot } from '@mailtide/testing'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createImapRepository } from './index.ts'
import type { ImapOptions } from './options.ts'

const signal = new AbortController().signal
const inbox = folderPath(['INBOX'])
const nobody = { count: 0, has: () => false, ids: () => [] }

function open(options: Partial<ImapOptions> & { readonly host: string; readonly port: number }) {
  const account = { user: 'demo', password: () => 'demo', encryption: 'none' } as const
  const repository = createImapRepository({ ...account, ...options })
  onTestFinished(() => repository.close())
  return repository
}

async function messagesIn(repository: ReturnType<typeof open>) {
  const folder = await repository.open(inbox, 'examine', signal)
  const changes = await folder.changes(undefined, nobody, signal)
  await folder.close()
  if (changes.kind !== 'full') throw new Error('a list was expected')
  return [...changes.messages].map(({ id, flags }) => ({ id, flags: [...flags].sort() }))
}

async function remove(repository: ReturnType<typeof open>, ids: readonly MessageId[]): Promise<void> {
  const folder = await repository.open(inbox, 'select', signal)
  await folder.remove(ids, signal)
  await folder.close()
}

describe('without expunge', () => {
  it.each([{ UIDPLUS: true }, { UIDPLUS: false }])('messages are marked, and all stay: %o', async (extensions) => {
    await using server = await startTestServer({ extensions })
    const folder = server.account().folder('INBOX')
    folder.append('Subject: a\r\n\r\n', { flags: ['\\Seen'] })
    folder.append('Subject: b\r\n\r\n')
    folder.append('Subject: theirs\r\n\r\n', { flags: ['\\Deleted'] })
    const repository = open({ host: server.host, port: server.port, expunge: false })
    await remove(repository, ['1' as MessageId])
    await repository.survey(new Map(), signal)
    expect(await messagesIn(repository)).toEqual([
      { id: '1', flags: ['\\Deleted', '\\Seen'] },
      { id: '2', flags: [] },
      { id: '3', flags: ['\\Deleted'] },
    ])
    await repository.close()
    expect(server.commands.filter(({ name }) => /EXPUNGE|CLOSE/.test(name))).toEqual([])
    expect(folder.messages()).toHaveLength(3)
  })
})

describe('Dovecot', () => {
  let dovecot: DovecotServer | undefined
  let missing = ''

  beforeAll(async () => {
    const availability = await dovecotAvailability()
    if (!availability.ok) missing = availability.reason
    else dovecot = await startDovecot()
    await dovecot?.addUser('demo', 'demo')
  })
  afterAll(() => dovecot?.close())

  it('keeps what is only marked', async (context) => {
    if (!dovecot) return context.skip(missing)
    const { host, port } = dovecot
    const marking = open({ host, port, expunge: false })
    const folder = await marking.open(inbox, 'select', signal)
    const octets = Buffer.from('Subject: a\r\n\r\nhello\r\n')
    const body = { size: octets.length, head: octets, stream: async function* () {} }
    const message = { id: '' as MessageId, flags: new Set<string>(), body }
    const [token = ''] = await folder.prepare([message], signal)
    const [appended] = await folder.append([{ ...message, token }], signal)
    await folder.close()
    if (!appended || 'error' in appended) throw new Error('nothing was appended')
    await remove(marking, [appended.id])
    await marking.close()
    const other = open({ host, port })
    expect(await messagesIn(other)).toEqual([{ id: appended.id, flags: ['\\Deleted'] }])
    await remove(other, [appended.id])
    expect(await messagesIn(other)).toEqual([])
  })
})
