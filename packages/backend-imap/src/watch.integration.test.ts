import { Socket } from 'node:net'
import type { Cursor, FolderPath } from '@mailtide/contracts'
import { startTestServer, type TestServerOptions } from '@mailtide/test-server'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createImapRepository } from './index.ts'
import type { ImapOptions } from './options.ts'

const inbox = 'INBOX' as FolderPath
const work = 'Work' as FolderPath
const { signal } = new AbortController()
const unread: Cursor = { epoch: '', position: '' }
const withoutNotify = { extensions: { NOTIFY: false } } as const

/** Waits that a test ends when it likes; nothing passes by itself. */
function createTime() {
  let now = 0
  const waits: { time: number; over: () => void }[] = []
  return {
    now: () => now,
    wait: (time: number, given: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        given.throwIfAborted()
        waits.push({ time, over: resolve })
        given.addEventListener('abort', () => reject(given.reason), { once: true })
      }),
    /** Lets the waits under way end, as late as told, once there are any. */
    async pass(late = 0) {
      await expect.poll(() => waits.length).toBeGreaterThan(0)
      const ending = waits.splice(0)
      now += Math.max(...ending.map(({ time }) => time)) + late
      for (const { over } of ending) over()
    },
  }
}

async function start(options: TestServerOptions & Partial<ImapOptions> = {}) {
  const server = await startTestServer(options)
  onTestFinished(() => server.close())
  const account = server.account()
  account.create('Work')
  const time = createTime()
  const repository = createImapRepository({
    host: server.host,
    port: server.port,
    user: 'demo',
    password: () => 'demo',
    encryption: 'none',
    connections: 4,
    ...time,
    ...options,
  })
  onTestFinished(() => repository.close())
  const ending = new AbortController()
  const folders = (repository.watch as NonNullable<typeof repository.watch>)(
    new Map([inbox, work].map((path) => [path, unread])),
    ending.signal,
  )[Symbol.asyncIterator]()
  onTestFinished(async () => {
    ending.abort(new Error('the test is over'))
    await Promise.allSettled([folders.next()])
  })
  const next = async () => (await folders.next()).value as FolderPath | undefined
  const names = () => server.commands.map(({ name }) => name)
  return { server, account, repository, time, next, names, ending }
}

const lost = { code: 'imap/connection-lost', retryable: true, scope: 'account' }

describe.each([
  ['NOTIFY', {}],
  ['IDLE', withoutNotify],
] as const)('watching by %s', (_, offered) => {
  it('tells of a connection that is cut', async () => {
    const { server, next, names } = await start(offered)
    await next()
    await next()
    const waiting = next()
    await expect.poll(names).toContain('IDLE')
    server.disconnect()
    await expect(waiting).rejects.toMatchObject(lost)
  })

  it('tells why the server says goodbye', async () => {
    const { server, next } = await start(offered)
    server.faults.add({ kind: 'refuse', command: 'IDLE', status: 'BYE', text: 'down for maintenance' })
    await next()
    await next()
    await expect(next()).rejects.toMatchObject({ ...lost, message: expect.stringContaining('maintenance') })
  })

  it('gives a server up that does not answer to the end of IDLE', async () => {
    const { server, next, time, names } = await start({ ...offered, timeout: 0.1, watching: { idleMinutes: 0.1 } })
    await next()
    await next()
    const waiting = next()
    await expect.poll(names).toContain('IDLE')
    server.faults.add({ kind: 'rewrite', line: () => undefined, times: Number.POSITIVE_INFINITY })
    await time.pass()
    await expect(waiting).rejects.toMatchObject({ code: 'imap/timeout', retryable: true })
  })

  it('bears any silence that is none of an answer', async () => {
    const { server, account, next, names } = await start({ ...offered, timeout: 0.05 })
    await next()
    await next()
    const waiting = next()
    await expect.poll(names).toContain('IDLE')
    await new Promise((resolve) => setTimeout(resolve, 150))
    account.folder('INBOX').append('a')
    expect(await waiting).toBe(inbox)
    expect(server.connections).toBe(1)
  })

  it('begins IDLE anew in good time', async () => {
    const { next, time, names, account } = await start({ ...offered, watching: { idleMinutes: 0.25 } })
    await next()
    await next()
    const waiting = next()
    for (let renewal = 1; renewal <= 2; renewal++) {
      await expect.poll(() => names().filter((name) => name === 'IDLE').length).toBe(renewal)
      await time.pass()
      await time.pass()
    }
    await expect.poll(() => names().filter((name) => name === 'IDLE').length).toBe(3)
    account.folder('INBOX').append('a')
    expect(await waiting).toBe(inbox)
  })

  it('does not rely on a connection that the machine slept through', async () => {
    const { next, time, names } = await start(offered)
    await next()
    await next()
    const waiting = next()
    await expect.poll(names).toContain('IDLE')
    await time.pass(3_600_000)
    await expect(waiting).rejects.toMatchObject({ code: 'imap/clock-jumped', retryable: true })
  })

  it('gives the only connection away while there is work for it', async () => {
    const { repository, account, next, names, server } = await start({ ...offered, connections: 1 })
    await next()
    await next()
    const waiting = next()
    await expect.poll(names).toContain('IDLE')
    const folder = await repository.open(work, 'select', signal)
    account.folder('INBOX').append('a')
    await folder.isReadOnly(signal)
    await folder.close()
    expect(await waiting).toBe(inbox)
    expect(server.connections).toBe(1)
  })

  it('leaves the connection as it was when the signal is given', async () => {
    const { repository, next, names, ending, server } = await start(offered)
    await next()
    await next()
    const waiting = next()
    await expect.poll(names).toContain('IDLE')
    ending.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    await (await repository.open(work, 'select', signal)).close()
    expect(server.connections).toBe(1)
  })
})

