import type { ServerResponse } from 'node:http'
import { inspect } from 'node:util'
import { type CredentialRequest, createSecret, MailtideError } from '@mailtide/contracts'
import {
  describeCredentialProvider,
  type FakeAuthorizationServer,
  fakeAuthorizationServer,
  sendJson,
} from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { createOAuth2Provider, type OAuth2CredentialOptions } from './create-oauth2-provider.ts'
import type { TokenStore } from './token-store.ts'
import { formatTokens, parseTokens, type Tokens } from './tokens.ts'

const { signal } = new AbortController()
const request: CredentialRequest = { account: 'home', host: 'h', port: 993, user: 'ann', refused: false }
const refused = { ...request, refused: true }

function memoryStore(tokens?: Tokens) {
  const texts = new Map(tokens ? [['home', formatTokens(tokens)]] : [])
  const store: TokenStore = {
    load: async (account) => parseTokens(texts.get(account) ?? ''),
    save: async (account, each) => void texts.set(account, formatTokens(each)),
    remove: async (account) => void texts.delete(account),
  }
  return {
    store,
    held: () => parseTokens(texts.get('home') ?? ''),
    put: (each: Tokens) => texts.set('home', formatTokens(each)),
  }
}

function settingsOf({ provider, client }: FakeAuthorizationServer): OAuth2CredentialOptions {
  return {
    tokenEndpoint: () => provider.tokenEndpoint,
    clientId: () => client.id,
    clientSecret: () => client.secret,
  }
}

async function failure(work: Promise<unknown>): Promise<MailtideError> {
  const error = await work.then(
    () => expect.unreachable('it should have failed'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof MailtideError)) throw error
  return error
}

describeCredentialProvider('oauth2, with a configured access token', {
  async create(holding) {
    let token = holding[0]?.secret
    const hold = async ([login]: typeof holding) => {
      token = login?.secret
    }
    return { provider: createOAuth2Provider({ accessToken: () => token }), hold }
  },
  keepsLoginsApart: false,
  namesUser: false,
  keeps: false,
  failing: {
    'the refresh token is worthless': async (secret) => {
      const server = await fakeAuthorizationServer()
      return createOAuth2Provider({ ...settingsOf(server), refreshToken: () => secret })
    },
    'the client is unknown': async (secret) => {
      const server = await fakeAuthorizationServer()
      const settings = { ...settingsOf(server), clientSecret: () => secret }
      return createOAuth2Provider({ ...settings, refreshToken: () => server.grant() })
    },
    'the address is not encrypted': async (secret) =>
      createOAuth2Provider({ tokenEndpoint: () => 'http://example.org/token', refreshToken: () => secret }),
    'it is no address': async (secret) =>
      createOAuth2Provider({ tokenEndpoint: () => 'token', clientId: () => 'c', refreshToken: () => secret }),
    'the server repeats what it was sent': async (secret) => {
      const server = await fakeAuthorizationServer()
      const answer = { error: 'invalid_request', error_description: `odd: ${secret}`, access_token: secret }
      server.misbehaviour.push((response) => sendJson(response, 400, answer))
      return createOAuth2Provider({ ...settingsOf(server), refreshToken: () => secret })
    },
    'the server answers with half of what is right': async (secret) => {
      const server = await fakeAuthorizationServer()
      server.misbehaviour.push((response) => sendJson(response, 200, { access_token: 7, refresh_token: secret }))
      return createOAuth2Provider({ ...settingsOf(server), refreshToken: () => secret })
    },
  },
})

