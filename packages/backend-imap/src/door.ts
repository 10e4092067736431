import { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { MailtideError } from '@mailtide/contracts'
import type { ImapFlow, ImapTransportSocket, Logger } from 'imapflow'
import type { Wire } from './connection.ts'
import { describeDoorFailure } from './door-failure.ts'
import { lineNotEncrypted, notPreauthenticated } from './errors.ts'
import { openLine } from './line.ts'
import type { Speaker } from './login/conversation.ts'
import { logIn } from './login/log-in.ts'
import { createLoginCredential, type LoginCredential } from './login/login-credential.ts'
import type { ImapOptions } from './options.ts'
import { createTransport } from './transport.ts'
import type { Trust } from './trust.ts'
import { withoutSecrets } from './without-secrets.ts'

/** A connection on which the server knows us. */
export interface OpenDoor {
  readonly wire: Wire
  readonly capabilities: ReadonlySet<string>
  /** The words of the greeting. */
  readonly greeting: string
}

/** The inner parts of imapflow 2.10.2 that its types leave out, and that are replaced here. */
interface Inside extends Speaker {
  run(command: string, ...details: unknown[]): Promise<unknown>
  authenticate(): Promise<boolean>
  setAuthenticationState(): Promise<void>
  readonly socket: unknown
  readonly greeting?: string
  readonly state: number
  readonly states: { readonly NOT_AUTHENTICATED: number }
  expectCapabilityUpdate: boolean
}

/** Milliseconds of silence after which TCP sees to it that a dead line is noticed. */
const keepAliveAfter = 60_000

/** The longest wait for a connection and for its greeting, where no shorter time of silence is set. */
const patience = 30

/**
 * Connects, negotiates TLS and logs in with imapflow, then takes the sockets from it.
 *
 * Round trips after TCP and TLS: the greeting, then those of the mechanism (one for PLAIN and access tokens where SASL-IR is
 * offered, RFC 4959); one for CAPABILITY wherever the server doesn't volunteer it. imapflow's own ID and NAMESPACE are
 * left out. A credential that is refused is asked for once more, and the new one tried on a new connection: who answers
 * may take longer than the server waits, and some servers hang up.
 */
export async function openDoor(options: ImapOptions, trust: Trust, signal: AbortSignal): Promise<OpenDoor> {
  const credential = createLoginCredential(options)
  const mayDoWithout = options.clientCertificate || options.gssapi || options.tunnel?.preauthenticated
  if (!mayDoWithout) await credential.ask(signal)
  signal.throwIfAborted()
  try {
    return await enter(options, trust, credential, signal)
  } catch (error) {
    const isRefusal = error instanceof MailtideError && error.code === 'imap/login-refused' && !error.retryable
    if (!isRefusal || !(await credential.renew(signal))) throw error
    signal.throwIfAborted()
    return enter(options, trust, credential, signal)
  }
}

async function enter(
  options: ImapOptions,
  trust: Trust,
  credential: LoginCredential,
  signal: AbortSignal,
): Promise<OpenDoor> {
  const { ImapFlow } = await import('imapflow')
  const time = (options.timeout || patience) * 1000
  const { encryption, tunnel } = options
  const line = await openLine(options, signal, time)
  const transport = createTransport(line)
  const client = new ImapFlow({
    host: options.host,
    port: options.port,
    secure: encryption === 'tls' && !tunnel,
    // In a tunnel it is taken where it is offered, and not missed where it isn't.
    doSTARTTLS: encryption !== 'starttls' ? false : tunnel ? undefined : true,
    auth: { user: options.user ?? '' },
    tls: { ...trust.settings, ...(options.family ? { family: options.family } : {}) },
    transport,
    disableAutoIdle: true,
    disableAutoEnable: true,
    disableCompression: !options.compression,
    connectionTimeout: time,
    greetingTimeout: time,
    socketTimeout: time,
    logger: options.trace ? traceLogger(options.trace, credential.secrets) : false,
  })
  const failures: Error[] = []
  client.on('error', (error: Error) => failures.push(error))
  replaceLogin(client as unknown as Inside, options, trust, (speaker) =>
    logIn({ options, speaker, credential, signal }),
  )
  const abort = () => client.close()
  signal.addEventListener('abort', abort, { once: true })
  try {
    signal.throwIfAborted()
    await client.connect()
    signal.throwIfAborted()
    return takeOver(client)
  } catch (error) {
    client.close()
    line?.destroy()
    signal.throwIfAborted()
    const circumstances = { secrets: credential.secrets(), certificate: transport.certificate() }
    const failure = error instanceof MailtideError ? error : (failures[0] ?? error)
    throw describeDoorFailure(failure, options, circumstances)
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

function takeOver(client: ImapFlow): OpenDoor {
  const capabilities = new Set<string>()
  for (const [name, value] of client.capabilities) {
    capabilities.add(name.toUpperCase())
    if (typeof value === 'number') capabilities.add(`${name.toUpperCase()}=${value}`)
  }
  const { greeting = '' } = client as unknown as Pick<Inside, 'greeting'>
  const { readSocket, writeSocket, socket } = client.unbind()
  const carrier = socket as ImapTransportSocket
  carrier.setTimeout(0)
  if (carrier instanceof Socket) {
    carrier.setNoDelay(true)
    // Who idles says nothing for minutes: the system asks whether anybody is there, and ten times more, a second apart.
    carrier.setKeepAlive(true, keepAliveAfter)
  }
  return { wire: { readable: readSocket, writable: writeSocket, carrier }, capabilities, greeting }
}

/** Checks the line and the certificate before anything secret is sent, logs in our way, and saves round trips. */
function replaceLogin(
  inside: Inside,
  options: ImapOptions,
  trust: Trust,
  login: (speaker: Speaker) => Promise<void>,
): void {
  const run = inside.run.bind(inside)
  inside.run = (command, ...details) =>
    command === 'ID' || command === 'NAMESPACE' ? Promise.resolve(undefined) : run(command, ...details)
  inside.authenticate = async () => {
    const { encryption, tunnel, host } = options
    if (inside.socket instanceof TLSSocket) trust.check(inside.socket)
    else if (encryption !== 'none' && !tunnel) throw lineNotEncrypted(host)
    if (inside.state !== inside.states.NOT_AUTHENTICATED) return true
    if (tunnel?.preauthenticated) throw notPreauthenticated(host)
    inside.expectCapabilityUpdate = true
    await login(inside)
    await inside.setAuthenticationState()
    return true
  }
}

/** Passes on what goes over the wire during the login, with everything secret replaced. */
function traceLogger(trace: (line: string) => void, secrets: () => readonly string[]): Logger {
  const log = (entry: { src?: string; msg?: string } | undefined) => {
    if ((entry?.src !== 's' && entry?.src !== 'c') || typeof entry.msg !== 'string') return
    // With a challenge of SCRAM and what follows it, passwords can be guessed at leisure.
    const text = entry.msg.replace(/^\+ \S.*/s, '+ [secret]')
    trace(`${entry.src.toUpperCase()}: ${withoutSecrets(text, secrets())}`)
  }
  const silent = () => undefined
  return { trace: log, debug: log, info: silent, warn: silent, error: silent, fatal: silent }
}
