import {
  type Folder,
  type FolderPath,
  type KnownMessages,
  type MessageId,
  messageId,
  noFlags,
  type OutgoingMessage,
} from '@mailtide/contracts'
import { bodyOf, bytesOf } from '@mailtide/message-bytes'
import { startTestServer, type TestServerOptions } from '@mailtide/test-server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createImapRepository } from './index.ts'
import type { ImapOptions } from './options.ts'

const signal = new AbortController().signal
const inbox = 'INBOX' as FolderPath
const deleted = new Set(['\\Deleted'])

function knownOf(...ids: (string | number)[]): KnownMessages {
  const known = new Set(ids.map((id) => messageId(String(id))))
  return { count: known.size, has: (id) => known.has(id), ids: () => known }
}

/** A server with some mail in INBOX, a repository on it, and the folder opened after a survey. */
async function start({ mails = 3, ...more }: TestServerOptions & Partial<ImapOptions> & { mails?: number } = {}) {
  const server = await startTestServer(more)
  const account = server.account().folder('INBOX')
  for (let serial = 1; serial <= mails; serial++) account.append(`Subject: ${serial}\r\n\r\nbody ${serial}\r\n`)
  const repository = createImapRepository({
    host: server.host,
    port: server.port,
    user: 'demo',
    password: () => 'demo',
    encryption: 'none',
    connections: 2,
    wait: async () => {},
    ...more,
  })
  onTestFinished(async () => {
    await repository.close()
    await server.close()
  })
  const open = async () => {
    const folder = await repository.open(inbox, 'select', signal)
    onTestFinished(() => folder.close())
    return folder
  }
  await repository.survey(new Map(), signal)
  return { server, account, repository, open, folder: await open() }
}

async function outgoing(folder: Folder, ...texts: string[]): Promise<OutgoingMessage[]> {
  const messages = texts.map((text) => ({ id: messageId('x'), flags: noFlags, body: bodyOf(Buffer.from(text)) }))
  const tokens = await folder.prepare(messages, signal)
  return messages.map((message, index) => ({ ...message, token: tokens[index] ?? '' }))
}

async function readAll(folder: Folder, ...uids: number[]) {
  const bodies = new Map<MessageId, string | Error>()
  for await (const message of folder.read(
    uids.map((uid) => messageId(String(uid))),
    signal,
  )) {
    bodies.set(message.id, 'error' in message ? message.error : Buffer.from(await bytesOf(message.body)).toString())
  }
  return bodies
}

const idsIn = async (folder: Folder) => {
  const changes = await folder.changes(undefined, knownOf(), signal)
  return [...(changes.kind === 'full' ? changes.messages : changes.changed)].map(({ id }) => id)
}

const lost = { code: 'imap/connection-lost', retryable: true }

describe('a connection that ends', () => {
  it('in the middle of a body is an error that may be retried, and what was whole was handed out', async () => {
    const { server, folder, open, account } = await start({ mails: 2 })
    account.append(`Subject: big\r\n\r\n${'x'.repeat(3_000_000)}`)
    server.faults.add({ kind: 'cut', at: { sent: 2_000_000 }, command: 'UID FETCH' })
    const seen: MessageId[] = []
    const reading = async () => {
      for await (const message of folder.read(['1', '2', '3'].map(messageId), signal)) {
        if ('error' in message) throw message.error
        seen.push(message.id)
        await bytesOf(message.body)
      }
    }
    await expect(reading()).rejects.toMatchObject(lost)
    expect(seen).toEqual(['1', '2', '3'])
    await expect(folder.changes(undefined, knownOf(), signal)).rejects.toMatchObject(lost)
    await folder.close()
    expect((await readAll(await open(), 3)).size).toBe(1)
  })

  it.each([
    { at: 'after-effect' as const, found: 2 },
    { at: 'before-effect' as const, found: 0 },
  ])('$at of an append leaves what had arrived to be located', async ({ at, found }) => {
    const { server, folder, open } = await start()
    const batch = await outgoing(folder, 'Subject: a\r\n\r\n', 'Subject: b\r\n\r\n')
    server.faults.add({ kind: 'cut', at, command: 'APPEND' })
    await expect(folder.append(batch, signal)).rejects.toMatchObject(lost)
    await folder.close()
    const tokens = batch.map(({ token }) => token)
    expect((await (await open()).locate(tokens, knownOf(), signal)).size).toBe(found)
  })

  it('in the middle of an upload is an error that may be retried', async () => {
    const { server, folder } = await start()
    server.faults.add({ kind: 'cut', at: { received: 500 }, command: 'APPEND' })
    const batch = await outgoing(folder, `Subject: a\r\n\r\n${'x'.repeat(200_000)}`)
    await expect(folder.append(batch, signal)).rejects.toMatchObject(lost)
  })

  it('is not used again', async () => {
    const { server, folder, repository } = await start()
    await folder.close()
    server.disconnect()
    await expect(repository.survey(new Map(), signal)).rejects.toMatchObject(lost)
    expect(await repository.survey(new Map(), signal)).toHaveLength(1)
  })
})

