import { connect, createServer, type Socket } from 'node:net'
import type { ProxyServer, ProxyType } from '@mailtide/proxy-connect'
import { onTestFinished } from 'vitest'

/** Reads the request of a client whole: its target, and what to answer. Undefined as long as more has to come. */
type Reading = { readonly target: string; readonly answer: Buffer } | { readonly answer: Buffer } | undefined

const readings: Readonly<Record<ProxyType, (request: Buffer) => Reading>> = {
  SOCKS5(request) {
    if (request.length === 3) return { answer: Buffer.of(5, 0) }
    const length = request[7] ?? Number.POSITIVE_INFINITY
    if (request.length < 10 + length) return undefined
    const name = request.subarray(8, 8 + length).toString()
    const target = `${name}:${request.readUInt16BE(8 + length)}`
    return { target, answer: Buffer.of(5, 0, 0, 1, 127, 0, 0, 1, 0, 0) }
  },
  SOCKS4(request) {
    const [, name] = request.subarray(8).toString().split('\0')
    if (!request.subarray(9).includes(0)) return undefined
    return { target: `${name}:${request.readUInt16BE(2)}`, answer: Buffer.of(0, 90, 0, 0, 0, 0, 0, 0) }
  },
  HTTP(request) {
    const target = /^CONNECT (\S+) .*\r\n\r\n$/s.exec(request.toString())?.[1]
    return target === undefined ? undefined : { target, answer: Buffer.from('HTTP/1.1 200 OK\r\n\r\n') }
  },
}

/** A proxy on loopback that takes names alone, and leads them all to one port of 127.0.0.1. */
export async function startProxy(type: ProxyType, leadsTo: number) {
  const targets: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    let request = Buffer.alloc(0)
    const onData = (chunk: Buffer) => {
      request = Buffer.concat([request, chunk])
      const reading = readings[type](request)
      if (reading && 'target' in reading) {
        targets.push(reading.target)
        socket.off('data', onData)
        const onward = connect(leadsTo, '127.0.0.1', () => socket.pipe(onward).pipe(socket))
        onward.on('error', () => socket.destroy())
        socket.on('close', () => onward.destroy())
      }
      if (reading) socket.write(reading.answer)
    }
    socket.on('data', onData)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const proxy: ProxyServer = { type, host: '127.0.0.1', port }
  return { proxy, targets }
}
