import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { inspect } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openPipe, type PipeOptions, type ProgramPipe } from './open-pipe.ts'
import { openShellPipe } from './open-shell-pipe.ts'

const node = process.execPath
const script = (code: string) => ({ command: node, args: ['-e', code] })

/** A pipe that is gone when the test is. */
async function opened(options: PipeOptions): Promise<ProgramPipe> {
  const pipe = await openPipe({ grace: 100, ...options })
  onTestFinished(() => void pipe.on('error', () => {}).destroy())
  return pipe
}

async function everything(pipe: ProgramPipe): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of pipe) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function failure(pipe: ProgramPipe): Promise<Error & { readonly code?: string }> {
  const [error] = await once(pipe.resume(), 'error').catch((thrown) => [thrown])
  return error
}

describe('openPipe', () => {
  it('carries exact octets both ways, and ends when the program ends', async () => {
    const pipe = await opened({ command: 'cat' })
    const octets = Uint8Array.from({ length: 256 }, (_, index) => index)
    pipe.end(octets)
    const closed = once(pipe, 'close')
    expect([...(await everything(pipe))]).toEqual([...octets])
    await closed
  })

  it('gives arguments, environment and directory', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'mailtide-pipe-'))
    onTestFinished(() => rmSync(cwd, { recursive: true, force: true }))
    const code = 'console.log(process.cwd(), process.env.MODE, process.argv[1])'
    const pipe = await opened({ command: node, args: ['-e', code, '$HOME'], env: { MODE: 'full' }, cwd })
    expect(String(await everything(pipe))).toBe(`${cwd} full $HOME\n`)
  })

  it('makes a writer wait for a program that reads nothing', async () => {
    const pipe = await opened({ command: 'sleep', args: ['60'] })
    const drained = () => Promise.race([once(pipe, 'drain'), pause(50)])
    let pieces = 0
    while (pieces < 100 && (pipe.write(Buffer.alloc(64 * 1024)) || (await drained()))) pieces++
    expect(pieces).toBeLessThan(100)
    expect(pipe.writableLength).toBe(64 * 1024)
  })

  it('makes a program wait for a reader that takes nothing', async () => {
    const code = `
      const fs = require('fs'); let sent = 0
      const piece = Buffer.alloc(64 * 1024)
      ;(function send() { process.stdout.write(piece, () => { console.error(++sent); sent < 200 ? send() : 0 }) })()`
    const pipe = await opened(script(code))
    await pause(300)
    expect(pipe.readableLength).toBeLessThan(1024 * 1024)
    expect((await everything(pipe)).length).toBe(200 * 64 * 1024)
  })

  it('loses nothing of a program that has ended, however late it is read', async () => {
    const pipe = await opened({ ...script(`process.stdout.write('x'.repeat(150_000))`), grace: 20 })
    await pause(400)
    expect((await everything(pipe)).length).toBe(150_000)
  })

  it('ends, although a background process holds the output', async () => {
    const pipe = await opened({ command: '/bin/sh', args: ['-c', 'sleep 60 & echo $!'], grace: 20 })
    const pid = Number(String(await everything(pipe)))
    process.kill(pid)
  })

  it.each([
    {
      why: 'fails',
      code: `console.error('no route'); process.exitCode = 3`,
      message: 'node ended with exit code 3: no route',
    },
    {
      why: 'is killed',
      code: `process.kill(process.pid, 'SIGKILL')`,
      message: 'node was killed by SIGKILL and said nothing on stderr',
    },
    { why: 'ends at once', code: ``, message: 'node ended with exit code 0 and said nothing on stderr' },
  ])('says when a program $why', async ({ code, message }) => {
    expect(await failure(await opened(script(code)))).toMatchObject({
      code: 'program/failed',
      message,
      retryable: true,
    })
  })

  it('tells why a program ended also to who was writing', async () => {
    const args = ['-c', 'exec <&-; echo no key >&2; sleep 0.05; exit 2']
    const pipe = await opened({ command: '/bin/sh', args, grace: 10_000 })
    pipe.write(Buffer.alloc(1_000_000))
    expect((await failure(pipe)).message).toBe('sh ended with exit code 2: no key')
  })

  it('does not wait for ever for a program that takes no more input', async () => {
    const pipe = await opened({ command: '/bin/sh', args: ['-c', 'exec <&-; sleep 60'], grace: 50 })
    pipe.write(Buffer.alloc(1_000_000))
    expect((await failure(pipe)).message).toBe('sh takes no more input and said nothing on stderr')
  })

  it('says that there is no such program, and shows no arguments', async () => {
    const error = await openPipe({ command: 'no-such-program', args: ['hunter2'] }).catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'program/not-found' })
    expect(inspect(error, { depth: null })).not.toContain('hunter2')
  })

  it('emits timeout after silence, as a socket does', async () => {
    const pipe = await opened({ command: 'cat' })
    pipe.setTimeout(50)
    await once(pipe, 'timeout')
    pipe.setTimeout(0)
  })
})

describe('destroying a pipe', () => {
  /** A shell that starts a program that connects to us, so that its end can be seen. */
  async function startFamily(signal?: AbortSignal) {
    const server = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const stubborn = `process.on('SIGTERM', () => {}); require('net').connect(${port}, '127.0.0.1')`
    const pipe = await openShellPipe({
      commandLine: '"$NODE" -e "$CODE" & cat',
      env: { NODE: node, CODE: stubborn },
      grace: 50,
      ...(signal ? { signal } : {}),
    })
    const [connection] = (await once(server, 'connection')) as [Socket]
    const gone = once(
      connection.resume().on('error', () => {}),
      'close',
    )
    return { pipe, gone }
  }

  it('ends the program and all that it started', async () => {
    const { pipe, gone } = await startFamily()
    const closed = once(pipe, 'close')
    pipe.destroy()
    await Promise.all([gone, closed])
  })

  it('is done by a signal, whose reason is the error', async () => {
    const stop = new AbortController()
    const { pipe, gone } = await startFamily(stop.signal)
    const reason = new Error('enough')
    const failed = failure(pipe)
    stop.abort(reason)
    expect(await failed).toBe(reason)
    await gone
    await expect(openPipe({ command: 'cat', signal: stop.signal })).rejects.toBe(reason)
  })

  it('after the end does nothing more', async () => {
    const pipe = await opened({ command: 'echo', args: ['hello'] })
    expect(String(await everything(pipe))).toBe('hello\n')
    pipe.destroy()
    pipe.destroy()
  })
})

describe('openShellPipe', () => {
  it('understands what a shell understands, and never shows the command line', async () => {
    const pipe = await openShellPipe({ commandLine: 'tr a-z A-Z; : hunter2; exit 9' })
    pipe.end('hello')
    const error = await everything(pipe).catch((thrown) => thrown)
    expect(error.message).toBe('The shell command ended with exit code 9 and said nothing on stderr')
  })

  it('gives the program a real pipe to write to', async () => {
    const code = 'process.stdout.write(String(require("fs").fstatSync(1).isFIFO()))'
    const pipe = await openShellPipe({ commandLine: '"$NODE" -e "$CODE"', env: { NODE: node, CODE: code } })
    expect(String(await everything(pipe))).toBe('true')
  })

  it('carries exact octets both ways', async () => {
    const pipe = await openShellPipe({ commandLine: 'cat' })
    const octets = Buffer.from(Uint8Array.from({ length: 500_000 }, (_, index) => index * index))
    pipe.end(octets)
    expect(octets.equals(await everything(pipe))).toBe(true)
  })
})
