import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** How a server answers a question for a token, in place of what is right. */
export type Misbehaviour = (response: ServerResponse) => void

/** An authorization server on loopback that takes nothing on trust: client, secret, redirect, code, PKCE and rotation. */
export interface FakeAuthorizationServer {
  /** In the shape of a provider of `@mailtide/credentials-oauth2`. */
  readonly provider: {
    readonly authorizationEndpoint: string
    readonly tokenEndpoint: string
    readonly deviceEndpoint: string
    readonly scopes: readonly string[]
  }
  readonly client: { readonly id: string; readonly secret: string }
  /** What the token endpoint was asked, as it was sent. */
  readonly asked: readonly URLSearchParams[]
  /** A refresh token that is good until it is used (if the server rotates) or withdrawn. */
  grant(): string
  withdraw(): void
  /** Whether an access token is one of its own. */
  issued(accessToken: string): boolean
  /** What the coming questions are answered with, one each, before the server behaves again. */
  readonly misbehaviour: Misbehaviour[]
  /** Errors for the coming questions of a device (RFC 8628, 3.5). */
  readonly devicePatience: string[]
}

/** What can be chosen of it. */
export interface FakeServerOptions {
  readonly rotates?: boolean
  readonly expiresIn?: number
  readonly secret?: string
  /** The access token that it always issues. Default: another one each time. */
  readonly accessToken?: string
  /** Seconds between two questions of a device. Default: 5. */
  readonly interval?: number
  /** More fields in answers that hold tokens. */
  readonly extra?: Readonly<Record<string, unknown>>
}

interface Code {
  readonly challenge: string
  readonly redirect: string
}

/** Starts one that ends with the test. */
export async function fakeAuthorizationServer(options: FakeServerOptions = {}): Promise<FakeAuthorizationServer> {
  const { rotates = false, expiresIn = 3600, secret = 's3cret/client', interval = 5, extra = {} } = options
  const codes = new Map<string, Code>()
  const refreshTokens = new Set<string>()
  const accessTokens = new Set<string>()
  const deviceCodes = new Set<string>()
  const asked: URLSearchParams[] = []
  const misbehaviour: Misbehaviour[] = []
  const devicePatience: string[] = []
  const token = (kind: string) => `${kind}-token-${randomBytes(18).toString('base64url')}`

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (url.pathname === '/authorize') authorize(url.searchParams, response)
    else
      void readForm(request).then((form) =>
        url.pathname === '/device' ? device(form, response) : answer(form, response),
      )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  function authorize(query: URLSearchParams, response: ServerResponse): void {
    const redirect = query.get('redirect_uri') ?? ''
    const challenge = query.get('code_challenge') ?? ''
    const isRight =
      query.get('response_type') === 'code' &&
      query.get('client_id') === 'client' &&
      query.get('code_challenge_method') === 'S256' &&
      query.get('scope') === 'mail offline' &&
      /^http:\/\/(127\.0\.0\.1|localhost):\d+\/$/.test(redirect)
    if (!isRight) return void response.writeHead(400).end()
    const code = token('code')
    codes.set(code, { challenge, redirect })
    const back = new URL(redirect)
    back.searchParams.set('code', code)
    back.searchParams.set('state', query.get('state') ?? '')
    back.searchParams.set('iss', origin)
    response.writeHead(302, { location: back.href }).end()
  }

  function device(form: URLSearchParams, response: ServerResponse): ServerResponse {
    if (form.get('client_id') !== 'client') return fail(response, 401, 'invalid_client')
    const code = token('device')
    deviceCodes.add(code)
    return sendJson(response, 200, {
      device_code: code,
      user_code: 'WDJB-MJHT',
      verification_uri: `${origin}/activate`,
      verification_uri_complete: `${origin}/activate?code=WDJB-MJHT`,
      expires_in: 1800,
      interval,
    })
  }

  function answer(form: URLSearchParams, response: ServerResponse): ServerResponse {
    asked.push(form)
    const misbehave = misbehaviour.shift()
    if (misbehave) {
      misbehave(response)
      return response
    }
    const isKnown = form.get('client_id') === 'client' && (form.get('client_secret') ?? '') === secret
    if (!isKnown) return fail(response, 401, 'invalid_client', `no client with the secret ${form.get('client_secret')}`)
    switch (form.get('grant_type')) {
      case 'refresh_token':
        return refresh(form.get('refresh_token') ?? '', response)
      case 'authorization_code':
        return redeem(form, response)
      case 'urn:ietf:params:oauth:grant-type:device_code':
        return poll(form.get('device_code') ?? '', response)
      default:
        return fail(response, 400, 'unsupported_grant_type')
    }
  }

  function refresh(old: string, response: ServerResponse): ServerResponse {
    if (!refreshTokens.has(old)) return fail(response, 400, 'invalid_grant', `the token ${old} was revoked`)
    if (!rotates) return sendTokens(response, undefined)
    refreshTokens.delete(old)
    return sendTokens(response, grant())
  }

  function redeem(form: URLSearchParams, response: ServerResponse): ServerResponse {
    const code = form.get('code') ?? ''
    const known = codes.get(code)
    codes.delete(code)
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const isRight = known?.challenge === challenge && known.redirect === form.get('redirect_uri')
    if (!isRight) return fail(response, 400, 'invalid_grant', 'wrong code')
    return sendTokens(response, grant())
  }

  function poll(code: string, response: ServerResponse): ServerResponse {
    if (!deviceCodes.has(code)) return fail(response, 400, 'invalid_grant')
    const error = devicePatience.shift()
    if (error) return fail(response, 400, error)
    deviceCodes.delete(code)
    return sendTokens(response, grant())
  }

  function grant(): string {
    const granted = token('refresh')
    refreshTokens.add(granted)
    return granted
  }

  function sendTokens(response: ServerResponse, refreshToken: string | undefined): ServerResponse {
    const accessToken = options.accessToken ?? token('access')
    accessTokens.add(accessToken)
    return sendJson(response, 200, {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: expiresIn,
      refresh_token: refreshToken,
      ...extra,
    })
  }

  return {
    provider: {
      authorizationEndpoint: `${origin}/authorize`,
      tokenEndpoint: `${origin}/token`,
      deviceEndpoint: `${origin}/device`,
      scopes: ['mail', 'offline'],
    },
    client: { id: 'client', secret },
    asked,
    grant,
    withdraw: () => refreshTokens.clear(),
    issued: (accessToken) => accessTokens.has(accessToken),
    misbehaviour,
    devicePatience,
  }
}

/** An answer in JSON. */
export function sendJson(response: ServerResponse, status: number, body: object): ServerResponse {
  return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function fail(response: ServerResponse, status: number, error: string, description?: string): ServerResponse {
  return sendJson(response, status, { error, error_description: description })
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk)
  return new URLSearchParams(Buffer.concat(chunks).toString())
}
