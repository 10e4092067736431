import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runProgram } from './run-program.ts'
import { runShellCommand } from './run-shell-command.ts'

const node = process.execPath
const timeout = 20_000
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()
const script = (code: string) => ({ command: node, args: ['-e', code], timeout })

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'mailtide-run-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

describe('runProgram', () => {
  it('gives arguments as they are, with no shell between', async () => {
    const args = ['-e', 'process.stdout.write(JSON.stringify(process.argv.slice(1)))', '$HOME; *', "it's", '', 'ä\n']
    const { stdout, exitCode } = await runProgram({ command: node, args, timeout })
    expect(JSON.parse(text(stdout))).toEqual(args.slice(2))
    expect(exitCode).toBe(0)
  })

  it('gives input, environment and directory, and the exact octets of stdout', async () => {
    const cwd = directory()
    const input = Uint8Array.of(0, 255, 10, 13)
    const code =
      'process.stdin.pipe(process.stdout); console.error(process.cwd(), process.env.MODE, !!process.env.PATH)'
    const { stdout, stderr } = await runProgram({ ...script(code), input, cwd, env: { MODE: 'full' } })
    expect([...stdout]).toEqual([...input])
    expect(stderr).toBe(`${cwd} full true`)
  })

  it('does not mind a program that reads nothing of its input', async () => {
    await runProgram({ ...script('process.stdin.destroy()'), input: 'x'.repeat(1_000_000) })
  })

  it('shows stderr of a failure, harmless, and neither stdout nor arguments', async () => {
    const code = `console.log('hunter2'); console.error('\\x1b[31mno key\\x1b[0m\\r\\nsecond\\u202e line\\0'); process.exitCode = 3`
    const failure = await runProgram(script(code)).catch((thrown) => thrown)
    expect(failure).toMatchObject({ code: 'program/failed', scope: 'account', retryable: false })
    expect(failure.message).toBe('node ended with exit code 3: no key | second\ufffd line\ufffd')
    expect(JSON.stringify({ ...failure, message: failure.message, stack: failure.stack })).not.toContain('hunter2')
  })

  it('keeps no more of stderr than its end', async () => {
    const code = `process.stderr.write('x'.repeat(100_000) + ' the reason'); process.exitCode = 1`
    const failure = await runProgram(script(code)).catch((thrown) => thrown)
    expect(failure.message).toMatch(/x the reason$/)
    expect(failure.message.length).toBeLessThan(5000)
  })

  it('says which signal killed it', async () => {
    const run = runProgram(script(`process.kill(process.pid, 'SIGKILL')`))
    await expect(run).rejects.toMatchObject({ message: 'node was killed by SIGKILL and said nothing on stderr' })
  })

  it('takes other exit codes for success where told so', async () => {
    const accepts = (code: number) => code === 7
    expect(await runProgram({ ...script('process.exitCode = 7'), accepts })).toMatchObject({ exitCode: 7 })
    await expect(runProgram({ ...script(''), accepts })).rejects.toMatchObject({ code: 'program/failed' })
  })

  it.each([
    { why: 'no such program', options: { command: 'no-such-program-here' }, code: 'program/not-found' },
    { why: 'no such path', options: { command: '/no/such/program' }, code: 'program/not-found' },
    { why: 'no such directory', options: { command: node, cwd: '/no/such/place' }, code: 'program/not-found' },
    { why: 'a directory as program', options: { command: '/' }, code: 'program/not-started' },
    { why: 'an impossible argument', options: { command: node, args: ['a\0b'] }, code: 'program/not-started' },
  ])('says that there is $why', async ({ options, code }) => {
    await expect(runProgram({ ...options, timeout })).rejects.toMatchObject({ code, hint: expect.any(String) })
  })

  it.each(['no-such-program-here', '/'])('never shows the arguments, not even in a cause: %s', async (command) => {
    const failure = await runProgram({ command, args: ['hunter2'], timeout }).catch((thrown) => thrown)
    expect(inspect(failure, { depth: null })).not.toContain('hunter2')
  })

  it('says that a file may not be executed', async () => {
    const command = join(directory(), 'program')
    writeFileSync(command, '#!/bin/sh\n', { mode: 0o600 })
    await expect(runProgram({ command, timeout })).rejects.toMatchObject({
      code: 'program/not-started',
      message: expect.stringContaining('EACCES'),
    })
  })

  it('ends a program that prints too much', async () => {
    const run = runProgram({ ...script(`for (;;) require('fs').writeSync(1, 'x'.repeat(1000))`), maxOutput: 5000 })
    await expect(run).rejects.toMatchObject({ code: 'program/output-too-big' })
    expect(await runProgram({ ...script(`process.stdout.write('12345')`), maxOutput: 5 })).toMatchObject({
      exitCode: 0,
    })
  })

  it('ends when the signal is given, before or after the start', async () => {
    const reason = new Error('stop')
    await expect(runProgram({ ...script(''), signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    const stopping = new AbortController()
    const run = runProgram({ ...script('setInterval(() => {}, 1000)'), signal: stopping.signal })
    stopping.abort(reason)
    await expect(run).rejects.toBe(reason)
  })
})

describe('the time limit', () => {
  it('ends a program, and says what it said so far', async () => {
    const run = runShellCommand({ commandLine: 'echo waiting >&2; sleep 60', timeout: 1000 })
    await expect(run).rejects.toMatchObject({
      code: 'program/timeout',
      retryable: true,
      message: 'The shell command did not end within 1 s: waiting',
    })
  })

  it('kills also what the program started, and what does not want to end', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const stubborn = `process.on('SIGTERM', () => {}); require('net').connect(${port}, '127.0.0.1')`
    const stopping = new AbortController()
    const { signal } = stopping
    const env = { NODE: node, CODE: stubborn }
    const run = runShellCommand({ commandLine: '"$NODE" -e "$CODE" & wait', env, timeout, grace: 50, signal })
    const [connection] = (await once(server, 'connection')) as [Socket]
    const gone = once(
      connection.resume().on('error', () => {}),
      'close',
    )
    stopping.abort(new Error('stop'))
    await expect(run).rejects.toThrow('stop')
    await gone
  })

  it('does not wait for a background process that a program leaves behind', async () => {
    const { stdout } = await runShellCommand({ commandLine: 'sleep 60 & echo $!', timeout, grace: 50 })
    process.kill(Number(text(stdout)))
  })

  it('may be none', async () => {
    await runProgram({ ...script(''), timeout: Number.POSITIVE_INFINITY })
  })
})

describe('runShellCommand', () => {
  it('understands what a shell understands', async () => {
    const { stdout } = await runShellCommand({
      commandLine: 'printf "%s" "$MODE" | tr a-z A-Z',
      env: { MODE: 'full' },
      timeout,
    })
    expect(text(stdout)).toBe('FULL')
  })

  it('never shows the command line', async () => {
    const failure = await runShellCommand({ commandLine: ': hunter2; exit 9', timeout }).catch((thrown) => thrown)
    expect(failure.message).toBe('The shell command ended with exit code 9 and said nothing on stderr')
  })
})
