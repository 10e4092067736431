import { MailtideError } from '@mailtide/contracts'
import { describeProxy, type ProxyServer } from './proxy.ts'

/** The text that names a proxy cannot be read. It may hold a password, so it is not repeated. */
export function invalidProxy(reason: string): MailtideError {
  return new MailtideError('proxy/invalid', `the proxy cannot be read: ${reason}`, {
    scope: 'account',
    hint: 'Write TYPE:host:port, where TYPE is SOCKS5, SOCKS4 or HTTP and an IPv6 address stands in brackets.',
  })
}

/** What is to be connected to has a name that no host can have. */
export function noHostName(host: string): MailtideError {
  return new MailtideError('proxy/host-name', `${printable(host)} is no name of a host`, { scope: 'account' })
}

/** Nobody answers where the proxy should be. */
export function proxyUnreachable(proxy: ProxyServer, reason: string): MailtideError {
  return new MailtideError('proxy/unreachable', `${describeProxy(proxy)} cannot be reached: ${reason}`, {
    scope: 'account',
    retryable: true,
    hint: 'Check that it runs, and its host and port in the option proxy. Nothing is sent past it.',
  })
}

/** The proxy took too long, by itself or because of the server behind it. */
export function proxyTimedOut(proxy: ProxyServer, target: string, timeout: number): MailtideError {
  const message = `${describeProxy(proxy)} did not connect to ${target} within ${timeout / 1000} s`
  return new MailtideError('proxy/timeout', message, {
    scope: 'account',
    retryable: true,
    hint: 'Check that the option proxy names the right TYPE and port: a wrong one may be met with silence.',
  })
}

/** The proxy hung up before it had answered. */
export function proxyHungUp(proxy: ProxyServer, target: string, reason: string): MailtideError {
  const because = reason === '' ? '' : `: ${reason}`
  return new MailtideError(
    'proxy/hung-up',
    `${describeProxy(proxy)} did not connect to ${target}, it hung up${because}`,
    {
      scope: 'account',
      retryable: true,
      hint: 'If this happens each time, check that the option proxy names the right TYPE.',
    },
  )
}

/** Why a proxy does not connect to a server, and whether that may change. */
export interface ProxyRefusal {
  readonly reason: string
  readonly retryable: boolean
}

/** The proxy answered that it will not, or cannot, connect. */
export function proxyRefused(proxy: ProxyServer, target: string, { reason, retryable }: ProxyRefusal): MailtideError {
  const message = `${describeProxy(proxy)} did not connect to ${target}: ${reason}`
  return new MailtideError('proxy/refused', message, {
    scope: 'account',
    retryable,
    hint: retryable ? 'Check the host name and the port of the server.' : 'Check what this proxy allows.',
  })
}

/** The proxy wants to know who we are, or does not take who we say we are. */
export function proxyLoginRefused(proxy: ProxyServer, reason: string): MailtideError {
  return new MailtideError('proxy/login-refused', `${describeProxy(proxy)} did not let us in: ${reason}`, {
    scope: 'account',
    hint: 'Check the user and the password: TYPE:user:password@host:port.',
  })
}

/** What answers is no proxy of this type. */
export function notAProxy(proxy: ProxyServer, reason: string): MailtideError {
  return new MailtideError('proxy/protocol', `${describeProxy(proxy)} does not answer as one: ${reason}`, {
    scope: 'account',
    hint: 'Check that the option proxy names the right TYPE and port.',
  })
}

/** What was asked for through a proxy has an answer that is too long. */
export function answerTooLong(host: string, limit: number): MailtideError {
  return new MailtideError('proxy/answer-too-long', `${host} answered with more than ${limit} octets`, {
    scope: 'account',
  })
}

/** What a stranger said, on one line and fit for a terminal. */
export function printable(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 200)
}
