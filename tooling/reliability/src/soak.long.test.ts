import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startTestServer } from '@mailtide/test-server'
import { temporaryDirectory } from '@mailtide/testing'
import { expect, it, onTestFinished } from 'vitest'
import { rcText } from './latency.ts'
import { startDaemon } from './program.ts'

const edits = 3000

/** Edits after which the heap has the size that it needs. */
const settled = 1000

/** What the process holds: memory in MiB, and open files. */
function holdings(pid: number) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return {
    rss: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024,
    files: readdirSync(`/proc/${pid}/fd`).length,
  }
}

it('a daemon stays as small as it was, and loses nothing, over thousands of edits and cuts', async (test) => {
  if (process.platform !== 'linux') return test.skip('memory and files are read from /proc')
  const server = await startTestServer()
  onTestFinished(() => server.close())
  const directory = temporaryDirectory()
  const root = join(directory, 'mail')
  for (const part of ['tmp', 'new', 'cur']) mkdirSync(join(root, 'INBOX', part), { recursive: true })
  const rcFile = join(directory, 'offlineimaprc')
  writeFileSync(
    rcFile,
    rcText(directory, root, { host: '127.0.0.1', port: server.port, user: 'demo', password: 'demo' }),
  )
  const inbox = server.account().folder('INBOX')
  const names = () =>
    ['new', 'cur'].flatMap((part) => readdirSync(join(root, 'INBOX', part)).map((name) => join(part, name)))
  const textsHere = () =>
    names()
      .map((name) => readFileSync(join(root, 'INBOX', name), 'latin1'))
      .sort()
  const textsThere = () =>
    inbox
      .messages()
      .map(({ bytes }) => Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n'))
      .sort()
  const daemon = startDaemon(rcFile, directory)
  onTestFinished(async () => {
    daemon.kill()
    await daemon.ended
  })

  const textOf = (serial: number) => `Message-ID: <${serial}@example.org>\r\n\r\n${`${serial} `.repeat(100)}\r\n`
  function edit(serial: number): void {
    const kind = Math.floor(Math.random() * 6)
    const files = names()
    const uids = inbox.messages().map(({ uid }) => uid)
    const anyOf = <T>(values: readonly T[]) => values[Math.floor(Math.random() * values.length)] as T
    if (kind < 2 || files.length < 5 || uids.length < 5) inbox.append(textOf(serial))
    else if (kind === 2) {
      writeFileSync(join(root, 'INBOX/tmp', `${serial}.x`), textOf(serial).replaceAll('\r', ''))
      renameSync(join(root, 'INBOX/tmp', `${serial}.x`), join(root, 'INBOX/new', `${serial}.x`))
    } else if (kind === 3) inbox.expunge([anyOf(uids)])
    else if (kind === 4) inbox.setFlags(anyOf(uids), ['\\Seen'])
    // It may have been renamed since it was listed.
    else rmSync(join(root, 'INBOX', anyOf(files)), { force: true })
    if (serial % 250 === 0) server.disconnect()
  }

  let early: ReturnType<typeof holdings> | undefined
  for (let serial = 1; serial <= edits; serial++) {
    edit(serial)
    await wait(60)
    if (serial % 500 === 0) process.stdout.write(`after ${serial} edits: ${JSON.stringify(holdings(daemon.pid))}\n`)
    if (serial === settled) early = holdings(daemon.pid)
  }
  await expect.poll(() => JSON.stringify(textsHere()) === JSON.stringify(textsThere()), { timeout: 30_000 }).toBe(true)
  const late = holdings(daemon.pid)
  expect(late.rss).toBeLessThan((early?.rss ?? 0) * 1.2)
  expect(late.files).toBeLessThanOrEqual((early?.files ?? 0) + 5)
})
