import { connect, createServer, type Socket } from 'node:net'

/** A port on loopback that leads to a socket in the file system. */
export interface LoopbackRelay {
  readonly port: number
  /** Cuts all connections. */
  close(): void
}

/** Opens the port. What comes in is passed on at once, whatever the server holds of TCP_NODELAY. */
export async function openLoopbackRelay(path: string): Promise<LoopbackRelay> {
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const inner = connect({ path, allowHalfOpen: true })
    for (const [one, other] of [
      [socket, inner],
      [inner, socket],
    ] as const) {
      sockets.add(one)
      one.once('error', () => other.destroy())
      one.once('close', () => {
        sockets.delete(one)
        if (!one.readableEnded) other.destroy()
      })
      one.pipe(other)
    }
  })
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  return {
    port,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
