import type { Socket } from 'node:net'
import { MailtideError } from '@mailtide/contracts'
import type { ImapFlow, Logger } from 'imapflow'
import type { Wire } from './connection.ts'
import { describeDoorFailure } from './door-failure.ts'
import { loginDisabled, loginRefused } from './errors.ts'
import type { ImapOptions } from './options.ts'
import type { Trust } from './trust.ts'

/** A connection on which the server knows us. */
export interface OpenDoor {
  readonly wire: Wire
  readonly capabilities: ReadonlySet<string>
}

/** The inner parts of imapflow 2.10.2 that its types leave out, and that are replaced here. */
interface Inside {
  run(command: string, ...details: unknown[]): Promise<unknown>
  authenticate(): Promise<boolean>
  setAuthenticationState(): Promise<void>
  exec(command: string, attributes: readonly Attribute[]): Promise<{ next(): void }>
  readonly capabilities: Map<string, boolean | number>
  readonly socket: unknown
  readonly state: number
  readonly states: { readonly NOT_AUTHENTICATED: number }
  expectCapabilityUpdate: boolean
}

interface Attribute {
  readonly type: 'ATOM'
  readonly value: string
  readonly sensitive?: boolean
}

/** The longest wait for a connection and for its greeting, where no shorter time of silence is set. */
const patience = 30

/**
 * Connects, negotiates TLS and logs in with imapflow, then takes the sockets from it.
 *
 * Round trips after TCP and TLS: the greeting, then one for the login where SASL-IR is offered (RFC 4959), else two; one
 * for CAPABILITY wherever the server doesn't volunteer it. imapflow's own ID and NAMESPACE are left out.
 */
export async function openDoor(options: ImapOptions, trust: Trust, signal: AbortSignal): Promise<OpenDoor> {
  const [{ ImapFlow }, password] = await Promise.all([import('imapflow'), options.password()])
  signal.throwIfAborted()
  const time = (options.timeout || patience) * 1000
  const client = new ImapFlow({
    host: options.host,
    port: options.port,
    secure: options.encryption === 'tls',
    doSTARTTLS: options.encryption === 'starttls',
    auth: { user: options.user, pass: password },
    tls: { ...trust.settings, ...(options.family ? { family: options.family } : {}) },
    disableAutoIdle: true,
    disableAutoEnable: true,
    disableCompression: !options.compression,
    connectionTimeout: time,
    greetingTimeout: time,
    socketTimeout: time,
    logger: options.trace ? traceLogger(options.trace, [password, `\0${options.user}\0${password}`]) : false,
  })
  const failures: Error[] = []
  client.on('error', (error: Error) => failures.push(error))
  replaceLogin(client as unknown as Inside, options, password, trust)
  const abort = () => client.close()
  signal.addEventListener('abort', abort, { once: true })
  try {
    await client.connect()
    signal.throwIfAborted()
    return takeOver(client)
  } catch (error) {
    client.close()
    signal.throwIfAborted()
    if (error instanceof MailtideError) throw error
    throw describeDoorFailure(failures[0] ?? error, options, password)
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
  const { readSocket, writeSocket, socket } = client.unbind()
  const carrier = socket as Socket
  carrier.setTimeout(0)
  carrier.setNoDelay(true)
  return { wire: { readable: readSocket, writable: writeSocket, carrier }, capabilities }
}

/** Checks the certificate before anything secret is sent, saves round trips, and names the reasons of refusals. */
function replaceLogin(inside: Inside, options: ImapOptions, password: string, trust: Trust): void {
  const run = inside.run.bind(inside)
  const authenticate = inside.authenticate.bind(inside)
  inside.run = (command, ...details) =>
    command === 'ID' || command === 'NAMESPACE' ? Promise.resolve(undefined) : run(command, ...details)
  inside.authenticate = async () => {
    if (options.encryption !== 'none') trust.check(inside.socket)
    const offers = (name: string) => inside.capabilities.has(name)
    if (inside.state !== inside.states.NOT_AUTHENTICATED) return true
    if (password === '') throw loginRefused(options.host, options.user, 'there is no password')
    if (!offers('AUTH=PLAIN')) {
      if (!offers('AUTH=LOGIN') && offers('LOGINDISABLED')) throw loginDisabled(options.host)
      return authenticate()
    }
    if (!offers('SASL-IR')) return authenticate()
    inside.expectCapabilityUpdate = true
    const secret = Buffer.from(`\0${options.user}\0${password}`).toString('base64')
    const end = await inside.exec('AUTHENTICATE', [
      { type: 'ATOM', value: 'PLAIN' },
      { type: 'ATOM', value: secret, sensitive: true },
    ])
    end.next()
    await inside.setAuthenticationState()
    return true
  }
}

/** Passes on what goes over the wire during the login, with everything secret replaced. */
function traceLogger(trace: (line: string) => void, secrets: readonly string[]): Logger {
  const hidden = secrets.flatMap((secret) => (secret === '' ? [] : [secret, Buffer.from(secret).toString('base64')]))
  const log = (entry: { src?: string; msg?: string } | undefined) => {
    if ((entry?.src !== 's' && entry?.src !== 'c') || typeof entry.msg !== 'string') return
    const text = hidden.reduce((line, secret) => line.replaceAll(secret, '[secret]'), entry.msg)
    trace(`${entry.src.toUpperCase()}: ${text}`)
  }
  const silent = () => undefined
  return { trace: log, debug: log, info: silent, warn: silent, error: silent, fatal: silent }
}
