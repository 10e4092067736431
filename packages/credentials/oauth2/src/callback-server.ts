import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { callbackPage } from './callback-page.ts'
import { portUnusable } from './errors.ts'

/** Waits on loopback for a browser to come back. */
export interface CallbackServer {
  readonly port: number
  /**
   * Resolves with the parameters of the first visit that carries this state; others are sent away. `answer` shows the
   * person at the browser how it went.
   */
  readonly visit: Promise<{ readonly parameters: URLSearchParams; answer(succeeded: boolean): Promise<void> }>
  close(): Promise<void>
}

/** Listens on 127.0.0.1, on a free port unless one is given. */
export async function openCallbackServer(state: string, wantedPort = 0): Promise<CallbackServer> {
  const { promise: visit, resolve } = Promise.withResolvers<Awaited<CallbackServer['visit']>>()
  let visited = false
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (request.method !== 'GET' || pathname !== '/') return void show(response, 404, 'There is nothing here.')
    if (searchParams.get('state') !== state) {
      return void show(response, 400, 'This is not the login that mailtide is waiting for. Begin anew in the terminal.')
    }
    if (visited) return void show(response, 409, 'This login is already under way.')
    visited = true
    resolve({
      parameters: searchParams,
      answer: (succeeded) =>
        succeeded
          ? show(response, 200, 'mailtide may now read and write your mail. You can close this window.')
          : show(response, 400, 'The login did not work. The terminal says why.'),
    })
  })
  server.listen(wantedPort, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch (thrown) {
    throw portUnusable(wantedPort, thrown)
  }
  return {
    port: (server.address() as AddressInfo).port,
    visit,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function show(response: ServerResponse, status: number, sentence: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  response.once('close', resolve)
  // A browser may have left by now.
  if (response.closed) resolve()
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    connection: 'close',
  })
  response.end(callbackPage(sentence))
  return promise
}
