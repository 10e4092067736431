import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import type { TestServerOptions } from '@mailtide/test-server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type AccountLines, createScene, mailIn, message } from '../testing/mailtide-home.ts'

const patience = { timeout: 10_000, interval: 20 }

/** A program between two rounds that are ten minutes apart, of an account with the folders INBOX and Work. */
async function startWaiting(more: AccountLines = {}, options: TestServerOptions = {}) {
  const scene = await createScene(1, { ...more, account: `autorefresh = 10\n${more.account ?? ''}` }, options)
  scene.server.account().create('Work')
  const { child, output } = scene.home.start(['-u', 'basic'])
  onTestFinished(() => void child.kill('SIGKILL'))
  const rounds = () => output.out.split('Next refresh in 10 minutes').length - 1
  const waits = (count: number) => expect.poll(() => rounds(), patience).toBe(count)
  const hears = (pattern: RegExp) =>
    expect.poll(() => scene.server.commands.some(({ text }) => pattern.test(text)), patience).toBe(true)
  await waits(1)
  return {
    ...scene,
    waits,
    hears,
    wake: () => child.kill('SIGUSR1'),
    async end() {
      child.kill('SIGTERM')
      expect(await once(child, 'close')).toEqual([0, null])
    },
  }
}

const withoutNotify = { extensions: { NOTIFY: false } } as const

describe('between two syncs', () => {
  it('idlefolders are watched, and what comes there is synced', async () => {
    const { home, server, hears, end } = await startWaiting({ remote: "idlefolders = ['Work']" }, withoutNotify)
    await hears(/^IDLE/)
    server.account().folder('Work').append(message(2))
    await expect.poll(() => mailIn(home).some((file) => file.startsWith('Work/')), patience).toBe(true)
    await end()
  })

  it('a server without IDLE is asked now and then, and no mistake', async () => {
    const extensions = { NOTIFY: false, IDLE: false }
    const { home, inbox, wake, waits, end } = await startWaiting({ remote: "idlefolders = ['INBOX']" }, { extensions })
    inbox.append(message(2))
    wake()
    await waits(2)
    expect(mailIn(home)).toHaveLength(2)
    await end()
  })

  it('mail that is written here is uploaded at once', async () => {
    const { home, inbox, hears, end } = await startWaiting()
    await hears(/^IDLE/)
    writeFileSync(home.path('mail-home/INBOX/new/1.2.here'), 'Subject: here\n\n')
    await expect.poll(() => inbox.messages().length, patience).toBe(2)
    await end()
  })

  it('keepalive says how often connections are kept from falling asleep', async () => {
    const { hears, end } = await startWaiting({
      remote: 'keepalive = 1\nholdconnectionopen = yes\nmaxconnections = 2',
    })
    await hears(/^NOOP/)
    await end()
  })

  it('connections are held with holdconnectionopen, so that nobody logs in anew', async () => {
    const { server, wake, waits, end } = await startWaiting({ remote: 'holdconnectionopen = yes\nmaxconnections = 1' })
    for (const round of [2, 3]) {
      wake()
      await waits(round)
    }
    expect(server.loginAttempts).toHaveLength(1)
    await end()
  })
})
