import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startTestServer } from '@mailtide/test-server'
import { temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { rcText } from './latency.ts'
import { openNetwork } from './network.ts'
import { startDaemon } from './program.ts'

/** The real program, following an account on a server that it reaches over a network of ours. */
async function start() {
  const server = await startTestServer()
  onTestFinished(() => server.close())
  const network = await openNetwork(server.port)
  onTestFinished(() => network.close())
  const directory = temporaryDirectory()
  const root = join(directory, 'mail')
  for (const part of ['tmp', 'new', 'cur']) mkdirSync(join(root, 'INBOX', part), { recursive: true })
  const rcFile = join(directory, 'offlineimaprc')
  writeFileSync(
    rcFile,
    rcText(directory, root, { host: '127.0.0.1', port: network.port, user: 'demo', password: 'demo' }),
  )
  const inbox = server.account().folder('INBOX')
  let serial = 0
  const add = () => inbox.append(`Subject: ${++serial}\r\n\r\n${serial}\r\n`)
  const here = () =>
    ['new', 'cur'].reduce((sum, part) => {
      const path = join(root, 'INBOX', part)
      return sum + (existsSync(path) ? readdirSync(path).length : 0)
    }, 0)
  add()
  const daemon = startDaemon(rcFile, directory)
  onTestFinished(async () => {
    daemon.kill()
    await daemon.ended
  })
  const arrive = async (within: number) => {
    const since = Date.now()
    while (here() !== serial) {
      expect(Date.now() - since, `${serial - here()} messages are missing`).toBeLessThan(within)
      await wait(20)
    }
    return Date.now() - since
  }
  await arrive(10_000)
  await wait(2000)
  return { server, network, daemon, add, arrive }
}

/** Longer than anybody who looks every few seconds could be late. */
const sleep = 18_000

describe('after a sleep', () => {
  it('mail flows again at once, whatever became of the connections', async () => {
    const { daemon, add, arrive } = await start()
    daemon.suspend()
    add()
    await wait(sleep)
    daemon.resume()
    await arrive(10_000)
    add()
    await arrive(10_000)
  })

  it('mail flows again within 10 s of the network being back, over a server that was restarted', async () => {
    const { server, network, daemon, add, arrive } = await start()
    daemon.suspend()
    network.isBlackHole = true
    server.restart()
    add()
    await wait(sleep)
    daemon.resume()
    await wait(25_000)
    network.cut()
    network.isBlackHole = false
    process.stdout.write(`after a sleep and a black hole: ${await arrive(10_000)} ms\n`)
    add()
    await arrive(10_000)
  })

  it('a network that swallows everything for a while, with nobody asleep, is noticed when it is back', async () => {
    const { network, add, arrive } = await start()
    network.isBlackHole = true
    add()
    await wait(5000)
    network.cut()
    network.isBlackHole = false
    await arrive(10_000)
  })
})