describe('createOAuth2Provider', () => {
  it('refreshes, and uses what it got until shortly before it expires', async () => {
    const server = await fakeAuthorizationServer({ expiresIn: 3600 })
    let time = Date.UTC(2026, 0, 1)
    const token = server.grant()
    const provider = createOAuth2Provider({ ...settingsOf(server), refreshToken: () => token, now: () => time })
    const first = await provider.find(request, signal)
    expect(server.issued(first?.secret.reveal() ?? '')).toBe(true)
    expect(first).toMatchObject({ kind: 'access-token', expiresAt: new Date(time + (3600 - 120) * 1000) })
    time += 3479_000
    expect((await provider.find(request, signal))?.secret.reveal()).toBe(first?.secret.reveal())
    time += 1_000
    expect((await provider.find(request, signal))?.secret.reveal()).not.toBe(first?.secret.reveal())
    expect(server.asked).toHaveLength(2)
    expect(Object.fromEntries(server.asked[0] ?? [])).toEqual({
      grant_type: 'refresh_token',
      refresh_token: token,
      client_id: 'client',
      client_secret: server.client.secret,
    })
  })

  it('refreshes at once when the server of mail refused the token', async () => {
    const server = await fakeAuthorizationServer()
    const provider = createOAuth2Provider({ ...settingsOf(server), refreshToken: () => server.grant() })
    const first = await provider.find(request, signal)
    const next = await provider.find(refused, signal)
    expect(next?.secret.reveal()).not.toBe(first?.secret.reveal())
  })

  it('uses half the life of tokens that live only briefly, and those without an end until they are refused', async () => {
    let time = 0
    const brief = await fakeAuthorizationServer({ expiresIn: 60 })
    const options = { refreshToken: () => brief.grant(), now: () => time }
    const provider = createOAuth2Provider({ ...settingsOf(brief), ...options })
    expect((await provider.find(request, signal))?.expiresAt).toEqual(new Date(30_000))
    const endless = await fakeAuthorizationServer({ extra: { expires_in: undefined } })
    const other = createOAuth2Provider({ ...settingsOf(endless), ...options, refreshToken: () => endless.grant() })
    const first = await other.find(request, signal)
    time += 1e12
    expect(await other.find(request, signal)).toEqual(first)
    expect(first).not.toHaveProperty('expiresAt')
  })

  it('sends no empty client secret', async () => {
    const server = await fakeAuthorizationServer({ secret: '' })
    const provider = createOAuth2Provider({ ...settingsOf(server), refreshToken: () => server.grant() })
    await provider.find(request, signal)
    expect(server.asked[0]?.has('client_secret')).toBe(false)
  })

  it('looks its settings up again at each refresh, and drops their line ends', async () => {
    const server = await fakeAuthorizationServer()
    const looked: string[] = []
    const setting = (name: string, value: () => string) => async () => {
      looked.push(name)
      return `\n${value()}\r\n`
    }
    const provider = createOAuth2Provider({
      tokenEndpoint: setting('endpoint', () => server.provider.tokenEndpoint),
      clientId: setting('id', () => 'client'),
      clientSecret: setting('secret', () => server.client.secret),
      refreshToken: setting('token', () => server.grant()),
    })
    await provider.find(request, signal)
    await provider.find(refused, signal)
    expect(looked).toEqual(['endpoint', 'id', 'secret', 'token', 'endpoint', 'id', 'secret', 'token'])
  })

  it('answers a configured access token without asking anyone, and refreshes once that is refused', async () => {
    const server = await fakeAuthorizationServer()
    const options = { accessToken: () => 'configured\n', refreshToken: () => server.grant() }
    const provider = createOAuth2Provider({ ...settingsOf(server), ...options })
    expect((await provider.find(request, signal))?.secret.reveal()).toBe('configured')
    expect(server.asked).toEqual([])
    const next = await provider.find(refused, signal)
    expect(server.issued(next?.secret.reveal() ?? '')).toBe(true)
    expect((await provider.find(request, signal))?.secret.reveal()).toBe(next?.secret.reveal())
  })

  it('refreshes an account once, however many ask', async () => {
    const server = await fakeAuthorizationServer({ rotates: true })
    const { store } = memoryStore()
    const token = server.grant()
    const provider = createOAuth2Provider({ ...settingsOf(server), refreshToken: () => token, store })
    const impatience = new AbortController()
    const left = provider.find(request, impatience.signal)
    const others = Promise.all([provider.find(request, signal), provider.find(refused, signal)])
    impatience.abort(new Error('enough'))
    await expect(left).rejects.toThrow('enough')
    const [one, other] = await others
    expect(one?.secret.reveal()).toBe(other?.secret.reveal())
    expect(server.asked).toHaveLength(1)
  })

  it('keeps what it got in its store, and needs no refresh in the next run', async () => {
    const server = await fakeAuthorizationServer()
    const { store } = memoryStore()
    const options = { ...settingsOf(server), refreshToken: () => server.grant(), store }
    const first = await createOAuth2Provider(options).find(request, signal)
    const second = await createOAuth2Provider(options).find(request, signal)
    expect(second?.secret.reveal()).toBe(first?.secret.reveal())
    expect(server.asked).toHaveLength(1)
  })

  it('says which account has to log in again, and how', async () => {
    const server = await fakeAuthorizationServer()
    const token = server.grant()
    server.withdraw()
    const error = await failure(
      createOAuth2Provider({ ...settingsOf(server), refreshToken: () => token }).find(request, signal),
    )
    expect(error).toMatchObject({
      code: 'credentials/login-again',
      message: 'home has to log in again: invalid_grant (the token [secret] was revoked)',
      hint: 'Run: mailtide login home',
      retryable: false,
    })
  })
})

describe('a refresh token that is replaced', () => {
  it('is used from then on, also in the next run, until another one is configured', async () => {
    const server = await fakeAuthorizationServer({ rotates: true })
    const { store } = memoryStore()
    let configured = server.grant()
    const options = { ...settingsOf(server), refreshToken: () => configured, store }
    await createOAuth2Provider(options).find(refused, signal)
    await createOAuth2Provider(options).find(refused, signal)
    configured = server.grant()
    await createOAuth2Provider(options).find(refused, signal)
    const used = server.asked.map((form) => form.get('refresh_token'))
    expect(new Set(used).size).toBe(3)
    expect(used[2]).toBe(configured)
  })

  it('is not lost when the store fails once', async () => {
    const server = await fakeAuthorizationServer({ rotates: true })
    const { store, held } = memoryStore({ refreshToken: createSecret(server.grant()) })
    let fails = true
    const failing: TokenStore = {
      ...store,
      save: (...all) => (fails ? Promise.reject(new Error('disk full')) : store.save(...all)),
    }
    const provider = createOAuth2Provider({ ...settingsOf(server), store: failing })
    await expect(provider.find(request, signal)).rejects.toThrow('disk full')
    fails = false
    const credential = await provider.find(request, signal)
    expect(held()?.accessToken?.reveal()).toBe(credential?.secret.reveal())
    expect(server.asked).toHaveLength(1)
  })
})

