import { connect } from 'node:net'
import { createServer, type TLSSocket, type TlsOptions } from 'node:tls'
import { startTestServer } from '@mailtide/test-server'
import { onTestFinished } from 'vitest'

/** TLS with these settings in front of a test server, and by which names it was wanted. Trust it by its fingerprint. */
export async function startTls(settings: TlsOptions = {}) {
  const behind = await startTestServer()
  const { certificate: cert, key } = behind.clientCertificate
  const names: (string | undefined)[] = []
  const sockets = new Set<TLSSocket>()
  const server = createServer({ cert, key, ...settings }, (socket) => {
    sockets.add(socket)
    names.push(socket.servername || undefined)
    const onward = connect(behind.port, behind.host)
    socket.on('error', () => onward.destroy())
    onward.on('error', () => socket.destroy())
    socket.pipe(onward).pipe(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
    await behind.close()
  })
  const address = server.address()
  return { port: typeof address === 'object' && address ? address.port : 0, names, certificate: cert, behind }
}
