import type { X509Certificate } from 'node:crypto'
import { connect as connectTcp } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { ImapTransport, ImapTransportOptions, ImapTransportSocket } from 'imapflow'

/** How imapflow gets to its server. */
export interface WatchedTransport extends ImapTransport {
  /** What the server showed in TLS, also if it was not taken. */
  certificate(): X509Certificate | undefined
}

// Node tries one address after the other, and gives each up for the next: after 250 ms unless told, in which a far server
// may not have answered yet.
const patience = { autoSelectFamilyAttemptTimeout: 1000 }

/**
 * Goes by a line that is open already, else directly: by either family unless the settings name one. A
 * server is told by which name it is wanted, never by which address (RFC 6066, 3).
 */
export function createTransport(line: ImapTransportSocket | undefined): WatchedTransport {
  let shown: X509Certificate | undefined
  let failure: Error | undefined
  // It may fail before anybody listens; then this is what there is to tell.
  line?.once('error', (error) => {
    failure = error
  })

  return {
    certificate: () => shown,
    connect({ secure, ...options }, onConnect) {
      if (secure) return startTls(line, options, onConnect)
      const { host, port, tls } = options
      if (!line) return connectTcp({ host, port, ...patience, ...familyOf(tls) }, onConnect)
      setImmediate(() =>
        line.destroyed ? line.emit('error', failure ?? new Error('the line was closed')) : onConnect(),
      )
      return line
    },
    upgrade: startTls,
  }

  function startTls(
    carrier: ImapTransportSocket | undefined,
    { host, port, servername, tls }: ImapTransportOptions,
    onSecure: () => void,
  ): TLSSocket {
    const name = servername === undefined ? {} : { servername }
    const secure = connectTls({ host, port, ...name, ...tls, ...(carrier ? { socket: carrier } : patience) }, onSecure)
    // Ahead of the check, which leaves nothing to be looked at.
    secure.prependOnceListener('secure', () => {
      shown = secure.getPeerX509Certificate()
    })
    if (carrier) {
      carrier.on('error', (error) => secure.destroy(error))
      secure.on('close', () => carrier.destroy())
    }
    return secure
  }
}

function familyOf(settings: ImapTransportOptions['tls']): { readonly family?: number } {
  const family = settings && 'family' in settings ? settings.family : undefined
  return typeof family === 'number' ? { family } : {}
}