describe('the refresh token of a login', () => {
  it('comes before a configured one, which is tried when it is worthless', async () => {
    const server = await fakeAuthorizationServer()
    const configured = server.grant()
    const stored = server.grant()
    const { store } = memoryStore({ refreshToken: createSecret(stored) })
    const options = { ...settingsOf(server), refreshToken: () => configured, store }
    await createOAuth2Provider(options).find(request, signal)
    const old = memoryStore({ refreshToken: createSecret('withdrawn') })
    await createOAuth2Provider({ ...options, store: old.store }).find(request, signal)
    expect(server.asked.map((form) => form.get('refresh_token'))).toEqual([stored, 'withdrawn', configured])
  })

  it('is found when someone logged in again meanwhile', async () => {
    const server = await fakeAuthorizationServer()
    const { store, put } = memoryStore({ refreshToken: createSecret(server.grant()) })
    const provider = createOAuth2Provider({ ...settingsOf(server), store })
    await provider.find(request, signal)
    server.withdraw()
    expect((await failure(provider.find(refused, signal))).code).toBe('credentials/login-again')
    put({ refreshToken: createSecret(server.grant()) })
    const credential = await provider.find(refused, signal)
    expect(server.issued(credential?.secret.reveal() ?? '')).toBe(true)
  })
})

describe('an authorization server that fails', () => {
  const html = '<!doctype html><title>Welcome to the hotel</title>'
  it.each<{
    why: string
    code: string
    retryable: boolean
    answer: (response: ServerResponse) => void
  }>([
    { why: 'garbage', code: 'protocol', retryable: false, answer: (response) => response.end(html) },
    { why: 'a page of a portal', code: 'protocol', retryable: false, answer: (r) => r.writeHead(404).end(html) },
    { why: 'a redirect', code: 'protocol', retryable: false, answer: (r) => r.writeHead(302, { location: '/' }).end() },
    { why: 'an empty answer', code: 'protocol', retryable: false, answer: (response) => response.end() },
    { why: 'trouble', code: 'unreachable', retryable: true, answer: (response) => response.writeHead(503).end(html) },
    { why: 'haste', code: 'unreachable', retryable: true, answer: (r) => sendJson(r, 429, { error: 'slow_down' }) },
    { why: 'a cut line', code: 'unreachable', retryable: true, answer: (response) => response.destroy() },
    { why: 'no end', code: 'unreachable', retryable: true, answer: (response) => response.end('x'.repeat(2 ** 21)) },
    {
      why: 'another error',
      code: 'token-refused',
      retryable: false,
      answer: (r) => sendJson(r, 400, { error: 'invalid_scope' }),
    },
  ])('with $why is told apart', async ({ code, retryable, answer }) => {
    const server = await fakeAuthorizationServer()
    server.misbehaviour.push(answer)
    const provider = createOAuth2Provider({ ...settingsOf(server), refreshToken: () => server.grant() })
    const error = await failure(provider.find(request, signal))
    expect(error).toMatchObject({ code: `credentials/${code}`, retryable, scope: 'account', hint: expect.any(String) })
    expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/refresh-token-|s3cret/)
    expect(await provider.find(request, signal)).toMatchObject({ kind: 'access-token' })
  })

  it('by keeping silent is not waited for', async () => {
    const server = await fakeAuthorizationServer()
    server.misbehaviour.push(() => undefined)
    const provider = createOAuth2Provider({ ...settingsOf(server), refreshToken: () => server.grant(), timeout: 50 })
    expect(await failure(provider.find(request, signal))).toMatchObject({
      code: 'credentials/timeout',
      retryable: true,
    })
  })

  it('to be there is told apart', async () => {
    const refusing = Object.assign(new TypeError('fetch failed'), {
      cause: Object.assign(new Error(), { code: 'ENOTFOUND' }),
    })
    const options = {
      tokenEndpoint: () => 'https://nowhere.invalid/token',
      clientId: () => 'c',
      refreshToken: () => 'r',
    }
    const provider = createOAuth2Provider({ ...options, fetch: () => Promise.reject(refusing) })
    expect(await failure(provider.find(request, signal))).toMatchObject({
      code: 'credentials/unreachable',
      message: 'nowhere.invalid gives no tokens just now: ENOTFOUND',
    })
  })

  it('at the type of its answers is borne', async () => {
    const server = await fakeAuthorizationServer()
    const tokens = JSON.stringify({ access_token: 'a', expires_in: '3600', id_token: 'not ours to judge' })
    server.misbehaviour.push((response) => response.writeHead(200, { 'content-type': 'text/html' }).end(tokens))
    const provider = createOAuth2Provider({ ...settingsOf(server), refreshToken: () => server.grant() })
    expect((await provider.find(request, signal))?.secret.reveal()).toBe('a')
  })
})
