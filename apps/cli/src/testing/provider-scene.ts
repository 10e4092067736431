import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createImapRepository } from '@mailtide/backend-imap'
import { createMaildirRepository } from '@mailtide/backend-maildir'
import type { SyncEvent } from '@mailtide/contracts'
import { sync } from '@mailtide/engine'
import { startTestServer, type TestServerOptions } from '@mailtide/test-server'
import { createMemoryStatus, temporaryDirectory } from '@mailtide/testing'
import { onTestFinished } from 'vitest'
import { createServerKnowledge } from '../run/profile.ts'

/** How a scene differs from the usual one. */
export interface SceneOptions extends TestServerOptions {
  /** `maxconnections`. */
  readonly maxConnections?: number
  readonly timeout?: number
  /** The host that the profile is looked up by. */
  readonly host?: string
}

/** A message of this subject. */
export const mail = (subject: number | string) => `Subject: ${subject}\r\n\r\nThis is ${subject}.\r\n`

/**
 * A server that behaves in some way, and a Maildir kept the same by what the program is made of, in one process: its
 * profile, its back ends and its engine. Waits pass at once, and are noted.
 */
export async function providerScene({ maxConnections, timeout = 10, host = '127.0.0.1', ...options }: SceneOptions) {
  const server = await startTestServer(options)
  onTestFinished(() => server.close())
  const root = temporaryDirectory()
  const status = createMemoryStatus()
  const warnings: string[] = []
  const waits: number[] = []
  const pauses: Date[] = []
  const knowledge = createServerKnowledge({
    host,
    maxConnections,
    single: false,
    utf8FolderNames: false,
    warn: (text) => warnings.push(text),
  })
  const remoteOf = () =>
    createImapRepository({
      host: server.host,
      port: server.port,
      user: 'demo',
      password: () => 'demo',
      encryption: 'none',
      timeout,
      adapt: knowledge.adapt,
      paused: (until) => pauses.push(until),
      wait: async (milliseconds) => void waits.push(milliseconds),
    })

  function files(folder: string): string[] {
    return ['new', 'cur'].flatMap((part) =>
      readdirSync(join(root, folder, part)).map((file) => join(root, folder, part, file)),
    )
  }
  function fileOf(subject: number | string, folder: string): string {
    const found = files(folder).find((file) => readFileSync(file, 'latin1').startsWith(`Subject: ${subject}\n`))
    if (found === undefined) throw new Error(`there is no ${subject} in ${folder}`)
    return found
  }

  const mailHere = (folder: string) =>
    files(folder)
      .map((file) => subjectOf(readFileSync(file, 'latin1')))
      .sort()

  return {
    server,
    inbox: server.account().folder('INBOX'),
    knowledge,
    warnings,
    waits,
    pauses,
    /** One run, as a new process would do it. Answers its failures and what else it told. */
    async sync() {
      const events: SyncEvent[] = []
      const local = createMaildirRepository({ root, separator: '/', durable: false })
      const remote = remoteOf()
      const begin = server.commands.length
      try {
        const retry = { attempts: 3, wait: async () => {} }
        const report = await sync({
          account: 'home',
          local,
          remote,
          status,
          emit: (event) => events.push(event),
          retry,
        })
        const errors = events.flatMap((event) => (event.type === 'failed' ? [event.error] : []))
        const commands = server.commands.slice(begin).map(({ text }) => text)
        return { report, errors, events, commands, connections: remote.capabilities.connections }
      } finally {
        await remote.close()
        await local.close()
      }
    },
    /** The roles of folders, as the server tells them. */
    async roles() {
      const remote = remoteOf()
      const found = await remote.survey(new Map(), new AbortController().signal)
      await remote.close()
      return new Map(found.flatMap(({ path, role }) => (role === undefined ? [] : [[role, String(path)] as const])))
    },
    mailHere,
    /** The subjects on both sides of a folder, sorted. */
    mail(folder = 'INBOX') {
      return {
        local: mailHere(folder),
        remote: server
          .account()
          .folder(folder)
          .messages()
          .map(({ bytes }) => subjectOf(Buffer.from(bytes).toString('latin1')))
          .sort(),
      }
    },
    addHere(text: string, folder = 'INBOX') {
      for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(root, folder, part), { recursive: true })
      writeFileSync(join(root, folder, 'new', `${Math.random()}.x.here`), text.replaceAll('\r\n', '\n'))
    },
    removeHere(subject: number | string, folder = 'INBOX') {
      rmSync(fileOf(subject, folder))
    },
    markSeenHere(folder = 'INBOX') {
      for (const file of files(folder)) {
        renameSync(file, `${file.replace(/:2,.*$/, '').replace('/new/', '/cur/')}:2,S`)
      }
    },
  }
}

function subjectOf(text: string): string {
  return /^Subject: (.*?)\r?$/m.exec(text)?.[1] ?? ''
}
