import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { TestServerOptions } from '@mailtide/test-server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type AccountLines, createScene, mailIn, message } from '../testing/mailtide-home.ts'

const patience = { timeout: 10_000, interval: 50 }

/** A daemon that has done its first round. */
async function startDaemon(more: AccountLines = {}, options: TestServerOptions = {}) {
  const scene = await createScene(2, { ...more, account: `autorefresh = 60\n${more.account ?? ''}` }, options)
  const { child, output } = scene.home.start(['-u', 'basic'])
  onTestFinished(() => void child.kill('SIGKILL'))
  await expect.poll(() => output.out + output.err, patience).toContain('Next refresh in 60 minutes')
  const { home, inbox, server } = scene
  const deliver = (name: string, folder = 'INBOX') => {
    writeFileSync(home.path(`mail-home/${folder}/tmp/${name}`), `Subject: ${name}\n\n${name}\n`)
    renameSync(home.path(`mail-home/${folder}/tmp/${name}`), home.path(`mail-home/${folder}/new/${name}`))
  }
  const isWatching = () => expect.poll(() => server.commands.map(({ name }) => name), patience).toContain('IDLE')
  const settled = (local: number, remote = local) =>
    expect.poll(() => [mailIn(home).length, inbox.messages().length], patience).toEqual([local, remote])
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    const [code] = await once(child, 'close')
    return code
  }
  return { ...scene, child, output, deliver, isWatching, settled, end }
}

describe('a daemon', () => {
  it.each([
    ['with NOTIFY', {}],
    ['with IDLE', { extensions: { NOTIFY: false } }],
    ['over one connection', { more: { remote: 'maxconnections = 1' } }],
  ] as const)('follows both sides %s', async (_, given) => {
    const { more = {}, ...options } = { more: {}, ...given }
    const { inbox, deliver, isWatching, settled, end } = await startDaemon(more, options as TestServerOptions)
    await isWatching()
    inbox.append(message(50))
    await settled(3)
    deliver('here')
    await settled(4)
    inbox.expunge([1])
    await settled(3)
    expect(await end('SIGTERM')).toBe(0)
  })

  it.each([
    { why: 'long after', milliseconds: 2500 },
    { why: 'at once after', milliseconds: 0 },
  ])(
    'calls the hooks around what it syncs alone, $why its own changes, and not for these',
    async ({ milliseconds }) => {
      const { home, inbox, settled, isWatching, end } = await startDaemon({
        account:
          'postsynchook = echo post $OFFLINEIMAPSYNCMODE >> log\npresynchook = echo pre $OFFLINEIMAPSYNCMODE >> log',
      })
      const log = () => (existsSync(home.path('log')) ? readFileSync(home.path('log'), 'utf8').trim().split('\n') : [])
      await isWatching()
      expect(log().slice(0, 2)).toEqual(['pre full', 'post full'])
      await new Promise((resolve) => setTimeout(resolve, milliseconds))
      inbox.append(message(50))
      await settled(3)
      await expect.poll(log, patience).toEqual(['pre full', 'post full', 'pre idle', 'post idle'])
      expect(await end('SIGUSR2')).toBe(0)
      expect(log()).toHaveLength(4)
    },
  )

  it('makes a folder that comes on either side, and follows it', async () => {
    const { home, server, deliver, isWatching, end } = await startDaemon()
    await isWatching()
    server.account().create('New')
    await expect.poll(() => existsSync(home.path('mail-home/New/cur')), patience).toBe(true)
    deliver('there', 'New')
    await expect.poll(() => server.account().folder('New').messages().length, patience).toBe(1)
    for (const part of ['tmp', 'new', 'cur']) mkdirSync(home.path(`mail-home/Mine/${part}`), { recursive: true })
    await expect
      .poll(
        () =>
          server
            .account()
            .folders()
            .some(({ name }) => name === 'Mine'),
        patience,
      )
      .toBe(true)
    expect(await end('SIGTERM')).toBe(0)
  })

  it('goes on when the connection was cut, and tells of it once', async () => {
    const { server, inbox, output, isWatching, settled, end } = await startDaemon()
    await isWatching()
    server.disconnect()
    inbox.append(message(50))
    await settled(3)
    inbox.append(message(51))
    await settled(4)
    expect(output.out.match(/was lost/g)).toHaveLength(1)
    expect(await end('SIGTERM')).toBe(0)
  })

  it('says which of idlefolders is not synced, once', async () => {
    const { child, output, isWatching, end } = await startDaemon({ remote: "idlefolders = ['Nowhere', 'INBOX']" })
    await isWatching()
    child.kill('SIGUSR1')
    await expect.poll(() => output.out.match(/Next refresh/g)?.length, patience).toBe(2)
    expect(await end('SIGTERM')).toBe(0)
    expect((output.out + output.err).match(/idlefolders names Nowhere, which is not synced/g)).toHaveLength(1)
  })

  it('is woken for a whole sync by SIGUSR1', async () => {
    const { child, output, isWatching, end } = await startDaemon()
    await isWatching()
    child.kill('SIGUSR1')
    await expect.poll(() => output.out.match(/Next refresh/g)?.length, patience).toBe(2)
    expect(await end('SIGINT')).toBe(0)
  })
})
