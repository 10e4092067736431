import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTestServer } from '@mailtide/test-server'
import { type DovecotServer, dovecotAvailability, programsAvailability, startDovecot } from '@mailtide/testing'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createImapRepository } from './index.ts'
import type { ImapOptions } from './options.ts'
import { startScript } from './testing/scripted-server.ts'

const signal = new AbortController().signal
const never = () => Promise.reject(new Error('nobody needs a password here'))

/** A shell command that connects its stdin and stdout with a port. */
function wire(port: number): string {
  const code = `const s = require('net').connect(${port}, '127.0.0.1'); process.stdin.pipe(s).pipe(process.stdout); s.on('error', () => process.exit(7))`
  return `exec '${process.execPath}' -e "${code}"`
}

function open(command: string, options: Partial<ImapOptions> & { readonly preauthenticated?: boolean } = {}) {
  const { preauthenticated = false, ...others } = options
  const repository = createImapRepository({
    host: 'mail.invalid',
    port: 1,
    user: 'demo',
    password: () => 'demo',
    encryption: 'none',
    tunnel: { command, preauthenticated },
    timeout: 10,
    ...others,
  })
  onTestFinished(() => repository.close())
  return repository
}

const pathsOf = async (repository: ReturnType<typeof open>) =>
  (await repository.survey(new Map(), signal)).map(({ path }) => path)

