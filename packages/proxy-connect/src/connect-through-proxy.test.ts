import { once } from 'node:events'
import type { Socket } from 'node:net'
import { inspect } from 'node:util'
import { createSecret, type MailtideError } from '@mailtide/contracts'
import { describe, expect, it, onTestFinished } from 'vitest'
import { connectThroughProxy } from './connect-through-proxy.ts'
import type { ProxyServer, ProxyType } from './proxy.ts'
import { listen, startProxy } from './testing/start-proxy.ts'

const types: readonly ProxyType[] = ['SOCKS5', 'SOCKS4', 'HTTP']
const never = new AbortController().signal
const timeout = 10_000

/** Greets, as mail servers do, and then says everything again. */
const startEcho = () =>
  listen((socket) => {
    socket.write('hello\n')
    socket.pipe(socket)
  })

async function refusal(proxy: ProxyServer, host = 'mail.example', limit = timeout): Promise<MailtideError> {
  const error = await connectThroughProxy({ proxy, host, port: 143 }, never, limit).then(
    () => Promise.reject(new Error('nobody was refused')),
    (thrown: MailtideError) => thrown,
  )
  expect(error.name).toBe('MailtideError')
  expect(error.scope).toBe('account')
  expect(error.hint).toBeDefined()
  expect(inspect(error, { depth: null })).not.toContain('hunter2')
  expect(inspect(error, { depth: null })).not.toContain(Buffer.from('bob:hunter2').toString('base64'))
  return error
}

async function hear(socket: Socket, length: number): Promise<string> {
  onTestFinished(() => void socket.destroy())
  let heard = ''
  for await (const chunk of socket) {
    heard += String(chunk)
    if (heard.length >= length) break
  }
  return heard
}

describe.each(types)('through a %s proxy', (type) => {
  it('one speaks to the server, whose name the proxy resolves', async () => {
    const port = await startEcho()
    const { proxy, targets } = await startProxy(type, { leadsTo: port })
    const socket = await connectThroughProxy({ proxy, host: 'no-such-host.invalid', port: 993 }, never, timeout)
    socket.write('and back')
    expect(await hear(socket, 14)).toBe('hello\nand back')
    expect(targets).toEqual(['no-such-host.invalid:993'])
  })

  it('names of other alphabets go in ASCII', async () => {
    const { proxy, targets } = await startProxy(type, { leadsTo: await startEcho() })
    const socket = await connectThroughProxy({ proxy, host: 'bücher.example', port: 1 }, never, timeout)
    socket.destroy()
    expect(targets).toEqual(['xn--bcher-kva.example:1'])
  })

  it('an address is reached as well', async () => {
    const port = await startEcho()
    const { proxy, targets } = await startProxy(type)
    const socket = await connectThroughProxy({ proxy, host: '127.0.0.1', port }, never, timeout)
    expect(await hear(socket, 6)).toBe('hello\n')
    expect(targets).toEqual([`${type === 'HTTP' ? '' : 'address '}127.0.0.1:${port}`])
  })

  it('nothing is lost of what comes with the answer, however late it is read', async () => {
    const { proxy } = await startProxy(type, { leadsTo: await startEcho(), greeting: 'early\n' })
    const socket = await connectThroughProxy({ proxy, host: 'mail.example', port: 1 }, never, timeout)
    for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate)
    expect(await hear(socket, 12)).toBe('early\nhello\n')
  })

  it('nobody is there', async () => {
    const { proxy } = await startProxy(type)
    const error = await refusal({ ...proxy, port: 1 })
    expect(error).toMatchObject({ code: 'proxy/unreachable', retryable: true })
    expect(error.message).toContain(`the ${type} proxy 127.0.0.1:1 cannot be reached: connect ECONNREFUSED`)
  })

  it('silence has an end', async () => {
    const port = await listen(() => {})
    const error = await refusal({ type, host: '127.0.0.1', port }, 'mail.example', 50)
    expect(error).toMatchObject({ code: 'proxy/timeout', retryable: true })
    expect(error.message).toContain('mail.example:143 within 0.05 s')
  })

  it('a proxy that hangs up is told of', async () => {
    const port = await listen((socket) => socket.end())
    expect(await refusal({ type, host: '127.0.0.1', port })).toMatchObject({ code: 'proxy/hung-up', retryable: true })
  })

  it.each(['* OK IMAP4rev1 hello\r\n', '\0\0\0\0\0\0\0\0\0\0', 'x'.repeat(100_000)])(
    'garbage is refused (%#)',
    async (said) => {
      const port = await listen((socket) => socket.write(said))
      expect(await refusal({ type, host: '127.0.0.1', port })).toMatchObject({
        code: 'proxy/protocol',
        retryable: false,
      })
    },
  )

  it('gives up when it is told to, before and during', async () => {
    const hung = Promise.withResolvers<void>()
    const stop = new AbortController()
    const reason = new Error('enough')
    const port = await listen((socket) => {
      socket.resume().on('close', () => hung.resolve())
      setImmediate(() => stop.abort(reason))
    })
    const target = { proxy: { type, host: '127.0.0.1', port }, host: 'mail.example', port: 143 }
    await expect(connectThroughProxy(target, AbortSignal.abort(reason), timeout)).rejects.toBe(reason)
    await expect(connectThroughProxy(target, stop.signal, timeout)).rejects.toBe(reason)
    await hung.promise
  })
})

