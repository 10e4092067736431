import { setTimeout as pause } from 'node:timers/promises'
import { MailtideError } from '@mailtide/contracts'
import {
  deviceAuthorizationRequest,
  deviceCodeGrantRequest,
  processDeviceAuthorizationResponse,
  processDeviceCodeResponse,
  type TokenEndpointResponse,
} from 'oauth4webapi'
import { type AuthorizationServer, authorizationServer } from './authorization-server.ts'
import { flowMissing, loginTookTooLong } from './errors.ts'
import { lasting, type OAuth2LoginOptions } from './login-options.ts'
import { errorOf } from './refusals.ts'
import { type Tokens, tokensOf } from './tokens.ts'

/** What the user has to be told: open this address anywhere, and type in the code. */
export interface DevicePrompt {
  readonly address: string
  readonly code: string
  /** An address that has the code in it, where the server has one. */
  readonly wholeAddress?: string
  readonly expiresAt: Date
}

/** A login on a machine without a browser. */
export interface DeviceLoginOptions extends OAuth2LoginOptions {
  readonly show: (prompt: DevicePrompt) => void
  /** Waits between two questions. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

/** Shows a code and asks until the user has typed it in elsewhere (RFC 8628). */
export async function logInByDevice(options: DeviceLoginOptions, signal: AbortSignal): Promise<Tokens> {
  const { provider, account, now = Date.now } = options
  if (provider.deviceEndpoint === undefined) throw flowMissing('device')
  const asking = authorizationServer(provider, options.client, options)
  const { server, client, authentication } = asking
  const askedAt = now()
  const begun = await asking.ask(
    async (request) => {
      const scope = provider.scopes.join(' ')
      const answer = await deviceAuthorizationRequest(server, client, authentication, { scope }, request)
      return processDeviceAuthorizationResponse(server, client, answer)
    },
    { account, secrets: [] },
    signal,
  )
  const { device_code: code, verification_uri_complete: wholeAddress } = begun
  const expiresAt = new Date(askedAt + begun.expires_in * 1000)
  options.show({
    address: begun.verification_uri,
    code: begun.user_code,
    ...(wholeAddress !== undefined && { wholeAddress }),
    expiresAt,
  })
  return lasting(await poll(asking, { ...options, code, expiresAt, interval: begun.interval ?? 5 }, signal))
}

interface Polling extends DeviceLoginOptions {
  readonly code: string
  readonly expiresAt: Date
  /** Seconds. */
  readonly interval: number
}

async function poll(asking: AuthorizationServer, polling: Polling, signal: AbortSignal): Promise<Tokens> {
  const { now = Date.now, wait = (time, ends) => pause(time, undefined, { signal: ends }) } = polling
  let { interval } = polling
  while (now() < polling.expiresAt.getTime()) {
    await wait(interval * 1000, signal)
    const askedAt = now()
    const answer = await askOnce(asking, polling, signal)
    if (typeof answer === 'object') return tokensOf(answer, askedAt)
    // RFC 8628, 3.5: five seconds more from now on; and after a failure of the network twice as long.
    if (answer === 'slow_down') interval += 5
    else if (answer === 'unreachable') interval *= 2
  }
  throw loginTookTooLong()
}

/** The tokens, or what stands in their way for now. */
async function askOnce(
  { server, client, authentication, ask }: AuthorizationServer,
  { account, code }: Polling,
  signal: AbortSignal,
): Promise<TokenEndpointResponse | 'authorization_pending' | 'slow_down' | 'unreachable'> {
  try {
    return await ask(
      async (request) => {
        try {
          const answer = await deviceCodeGrantRequest(server, client, authentication, code, request)
          return await processDeviceCodeResponse(server, client, answer)
        } catch (thrown) {
          const error = errorOf(thrown)
          if (error === 'authorization_pending' || error === 'slow_down') return error
          if (error === 'expired_token') throw loginTookTooLong()
          throw thrown
        }
      },
      { account, secrets: [code] },
      signal,
    )
  } catch (thrown) {
    if (thrown instanceof MailtideError && thrown.retryable) return 'unreachable'
    throw thrown
  }
}