describe('a tunnel', () => {
  it.each(['none', 'tls', 'starttls'] as const)('is logged in through, with encryption %s', async (encryption) => {
    await using server = await startTestServer()
    expect(await pathsOf(open(wire(server.port), { encryption }))).toEqual(['INBOX'])
    expect(server.loginAttempts).toMatchObject([{ outcome: 'accepted' }])
  })

  it('takes STARTTLS where it is offered, and then the certificate has to be right', async () => {
    await using server = await startTestServer({ tls: 'starttls' })
    const { certificateAuthority: certificateAuthorities } = server
    const options = { encryption: 'starttls', certificateAuthorities } as const
    expect(await pathsOf(open(wire(server.port), { ...options, host: 'localhost' }))).toEqual(['INBOX'])
    expect(server.commands.map(({ name }) => name)).toContain('STARTTLS')
    await expect(pathsOf(open(wire(server.port), options))).rejects.toMatchObject({
      code: 'imap/tls',
      message: expect.stringContaining('another host name'),
    })
    expect(server.loginAttempts).toHaveLength(1)
  })

  it('is a program for each connection, all gone when the repository is closed', async () => {
    await using server = await startTestServer()
    const repository = open(wire(server.port), { connections: 2 })
    await Promise.all([repository.survey(new Map(), signal), repository.survey(new Map(), signal)])
    expect(server.connections).toBe(2)
    await repository.close()
    await expect.poll(() => server.connections, { timeout: 10_000 }).toBe(0)
  })

  it.each([
    {
      command: 'echo no route to host >&2; exit 255',
      message: 'The tunnel ended with exit code 255: no route to host',
    },
    { command: 'exit 0', message: 'The tunnel ended with exit code 0 and said nothing on stderr' },
    { command: 'no-such-program-here', message: 'The tunnel ended with exit code 127' },
    { command: 'kill -9 $$', message: 'The tunnel ended with exit code 137' },
  ])('that fails says how: $command', async ({ command, message }) => {
    for (const preauthenticated of [true, false]) {
      await expect(pathsOf(open(command, { preauthenticated }))).rejects.toMatchObject({
        code: 'program/failed',
        scope: 'account',
        message: expect.stringContaining(message),
      })
    }
  })

  it('that fails later says how as well', async () => {
    const greeting = "printf '* PREAUTH [CAPABILITY IMAP4rev1] hello\\r\\n'"
    const command = `${greeting}; read line; sleep 0.05; echo line is down >&2; exit 3`
    await expect(pathsOf(open(command, { preauthenticated: true }))).rejects.toMatchObject({
      code: 'imap/connection-lost',
      retryable: true,
      message: expect.stringContaining('The tunnel ended with exit code 3: line is down'),
    })
  })

  it('that says nothing is given up in time, and when told to', async () => {
    await expect(pathsOf(open('sleep 60', { timeout: 0.1 }))).rejects.toMatchObject({ code: 'imap/timeout' })
    const stop = new AbortController()
    const survey = open('sleep 60').survey(new Map(), stop.signal)
    setTimeout(() => stop.abort(new Error('enough')), 50)
    await expect(survey).rejects.toThrow('enough')
  })

  it('that repeats on stderr what goes through it shows no password', async () => {
    await using server = await startTestServer()
    for (const [mechanism, command] of [['PLAIN', 'AUTHENTICATE'] as const, ['LOGIN', 'LOGIN'] as const]) {
      server.faults.add({ kind: 'cut', at: 'before-effect', command })
      const code = `process.stdin.on('data', (d) => process.stderr.write(d)); s.on('close', () => process.exit(4))`
      const tunnel = wire(server.port).replace(/"$/, `; ${code}"`)
      const options = { password: () => 'hunter2hunter2', mechanisms: [mechanism] }
      const error = await pathsOf(open(tunnel, options)).catch((thrown) => thrown)
      expect(error).toMatchObject({ code: 'program/failed', message: expect.stringContaining(`${command} `) })
      const told = [error.message, error.hint, error.stack, String(error.cause)].join()
      expect(told).toContain('[secret]')
      expect(told).not.toMatch(/hunter2|aHVudGVy/)
    }
  })

  it('never shows its command line', async () => {
    const error = await pathsOf(open(': hunter2; exit 1')).catch((thrown) => thrown)
    expect([error.message, error.hint, error.stack].join()).not.toContain('hunter2')
  })
})

describe('a tunnel that leads in at once', () => {
  it('needs no user and no password', async () => {
    const server = await startScript(['* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hello'], (line) =>
      line.startsWith('LIST') ? ['* LIST () "/" INBOX', '$ OK'] : undefined,
    )
    for (const encryption of ['none', 'tls', 'starttls'] as const) {
      const options = { preauthenticated: true, host: '', user: undefined, password: never, encryption }
      expect(await pathsOf(open(wire(server.port), options))).toEqual(['INBOX'])
    }
    expect(server.lines.filter((line) => /LOGIN|AUTH|STARTTLS/.test(line))).toEqual([])
  })

  it('says so when the server wants a login', async () => {
    await using server = await startTestServer()
    await expect(pathsOf(open(wire(server.port), { preauthenticated: true, password: never }))).rejects.toMatchObject({
      code: 'imap/not-preauthenticated',
      message: expect.stringContaining('PREAUTH'),
      hint: expect.stringContaining('transporttunnel'),
    })
    expect(server.loginAttempts).toEqual([])
  })
})

/** The file that this Dovecot was started with: the one that names its port. */
function configurationOf({ port }: DovecotServer): string {
  const directory = realpathSync(tmpdir())
  const files = readdirSync(directory)
    .filter((name) => name.startsWith('mailtide-dovecot-'))
    .map((name) => join(directory, name, 'dovecot.conf'))
  const found = files.find((file) => existsSync(file) && readFileSync(file, 'utf8').includes(`port = ${port}\n`))
  if (found === undefined) throw new Error('the configuration is not where it should be')
  return found
}

describe('with Dovecot', () => {
  let dovecot: DovecotServer | undefined
  let missing = ''

  beforeAll(async () => {
    const availability = await dovecotAvailability()
    if (!availability.ok) missing = availability.reason
    else dovecot = await startDovecot()
    await dovecot?.addUser('demo', 'demo')
  })
  afterAll(() => dovecot?.close())

  it('preauthenticated by doveadm', async (context) => {
    if (!dovecot) return context.skip(missing)
    const doveadm = await programsAvailability({ doveadm: 'dovecot-core' })
    if (!doveadm.ok) return context.skip(doveadm.reason)
    const command = `doveadm -c '${configurationOf(dovecot)}' exec imap -u demo`
    expect(await pathsOf(open(command, { preauthenticated: true, password: never }))).toEqual(['INBOX'])
  })

  it('by openssl, which speaks the TLS', async (context) => {
    if (!dovecot) return context.skip(missing)
    if (!dovecot.tls) return context.skip('there is no openssl')
    const command = `openssl s_client -connect 127.0.0.1:${dovecot.tls.port} -quiet 2>/dev/null`
    for (const encryption of ['none', 'starttls', 'tls'] as const) {
      expect(await pathsOf(open(command, { encryption }))).toEqual(['INBOX'])
    }
  })
})