describe('a line on which nobody speaks', () => {
  it('is asked by TCP every minute whether it is dead', async () => {
    const asked = vi.spyOn(Socket.prototype, 'setKeepAlive')
    onTestFinished(() => asked.mockRestore())
    const { next } = await start()
    await next()
    expect(asked.mock.calls).toContainEqual([true, 60_000])
  })
})

describe('a server with NOTIFY', () => {
  it('tells of all folders over one connection, and of those that come', async () => {
    const { server, account, next } = await start()
    await next()
    await next()
    for (const path of [work, inbox, work]) {
      account.folder(path).append('a')
      expect(await next()).toBe(path)
    }
    account.create('New')
    expect(await next()).toBe('New')
    expect(server.connections).toBe(1)
  })

  it('that refuses it is watched by IDLE', async () => {
    const { account, next, names } = await start({
      faults: [{ kind: 'refuse', command: 'NOTIFY', status: 'NO', text: '[BADEVENT ()] no' }],
    })
    await next()
    await next()
    const waiting = next()
    await expect.poll(names).toContain('IDLE')
    account.folder('INBOX').append('a')
    expect(await waiting).toBe(inbox)
  })

  it('that can tell no more is an error', async () => {
    const { account, next, server, names } = await start()
    const overflow = '* OK [NOTIFICATIONOVERFLOW] too much'
    const line = (text: string) => (text.startsWith('* STATUS') ? overflow : text)
    server.faults.add({ kind: 'rewrite', command: 'IDLE', line })
    await next()
    await next()
    const waiting = next()
    await expect.poll(names).toContain('IDLE')
    account.folder('INBOX').append('a')
    await expect(waiting).rejects.toMatchObject({ code: 'imap/news-overflowed', retryable: true })
  })
})

describe('a server without NOTIFY', () => {
  it('is asked about the other folders whenever IDLE is begun anew', async () => {
    const { account, next, time, names } = await start({ ...withoutNotify, watching: { idleMinutes: 0.1 } })
    await next()
    await next()
    const waiting = next()
    await expect.poll(names).toContain('IDLE')
    account.folder('Work').append('a')
    await time.pass()
    expect(await waiting).toBe(work)
  })

  it('is idled on over several connections, one of all being left for work', async () => {
    const { server, names } = await start({ ...withoutNotify, connections: 3, watching: { idleConnections: 9 } }).then(
      async (scene) => {
        await scene.next()
        await scene.next()
        return scene
      },
    )
    await expect.poll(() => names().filter((name) => name === 'IDLE').length).toBe(2)
    expect(server.connections).toBe(2)
  })

  it('that refuses IDLE, or has none, is asked now and then', async () => {
    for (const options of [
      { ...withoutNotify, faults: [{ kind: 'refuse', command: 'IDLE', status: 'NO', text: 'no', times: 9 }] },
      { extensions: { NOTIFY: false, IDLE: false } },
    ] as const) {
      const { account, next, time } = await start({ ...options })
      await next()
      await next()
      const waiting = next()
      await time.pass()
      account.folder('INBOX').append('a')
      await time.pass()
      expect(await waiting).toBe(inbox)
    }
  })
})
