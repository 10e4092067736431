import { connect, createServer, type Socket } from 'node:net'

/** A way to a server that can be cut, refused, and swallow everything without a word. */
export interface Network {
  readonly port: number
  /** Whether what is sent arrives; connections are taken all the same. */
  isBlackHole: boolean
  /** Cuts every connection. */
  cut(): void
  close(): Promise<void>
}

/** Opens a way to a port of 127.0.0.1. */
export async function openNetwork(leadsTo: number): Promise<Network> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const onward = connect(leadsTo, '127.0.0.1')
    for (const [from, to] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      sockets.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        sockets.delete(from)
        // Whoever is behind a black hole doesn't hear of an end either.
        if (!network.isBlackHole) to.destroy()
      })
      from.on('data', (data) => {
        if (!network.isBlackHole && to.writable) to.write(data)
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  const network: Network = {
    port: typeof address === 'object' && address ? address.port : 0,
    isBlackHole: false,
    cut,
    async close() {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return network
}
