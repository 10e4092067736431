import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createImapRepository } from '@mailtide/backend-imap'
import { type Folder, folderPath, type IncomingMessage, messageId, noFlags } from '@mailtide/contracts'
import { bodyOf, bytesOf, toCrlf } from '@mailtide/message-bytes'
import type { DovecotServer } from '@mailtide/testing'
import { expect } from 'vitest'
import { countFiles, readFiles } from './mail-files.ts'
import { createMaildirSide } from './maildir-side.ts'
import { startSync } from './program.ts'

/** How many messages, how often the program is killed, and whether mail arrives on both sides in between. */
export interface KillPlan {
  readonly messages: number
  readonly kills: number
  readonly mailMeanwhile: boolean
}

const signal = new AbortController().signal
const inbox = folderPath(['INBOX'])

/**
 * Kills the real program with SIGKILL at random instants, then lets it run once: every message has to be exactly once on
 * each side, byte for byte. Answers how many kills met a running program.
 */
export async function surviveKills(server: DovecotServer, directory: string, plan: KillPlan): Promise<number> {
  const user = `killed${plan.messages}`
  await server.addUser(user, 'secret')
  const login = { host: server.host, port: server.port, user, password: () => 'secret', encryption: 'none' } as const
  const remote = createImapRepository({ ...login, timeout: 60 })
  const folder = await remote.open(inbox, 'select', signal)
  const root = join(directory, 'mail')
  const local = createMaildirSide(root)
  const rcFile = join(directory, 'offlineimaprc')
  writeFileSync(rcFile, rcText(directory, root, server, user))

  const wanted = new Map<string, Buffer>()
  const compose = (): Buffer => {
    const id = `mail-${wanted.size}`
    const mail = Buffer.from(
      `Message-ID: <${id}@example.org>\r\nSubject: ${id}\r\n\r\n${`${id} `.repeat(300)}\r\nend\r\n`,
    )
    wanted.set(id, mail)
    return mail
  }
  try {
    await append(folder, Array.from({ length: plan.messages }, compose))
    let hits = 0
    const step = Math.max(2, Math.floor((plan.messages / plan.kills) * 1.6))
    for (let kill = 0; kill < plan.kills; kill++) {
      const run = startSync(rcFile, directory)
      const goal = countFiles(join(root, 'INBOX')) + Math.floor(Math.random() * step)
      const latest = Date.now() + 300 + Math.random() * 1200
      while (!run.isOver && Date.now() < latest && countFiles(join(root, 'INBOX')) <= goal) await wait(1)
      if (!run.isOver) hits++
      run.kill()
      await run.ended
      if (!plan.mailMeanwhile) continue
      await append(folder, [compose(), compose()])
      await local.createFolder('INBOX')
      for (const mail of [compose(), compose()]) await local.add('INBOX', { bytes: mail, flags: noFlags })
    }
    const { code, output } = await startSync(rcFile, directory).ended
    expect({ code, output }).toEqual({ code: 0, output: '' })
    expectExactlyOnce('local', readFiles(join(root, 'INBOX')).map(toCrlf), wanted)
    expectExactlyOnce('remote', await readAll(folder), wanted)
    return hits
  } finally {
    await folder.close()
    await remote.close()
  }
}

async function append(folder: Folder, mails: readonly Buffer[]): Promise<void> {
  const messages: IncomingMessage[] = mails.map((mail, n) => ({
    id: messageId(String(n + 1)),
    flags: noFlags,
    body: bodyOf(mail),
  }))
  const tokens = await folder.prepare(messages, signal)
  const outcomes = await folder.append(
    messages.map((message, n) => ({ ...message, token: tokens[n] as string })),
    signal,
  )
  for (const outcome of outcomes) if ('error' in outcome) throw outcome.error
}

async function readAll(folder: Folder): Promise<Uint8Array[]> {
  const nothing = { count: 0, has: () => false, ids: () => [] }
  const changes = await folder.changes(undefined, nothing, signal)
  const ids = [...(changes.kind === 'full' ? changes.messages : changes.changed)].map(({ id }) => id)
  const all: Uint8Array[] = []
  for await (const message of folder.read(ids, signal)) {
    if ('error' in message) throw message.error
    all.push(await bytesOf(message.body))
  }
  return all
}

function expectExactlyOnce(side: string, mails: readonly Uint8Array[], wanted: ReadonlyMap<string, Buffer>): void {
  const counts = new Map<string, number>()
  const altered: string[] = []
  for (const mail of mails) {
    const id = /mail-\d+/.exec(Buffer.from(mail).toString('latin1'))?.[0] ?? 'unknown'
    counts.set(id, (counts.get(id) ?? 0) + 1)
    if (!wanted.get(id)?.equals(mail)) altered.push(id)
  }
  const missing = [...wanted.keys()].filter((id) => !counts.has(id))
  const doubled = [...counts].filter(([, count]) => count > 1).map(([id]) => id)
  expect({ side, missing, doubled, altered }).toEqual({ side, missing: [], doubled: [], altered: [] })
}

function rcText(directory: string, root: string, server: DovecotServer, user: string): string {
  return `[general]
accounts = test
metadata = ${join(directory, 'metadata')}

[Account test]
localrepository = here
remoterepository = there

[Repository here]
type = Maildir
localfolders = ${root}

[Repository there]
type = IMAP
remotehost = ${server.host}
remoteport = ${server.port}
remoteuser = ${user}
remotepass = secret
ssl = no
starttls = no
`
}