describe('a server that keeps silent', () => {
  it.each(['LIST', 'SELECT', 'UID FETCH'])('on %s is given up', async (command) => {
    const { server, folder, repository } = await start({ timeout: 0.15 })
    server.faults.add({ kind: 'stall', command, times: Number.POSITIVE_INFINITY })
    const work = command === 'LIST' ? repository.survey(new Map(), signal) : readAll(folder, 1)
    await expect(work).rejects.toMatchObject({ code: 'imap/timeout', retryable: true })
  })

  it('while we take our time over a body is not at fault', async () => {
    const { folder, account } = await start({ mails: 0, timeout: 0.15 })
    account.append(`Subject: big\r\n\r\n${'x'.repeat(12_000_000)}`)
    for await (const message of folder.read([messageId('1')], signal)) {
      if ('error' in message) throw message.error
      await new Promise((resolve) => setTimeout(resolve, 400))
      expect((await bytesOf(message.body)).length).toBe(message.body.size)
    }
  })

  it('does not hold up an end that is wanted', async () => {
    const { server, folder } = await start()
    server.faults.add({ kind: 'stall', command: 'UID STORE' })
    const impatience = new AbortController()
    const change = folder.changeFlags([{ ids: [messageId('1')], add: deleted, drop: noFlags }], impatience.signal)
    setTimeout(() => impatience.abort(new Error('enough')), 20)
    await expect(change).rejects.toThrow('enough')
    await folder.close()
  })
})

describe('a server that refuses', () => {
  it('one message among many to be read costs that message alone', async () => {
    const { server, folder } = await start({ mails: 40 })
    const names = (text: string) =>
      text.startsWith('UID FETCH') && text.includes('BODY') && covers(text.split(' ')[2] ?? '', 17)
    server.faults.add({ kind: 'refuse', status: 'NO', text: '[UNAVAILABLE] UID FETCH', command: names, times: 99 })
    const bodies = await readAll(folder, ...Array.from({ length: 40 }, (_, index) => index + 1))
    expect(bodies.size).toBe(40)
    expect(bodies.get(messageId('17'))).toMatchObject({ code: 'imap/unreadable', scope: 'message' })
    expect([...bodies.values()].filter((body) => body instanceof Error)).toHaveLength(1)
  })

  it('everything to be read is not taken for so many bad messages', async () => {
    const { server, folder } = await start({ mails: 40 })
    server.faults.add({ kind: 'refuse', status: 'NO', text: 'internal error', command: 'UID FETCH', times: 999 })
    const reading = readAll(folder, ...Array.from({ length: 40 }, (_, index) => index + 1))
    await expect(reading).rejects.toMatchObject({ code: 'imap/refused', scope: 'folder' })
  })

  it('and asks for a pause says so', async () => {
    const { server, folder } = await start()
    const text = 'Request is throttled. Suggested Backoff Time: 29961 milliseconds'
    server.faults.add({ kind: 'refuse', status: 'NO', text, command: 'UID FETCH' })
    await expect(readAll(folder, 1)).rejects.toMatchObject({ code: 'imap/throttled', retryable: true })
  })

  it('one message of a batch costs that message alone', async () => {
    const { server, folder, account } = await start({ mails: 0 })
    const batch = await outgoing(folder, 'Subject: b\r\n\r\nlonger\r\n', 'Subject: a\r\n\r\n', 'Subject: c\r\n\r\n')
    server.faults.add({
      kind: 'refuse',
      status: 'NO',
      text: '[OVERQUOTA] \x07full',
      command: (text) => text.startsWith('APPEND') && text.includes('{22'),
      times: 9,
    })
    const [b, a, c] = await folder.append(batch, signal)
    expect(b).toMatchObject({
      error: { code: 'imap/refused', scope: 'message', message: expect.stringMatching(/ full$/) },
    })
    expect([a, c].map((outcome) => outcome && 'id' in outcome)).toEqual([true, true])
    expect(account.messages()).toHaveLength(2)
  })

  it('a flag is not sent it', async () => {
    const { server, folder, account } = await start({ permanentFlags: ['\\Seen', '$Work'] })
    const add = new Set(['\\Seen', '\\Flagged', '$Work', '$Other'])
    await folder.changeFlags([{ ids: [messageId('1')], add, drop: noFlags }], signal)
    expect(new Set(account.message(1).flags)).toEqual(new Set(['\\Seen', '$Work']))
    const [message] = await outgoing(folder, 'Subject: a\r\n\r\n')
    await folder.append([{ ...(message as OutgoingMessage), flags: add }], signal)
    expect(server.commands.map(({ text }) => text).filter((text) => /Flagged|Other/.test(text))).toEqual([])
  })

  it('changes makes the folder read-only, and nobody is told otherwise', async () => {
    const { server, repository } = await start()
    server.account().create('Shared', { readOnly: true })
    await repository.survey(new Map(), signal)
    const folder = await repository.open('Shared' as FolderPath, 'select', signal)
    await folder.changes(undefined, knownOf(), signal)
    expect(await folder.isReadOnly(signal)).toBe(true)
    const batch = await outgoing(folder, 'Subject: a\r\n\r\n')
    const readOnly = { code: 'imap/read-only', scope: 'folder' }
    await expect(folder.append(batch, signal)).rejects.toMatchObject(readOnly)
    await expect(folder.remove([messageId('1')], signal)).rejects.toMatchObject(readOnly)
    await expect(folder.changeFlags([], signal)).rejects.toMatchObject(readOnly)
    await folder.close()
  })
})

