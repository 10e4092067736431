import { execFile } from 'node:child_process'
import { chmodSync, existsSync, readdirSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { type DovecotOptions, startDovecot } from './dovecot.ts'
import { dovecotAvailability } from './dovecot-availability.ts'
import { temporaryDirectory } from './temporary-directory.ts'

let missing: string | undefined

beforeAll(async () => {
  const availability = await dovecotAvailability()
  missing = availability.ok ? undefined : availability.reason
})

const dovecotIt = (name: string, test: () => Promise<void>) =>
  it(name, async (context) => {
    if (missing) return context.skip(missing)
    await test()
  })

async function started(options?: DovecotOptions) {
  const server = await startDovecot(options)
  onTestFinished(() => server.close())
  return server
}

async function converse(socket: Socket, ...commands: string[]): Promise<string> {
  socket.write([...commands, 'LOGOUT', ''].map((line, index) => (line ? `a${index} ${line}` : '')).join('\r\n'))
  let heard = ''
  for await (const chunk of socket) heard += chunk.toString('latin1')
  return heard
}

describe('startDovecot', () => {
  dovecotIt('lets its users in, and nobody else', async () => {
    const server = await started()
    await server.addUser('bob', 'secret')
    expect(await converse(connect(server.port, server.host), 'LOGIN bob secret')).toContain('a0 OK')
    expect(await converse(connect(server.port, server.host), 'LOGIN bob guess')).toContain('a0 NO')
    expect(await server.logTail()).toContain('Login: user=<bob>')
  })

  dovecotIt('runs twice at once, each with mail of its own', async () => {
    const [one, other] = await Promise.all([started(), started()])
    for (const server of [one, other]) await server.addUser('bob', 'secret')
    await converse(connect(one.port, one.host), 'LOGIN bob secret', 'CREATE only-here')
    const list = ['LOGIN bob secret', 'LIST "" "*"']
    expect(await converse(connect(one.port, one.host), ...list)).toContain('only-here')
    expect(await converse(connect(other.port, other.host), ...list)).not.toContain('only-here')
  })

  dovecotIt('separates folders by dots, or by slashes where names may hold anything else', async () => {
    const server = await started()
    await server.addUser('dots', 'secret')
    await server.addUser('slashes', 'secret', { separator: '/' })
    const dots = await converse(connect(server.port, server.host), 'LOGIN dots secret', 'CREATE a.b', 'LIST "" "*"')
    expect(dots).toMatch(/LIST \(.*\) "\." a\.b\r/)
    const create = ['CREATE "a.b/c d"', 'LIST "" "*"']
    const slashes = await converse(connect(server.port, server.host), 'LOGIN slashes secret', ...create)
    expect(slashes).toMatch(/LIST \(.*\) "\/" "?a\.b\/c d"?\r/)
  })

  dovecotIt('speaks TLS under a certificate of its own authority', async () => {
    const server = await started()
    await server.addUser('bob', 'secret')
    if (!server.tls) return expect(await server.logTail()).not.toContain('STARTTLS')
    const socket = connectTls({ port: server.tls.port, host: server.host, servername: 'localhost', ca: server.tls.ca })
    expect(await converse(socket, 'LOGIN bob secret')).toContain('a0 OK')
    expect(await converse(connect(server.port, server.host), 'CAPABILITY')).toContain('STARTTLS')
  })

  dovecotIt('leaves out the extensions it was told to', async () => {
    const server = await started({ without: ['QRESYNC', 'LITERAL+'] })
    await server.addUser('bob', 'secret')
    const heard = await converse(connect(server.port, server.host), 'LOGIN bob secret', 'CAPABILITY')
    expect(heard).toContain('CONDSTORE')
    expect(heard).not.toMatch(/QRESYNC|LITERAL\+/)
  })

  dovecotIt('says in its own words why it did not start', async () => {
    await expect(startDovecot({ settings: 'no_such_setting = 1' })).rejects.toThrow(/no_such_setting/)
  })

  dovecotIt('leaves no server and no file behind', async () => {
    const directory = temporaryDirectory()
    chmodSync(directory, 0o755)
    vi.stubEnv('TMPDIR', directory)
    onTestFinished(() => {
      vi.unstubAllEnvs()
    })
    const server = await startDovecot()
    await server.close()
    const refused = new Promise((resolve) => connect(server.port, server.host).once('error', resolve))
    expect(await refused).toMatchObject({ code: 'ECONNREFUSED' })
    expect(readdirSync(directory)).toEqual([])
  })

  dovecotIt('needs no root', async () => {
    const script = `
      const { startDovecot } = await import(${JSON.stringify(new URL('./dovecot.ts', import.meta.url).href)})
      const server = await startDovecot()
      await server.addUser('bob', 'secret')
      const socket = (await import('node:net')).connect(server.port, server.host)
      socket.end('a LOGIN bob secret\\r\\nb LOGOUT\\r\\n')
      for await (const chunk of socket) process.stdout.write(chunk)
      await server.close()`
    const asNobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
    const args = ['--input-type=module', '-e', script]
    const { stdout } = await promisify(execFile)(process.execPath, args, { ...asNobody, cwd: '/', timeout: 30_000 })
    expect(stdout).toContain('a OK')
  })
})

describe('temporaryDirectory', () => {
  let path = ''

  it('is there for the test', () => {
    path = temporaryDirectory()
    expect(readdirSync(path)).toEqual([])
  })

  it('is gone after it', () => {
    expect(existsSync(path)).toBe(false)
  })
})
