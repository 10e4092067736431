import { execFile } from 'node:child_process'
import { chmodSync, readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { courierAvailability, startCourier } from './courier.ts'
import { cyrusAvailability, startCyrus } from './cyrus.ts'
import { temporaryDirectory } from './temporary-directory.ts'

const servers = [
  { name: 'Cyrus', file: './cyrus.ts', start: startCyrus, availability: cyrusAvailability, without: 'QRESYNC' },
  { name: 'Courier', file: './courier.ts', start: startCourier, availability: courierAvailability, without: 'UIDPLUS' },
] as const

async function converse(server: { host: string; port: number }, ...commands: string[]): Promise<string> {
  const socket = connect(server.port, server.host)
  socket.write([...commands, 'LOGOUT', ''].map((line, index) => (line ? `a${index} ${line}` : '')).join('\r\n'))
  let heard = ''
  for await (const chunk of socket) heard += chunk.toString('latin1')
  return heard
}

describe.each(servers)('start$name', ({ name, file, start, availability, without }) => {
  let missing: string | undefined

  beforeAll(async () => {
    const answer = await availability()
    missing = answer.ok ? undefined : answer.reason
  })

  const serverIt = (sentence: string, test: () => Promise<void>) =>
    it(sentence, async (context) => {
      if (missing !== undefined) return context.skip(missing)
      await test()
    })

  async function started(options?: { without: readonly string[] }) {
    const server = await start(options)
    onTestFinished(() => server.close())
    await server.addUser('bob', 'secret')
    return server
  }

  serverIt('lets its users in, and nobody else', async () => {
    const server = await started()
    expect(await converse(server, 'LOGIN bob secret', 'SELECT INBOX')).toMatch(/a0 OK.*a1 OK/s)
    expect(await converse(server, 'LOGIN bob guess')).toContain('a0 NO')
    expect(await converse(server, 'LOGIN eve secret')).toContain('a0 NO')
    await server.addUser('bob', 'other')
    expect(await converse(server, 'LOGIN bob other')).toContain('a0 OK')
  })

  serverIt('runs twice at once, each with mail of its own', async () => {
    const [one, other] = await Promise.all([started(), started()])
    await converse(one, 'LOGIN bob secret', 'CREATE INBOX.only-here', 'CREATE only-here')
    const list = ['LOGIN bob secret', 'LIST "" "*"']
    expect(await converse(one, ...list)).toContain('only-here')
    expect(await converse(other, ...list)).not.toContain('only-here')
  })

  serverIt('leaves out the extensions it was told to', async () => {
    const list = ['LOGIN bob secret', 'CAPABILITY']
    expect(await converse(await started(), ...list)).toContain(` ${without} `)
    expect(await converse(await started({ without: [without] }), ...list)).not.toContain(without)
  })

  serverIt('leaves no server and no file behind', async () => {
    await start().then((server) => server.close())
    const directory = temporaryDirectory()
    chmodSync(directory, 0o755)
    vi.stubEnv('TMPDIR', directory)
    onTestFinished(() => {
      vi.unstubAllEnvs()
    })
    const server = await started()
    const socket = connect(server.port, server.host).on('error', () => {})
    await new Promise((resolve) => socket.once('data', resolve))
    await server.close()
    const refused = new Promise((resolve) => connect(server.port, server.host).once('error', resolve))
    expect(await refused).toMatchObject({ code: 'ECONNREFUSED' })
    expect(readdirSync(directory)).toEqual([])
  })

  serverIt('needs no root', async () => {
    const script = `
      const { start${name} } = await import(${JSON.stringify(new URL(file, import.meta.url).href)})
      const server = await start${name}()
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
