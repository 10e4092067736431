import { connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import type { ProxyServer, ProxyType } from '../proxy.ts'

/** How a proxy for a test behaves. */
export interface TestProxyOptions {
  /** Who it lets in; everybody unless told. SOCKS4 looks at the user alone. */
  readonly login?: { readonly user: string; readonly password: string }
  /** What it answers instead of connecting: a code of SOCKS, or a status line of HTTP. */
  readonly refusal?: number | string
  /** Where it really connects to, whatever was asked for. */
  readonly leadsTo?: number
  /** Sent in the same breath as the answer. */
  readonly greeting?: string
}

/** A proxy on loopback, and what was asked of it. */
export interface TestProxy {
  readonly proxy: ProxyServer
  /** `host:port`, each time. */
  readonly targets: string[]
}

/** Takes octets off a socket, as many as are wanted. */
type Take = (count: number) => Promise<Buffer>

/** A real proxy, small as it is; it is gone when the test is. */
export async function startProxy(type: ProxyType, options: TestProxyOptions = {}): Promise<TestProxy> {
  const targets: string[] = []
  const answer = { SOCKS5: answerSocks5, SOCKS4: answerSocks4, HTTP: answerHttp }[type]
  const port = await listen((socket) => {
    const note = (target: string) => void targets.push(target)
    answer(socket, takerOf(socket), options, note).catch(() => socket.destroy())
  })
  return { proxy: { type, host: '127.0.0.1', port }, targets }
}

/** Listens on loopback until the test is over; answers the port. */
export async function listen(meet: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    meet(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

async function answerSocks5(socket: Socket, take: Take, options: TestProxyOptions, note: (target: string) => void) {
  const { login, refusal, greeting = '' } = options
  const [version, count = 0] = await take(2)
  if (version !== 5) throw new Error('not SOCKS 5')
  const offered = await take(count)
  const method = login ? 2 : 0
  if (!offered.includes(method)) return void socket.end(Buffer.of(5, 0xff))
  socket.write(Buffer.of(5, method))
  if (login) {
    const [, userLength = 0] = await take(2)
    const user = (await take(userLength)).toString()
    const [passwordLength = 0] = await take(1)
    const password = (await take(passwordLength)).toString()
    const isRight = user === login.user && password === login.password
    socket.write(Buffer.of(1, isRight ? 0 : 1))
    if (!isRight) return void socket.end()
  }
  const [, , , kind = 0] = await take(4)
  const length = kind === 1 ? 4 : kind === 4 ? 16 : ((await take(1))[0] ?? 0)
  const address = await take(length)
  const host = kind === 3 ? address.toString() : [...address].join('.')
  const port = (await take(2)).readUInt16BE()
  note(`${kind === 3 ? '' : 'address '}${host}:${port}`)
  const reply = (code: number) => Buffer.of(5, code, 0, 1, 127, 0, 0, 1, 0, 0)
  if (typeof refusal === 'number') return void socket.end(reply(refusal))
  relay(socket, options.leadsTo ?? port, Buffer.concat([reply(0), Buffer.from(greeting)]))
}

async function answerSocks4(socket: Socket, take: Take, options: TestProxyOptions, note: (target: string) => void) {
  const { login, refusal, greeting = '' } = options
  const request = await take(8)
  if (request[0] !== 4) throw new Error('not SOCKS 4')
  const port = request.readUInt16BE(2)
  const user = await takeText(take)
  const isName = request.readUInt32BE(4) < 256
  const host = isName ? await takeText(take) : [...request.subarray(4)].join('.')
  note(`${isName ? '' : 'address '}${host}:${port}`)
  const reply = (code: number) => Buffer.of(0, code, 0, 0, 0, 0, 0, 0)
  if (login && login.user !== user) return void socket.end(reply(93))
  if (typeof refusal === 'number') return void socket.end(reply(refusal))
  relay(socket, options.leadsTo ?? port, Buffer.concat([reply(90), Buffer.from(greeting)]))
}

async function answerHttp(socket: Socket, take: Take, options: TestProxyOptions, note: (target: string) => void) {
  const { login, refusal, greeting = '' } = options
  let head = ''
  while (!head.endsWith('\r\n\r\n')) head += (await take(1)).toString('latin1')
  const target = /^CONNECT (\S+) HTTP\/1\.1\r\n/.exec(head)?.[1]
  if (target === undefined || !head.includes(`\r\nHost: ${target}\r\n`))
    return void socket.end('HTTP/1.1 400 What?\r\n\r\n')
  const basic = login && Buffer.from(`${login.user}:${login.password}`).toString('base64')
  if (basic !== undefined && !head.includes(`\r\nProxy-Authorization: Basic ${basic}\r\n`)) {
    return void socket.end('HTTP/1.1 407 Who are you?\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n')
  }
  note(target)
  if (typeof refusal === 'string') return void socket.end(`HTTP/1.1 ${refusal}\r\nContent-Length: 3\r\n\r\nno\n`)
  const port = Number(/:(\d+)$/.exec(target)?.[1])
  relay(socket, options.leadsTo ?? port, Buffer.from(`HTTP/1.1 200 Fine\r\nVia: test\r\n\r\n${greeting}`))
}

async function takeText(take: Take): Promise<string> {
  let text = ''
  for (let octet = await take(1); octet[0] !== 0; octet = await take(1)) text += octet.toString('latin1')
  return text
}

function relay(socket: Socket, port: number, reply: Buffer): void {
  const onward = connect(port, '127.0.0.1', () => {
    socket.write(reply)
    socket.pipe(onward).pipe(socket)
  })
  onward.on('error', () => socket.destroy())
  socket.on('close', () => onward.destroy())
  onward.on('close', () => socket.destroy())
}

function takerOf(socket: Socket): Take {
  return async (count) => {
    for (;;) {
      if (count === 0) return Buffer.alloc(0)
      const octets: Buffer | null = socket.read(count)
      if (octets && octets.length === count) return octets
      if (socket.readableEnded || socket.destroyed) throw new Error('hung up')
      await new Promise<void>((resolve) => {
        const done = () => {
          socket.off('readable', done).off('end', done).off('close', done)
          resolve()
        }
        socket.on('readable', done).on('end', done).on('close', done)
      })
    }
  }
}