describe('a proxy that refuses', () => {
  it.each([
    { type: 'SOCKS5', refusal: 1, reason: 'general failure', retryable: true },
    { type: 'SOCKS5', refusal: 2, reason: 'rules do not allow', retryable: false },
    { type: 'SOCKS5', refusal: 4, reason: 'host is unreachable', retryable: true },
    { type: 'SOCKS5', refusal: 5, reason: 'refused', retryable: true },
    { type: 'SOCKS4', refusal: 91, reason: 'rejected, or failed', retryable: true },
    { type: 'SOCKS4', refusal: 92, reason: 'identd', retryable: false },
    { type: 'HTTP', refusal: '403 Forbidden', reason: '403 Forbidden', retryable: false },
    { type: 'HTTP', refusal: '502 Bad \x1b[31mGateway', reason: '502 Bad [31mGateway', retryable: true },
  ] as const)('says so: $type $refusal', async ({ type, refusal: wanted, reason, retryable }) => {
    const error = await refusal((await startProxy(type, { refusal: wanted })).proxy)
    expect(error).toMatchObject({ code: 'proxy/refused', retryable })
    expect(error.message).toContain('did not connect to mail.example:143')
    expect(error.message.replaceAll('  ', ' ')).toContain(reason.replace('Bad [', 'Bad ['))
  })

  it('has an answer that is too long', async () => {
    const port = await listen((socket) => socket.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(20_000)}`))
    expect(await refusal({ type: 'HTTP', host: '127.0.0.1', port })).toMatchObject({
      code: 'proxy/protocol',
      message: expect.stringContaining('16384 octets'),
    })
  })
})

describe('a proxy that wants to know who we are', () => {
  const login = { user: 'bob', password: 'hunter2' }

  it.each(types)('lets in whoever it knows: %s', async (type) => {
    const { proxy } = await startProxy(type, { login, leadsTo: await startEcho() })
    const known = { ...proxy, user: 'bob', password: createSecret('hunter2') }
    const socket = await connectThroughProxy({ proxy: known, host: 'mail.example', port: 1 }, never, timeout)
    expect(await hear(socket, 6)).toBe('hello\n')
  })

  it.each(['SOCKS5', 'HTTP'] as const)('and nobody else: %s', async (type) => {
    const { proxy } = await startProxy(type, { login: { ...login, password: 'other' } })
    expect(await refusal(proxy)).toMatchObject({ code: 'proxy/login-refused', retryable: false })
    const wrong = { ...proxy, user: 'bob', password: createSecret('hunter2') }
    expect(await refusal(wrong)).toMatchObject({ code: 'proxy/login-refused', retryable: false })
  })
})

describe('what is asked for', () => {
  it('has brackets where HTTP wants them', async () => {
    const { proxy, targets } = await startProxy('HTTP', { leadsTo: await startEcho() })
    const socket = await connectThroughProxy({ proxy, host: 'fd00::1', port: 143 }, never, timeout)
    socket.destroy()
    expect(targets).toEqual(['[fd00::1]:143'])
  })

  it.each(['', 'a b', 'a\r\nX-Header: 1'])('is a host, or nobody is asked: %j', async (host) => {
    const { proxy, targets } = await startProxy('HTTP')
    await expect(connectThroughProxy({ proxy, host, port: 1 }, never, timeout)).rejects.toMatchObject({
      code: 'proxy/host-name',
    })
    expect(targets).toEqual([])
  })
})

describe('the socket', () => {
  it('ends with the server, and the server with it', async () => {
    const gone = Promise.withResolvers<void>()
    const port = await listen((socket) => socket.resume().on('close', () => gone.resolve()))
    const { proxy } = await startProxy('SOCKS5', { leadsTo: port })
    const socket = await connectThroughProxy({ proxy, host: 'mail.example', port: 1 }, never, timeout)
    socket.destroy()
    await gone.promise
    const brief = await startProxy('HTTP', { leadsTo: await listen((server) => server.end()) })
    const ended = await connectThroughProxy({ proxy: brief.proxy, host: 'mail.example', port: 1 }, never, timeout)
    ended.resume()
    await once(ended, 'close')
  })
})
