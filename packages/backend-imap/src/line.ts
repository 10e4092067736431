import type { ImapTransportSocket } from 'imapflow'
import type { ImapOptions } from './options.ts'

/** A way to the server that is open already: through the proxy, or through the tunnel. Undefined for the direct one. */
export async function openLine(
  { tunnel, proxy, host, port }: ImapOptions,
  signal: AbortSignal,
  patience: number,
): Promise<ImapTransportSocket | undefined> {
  if (tunnel) {
    const { openShellPipe } = await import('@mailtide/run-program')
    return openShellPipe({ commandLine: tunnel.command, name: 'The tunnel' })
  }
  if (!proxy) return undefined
  const { connectThroughProxy } = await import('@mailtide/proxy-connect')
  return connectThroughProxy({ proxy, host, port }, signal, patience)
}