function covers(set: string, uid: number): boolean {
  return set.split(',').some((part) => {
    const [low = 0, high = low] = part.split(':').map(Number)
    return low <= uid && uid <= high
  })
}

describe('a server that misinforms', () => {
  it.each<{ why: string; options: TestServerOptions }>([
    {
      why: 'that says nothing of UIDs stored',
      options: { faults: [{ kind: 'hide-code', code: 'APPENDUID', times: 99 }] },
    },
    { why: 'without UIDPLUS', options: { extensions: { UIDPLUS: false } } },
    { why: 'without UIDPLUS and literals', options: { extensions: { UIDPLUS: false, 'LITERAL+': false } } },
  ])('$why is appended to all the same, and nothing is doubled', async ({ options }) => {
    const { folder, account } = await start(options)
    const twins = await outgoing(folder, 'Subject: a\r\n\r\n', 'Subject: a\r\n\r\n', 'Subject: 2\r\n\r\nbody 2\r\n')
    expect(await folder.append(twins, signal)).toEqual([{ id: '4' }, { id: '5' }, { id: '6' }])
    expect(account.messages()).toHaveLength(6)
  })

  it('about what vanished is seen through', async () => {
    const { server, folder, account } = await start()
    const { cursor } = await folder.changes(undefined, knownOf(), signal)
    account.expunge([2])
    server.faults.add({ kind: 'drop', untagged: 'VANISHED', command: /^SELECT/ })
    const changes = await folder.changes(cursor, knownOf(1, 2, 3), signal)
    expect(changes).toMatchObject({ kind: 'delta', vanished: ['2'] })
  })

  it('and leaves new messages out of a delta is asked for them', async () => {
    const { server, folder, account } = await start()
    const { cursor } = await folder.changes(undefined, knownOf(), signal)
    account.append('Subject: new\r\n\r\n')
    server.faults.add({ kind: 'drop', untagged: 'FETCH', command: /^SELECT/ })
    const changes = await folder.changes(cursor, knownOf(1, 2, 3), signal)
    expect(changes.kind === 'delta' && [...changes.changed].map(({ id }) => id)).toEqual(['4'])
    expect(changes).toMatchObject({ vanished: [] })
  })

  it.each([{ extensions: {} }, { extensions: { ESEARCH: false, CONDSTORE: false } }])(
    'and leaves messages out of a full list never has them taken for deleted',
    async ({ extensions }) => {
      const { server, folder } = await start({ extensions })
      server.faults.add({
        kind: 'rewrite',
        command: /^UID FETCH/,
        times: 9,
        line: (line) => (line.includes('UID 2 ') ? undefined : line),
      })
      const changes = folder.changes(undefined, knownOf(1, 2, 3), signal)
      await expect(changes).rejects.toMatchObject({ code: 'imap/incomplete-list', retryable: true })
    },
  )

  it('by leaving STATUS out of LIST is asked for it', async () => {
    const { server, folder, repository } = await start()
    const { cursor } = await folder.changes(undefined, knownOf(), signal)
    await folder.close()
    server.faults.add({ kind: 'drop', untagged: 'STATUS', command: /^LIST/ })
    const [survey] = await repository.survey(new Map([[inbox, cursor]]), signal)
    expect(survey?.mayHaveChanged).toBe(false)
    expect(server.commands.at(-1)?.name).toBe('STATUS')
  })

  it('about its folders is not believed to have none', async () => {
    const { server, repository } = await start()
    server.faults.add({ kind: 'drop', untagged: 'LIST', command: /^LIST/ })
    await expect(repository.survey(new Map(), signal)).rejects.toMatchObject({ code: 'imap/no-folders' })
  })

  it('by garbage is left', async () => {
    const { server, folder, repository } = await start()
    server.faults.add({ kind: 'rewrite', command: /^UID FETCH/, line: (line) => line.replace('(UID', '((((UID') })
    await expect(readAll(folder, 1)).rejects.toMatchObject({ code: 'imap/protocol' })
    await folder.close()
    expect(await repository.survey(new Map(), signal)).toHaveLength(1)
  })

  it.each<{ why: string; line: (line: string) => string }>([
    { why: 'lower case', line: (line) => line.replace(/FETCH \(UID (\d+) FLAGS/, 'fetch (uid $1 flags') },
    { why: 'extra spaces', line: (line) => line.replace('(UID', '(  UID ').replace(' FLAGS ', '   FLAGS  ') },
    { why: 'unsolicited rows without UID', line: (line) => line.replace(/^\* OK .*/, '* 1 FETCH (FLAGS (\\Seen))') },
  ])('nobody with $why', async ({ line }) => {
    const { server, folder } = await start()
    server.faults.add({ kind: 'rewrite', command: /^UID FETCH/, line })
    expect((await readAll(folder, 1, 2, 3)).get(messageId('2'))).toBe('Subject: 2\r\n\r\nbody 2\r\n')
  })
})

describe('leaving', () => {
  it('a body half way lets the next command find the connection in step', async () => {
    const { folder, account } = await start({ mails: 2 })
    account.append(`Subject: big\r\n\r\n${'x'.repeat(9_000_000)}`)
    for await (const message of folder.read(['3', '1', '2'].map(messageId), signal)) {
      if (message.id !== '3' || 'error' in message) continue
      for await (const chunk of message.body.stream()) {
        expect(chunk.length).toBeGreaterThan(0)
        break
      }
      break
    }
    expect(await idsIn(folder)).toEqual(['1', '2', '3'])
    expect((await readAll(folder, 1)).size).toBe(1)
  })

  it('a body untouched brings the next message', async () => {
    const { folder, account } = await start({ mails: 0 })
    for (let serial = 0; serial < 3; serial++) account.append(`Subject: ${serial}\r\n\r\n${'x'.repeat(6_000_000)}`)
    const seen: MessageId[] = []
    for await (const message of folder.read(['1', '2', '3'].map(messageId), signal)) seen.push(message.id)
    expect(seen).toEqual(['1', '2', '3'])
  })
})

describe('the shortest way', () => {
  it('to what changed is one command on a server with QRESYNC', async () => {
    const { server, folder, repository, account } = await start()
    const { cursor } = await folder.changes(undefined, knownOf(), signal)
    await folder.close()
    account.expunge([1])
    account.append('Subject: 4\r\n\r\n')
    const before = server.commands.length
    const again = await repository.open(inbox, 'select', signal)
    const changes = await again.changes(cursor, knownOf(1, 2, 3), signal)
    expect(changes.kind === 'delta' && [...changes.changed].map(({ id }) => id)).toEqual(['4'])
    expect(changes).toMatchObject({ vanished: ['1'] })
    expect(server.commands.slice(before).map(({ name }) => name)).toEqual(['SELECT'])
    await again.close()
  })

  it('to many messages in is one command', async () => {
    const { server, folder } = await start()
    const batch = await outgoing(folder, ...Array.from({ length: 50 }, (_, index) => `Subject: ${index}\r\n\r\n`))
    await folder.append(batch, signal)
    expect(server.commands.filter(({ name }) => name === 'APPEND')).toHaveLength(1)
  })

  it('never names a modification sequence of 0', async () => {
    const { server, folder } = await start()
    const { cursor } = await folder.changes(undefined, knownOf(), signal)
    await folder.changes({ ...cursor, position: cursor.position.replace(/\d+$/, '0') }, knownOf(), signal)
    expect(server.commands.filter(({ text }) => /CHANGEDSINCE|QRESYNC \(/.test(text))).toEqual([])
  })
})

describe('mail of others', () => {
  it.each([{ UIDPLUS: true }, { UIDPLUS: false }, { UIDPLUS: false, ESEARCH: false }])(
    'keeps its marks where ours is removed: %o',
    async (extensions) => {
      const { folder, account } = await start({ extensions, mails: 5 })
      account.setFlags(2, deleted)
      account.setFlags(4, deleted)
      await folder.remove(['1', '4', '5'].map(messageId), signal)
      expect(account.messages().map(({ uid, flags }) => [uid, ...flags])).toEqual([[2, '\\Deleted'], [3]])
    },
  )

  it('is not touched by UIDs that lost their meaning', async () => {
    const { folder, account, open, repository } = await start()
    await folder.changes(undefined, knownOf(), signal)
    await folder.close()
    account.changeUidValidity()
    await Promise.allSettled([repository.survey(new Map(), signal)])
    const again = await open()
    await expect(again.remove([messageId('1')], signal)).rejects.toMatchObject({ code: 'imap/epoch-changed' })
    expect(account.messages()).toHaveLength(3)
  })
})
