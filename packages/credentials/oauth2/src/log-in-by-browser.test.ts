import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { MailtideError } from '@mailtide/contracts'
import { type FakeAuthorizationServer, fakeAuthorizationServer, sendJson } from '@mailtide/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createOAuth2Provider } from './create-oauth2-provider.ts'
import { type BrowserLoginOptions, logInByBrowser } from './log-in-by-browser.ts'

const { signal } = new AbortController()

/** A browser whose user allows everything. */
async function browse(address: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(address)
  return { status: answer.status, text: await answer.text() }
}

function login(
  { provider, client }: FakeAuthorizationServer,
  open: (address: string) => void,
  options: Partial<BrowserLoginOptions> = {},
) {
  return logInByBrowser({ account: 'home', provider, client, open, ...options }, signal)
}

function callbackOf(address: string): URL {
  return new URL(new URL(address).searchParams.get('redirect_uri') ?? '')
}

describe('logInByBrowser', () => {
  it('comes back with tokens that can be refreshed, and shows that it is over', async () => {
    const server = await fakeAuthorizationServer()
    let page: ReturnType<typeof browse> | undefined
    let address = ''
    const tokens = await login(
      server,
      (shown) => {
        address = shown
        page = browse(shown)
      },
      { user: 'ann@example.org' },
    )
    expect(server.issued(tokens.accessToken?.reveal() ?? '')).toBe(true)
    expect(await page).toMatchObject({ status: 200, text: expect.stringContaining('You can close this window') })
    expect(new URL(address).searchParams.get('login_hint')).toBe('ann@example.org')
    await expect(fetch(callbackOf(address))).rejects.toThrow()
    const settings = { tokenEndpoint: () => server.provider.tokenEndpoint, clientId: () => 'client' }
    const provider = createOAuth2Provider({
      ...settings,
      clientSecret: () => server.client.secret,
      refreshToken: () => tokens.refreshToken?.reveal(),
    })
    const request = { account: 'home', host: 'h', port: 993, user: 'ann', refused: false }
    expect(await provider.find(request, signal)).toMatchObject({ kind: 'access-token' })
  })

  it('guards state and code with what nobody can guess', async () => {
    const server = await fakeAuthorizationServer()
    const addresses: URLSearchParams[] = []
    const open = (address: string) => {
      addresses.push(new URL(address).searchParams)
      void browse(address)
    }
    await login(server, open)
    await login(server, open)
    for (const name of ['state', 'code_challenge']) {
      const texts = addresses.map((each) => each.get(name) ?? '')
      expect(new Set(texts).size).toBe(2)
      for (const text of texts) expect(text).toMatch(/^[\w-]{43}$/)
    }
    expect(server.asked[0]?.get('code_verifier')).not.toBe(server.asked[1]?.get('code_verifier'))
  })

  it('sends away who does not know the state, and waits on', async () => {
    const server = await fakeAuthorizationServer()
    const seen: number[] = []
    await login(server, async (address) => {
      const callback = callbackOf(address)
      seen.push((await browse(`${callback}favicon.ico`)).status)
      seen.push((await browse(`${callback}?code=evil&state=guessed`)).status)
      seen.push((await browse(`${callback}?error=access_denied`)).status)
      seen.push((await fetch(callback, { method: 'POST' })).status)
      void browse(address)
    })
    expect(seen).toEqual([404, 400, 400, 404])
  })

  it('says when the user does not allow it', async () => {
    const server = await fakeAuthorizationServer()
    let page: ReturnType<typeof browse> | undefined
    const denied = login(server, (address) => {
      const state = new URL(address).searchParams.get('state')
      page = browse(`${callbackOf(address)}?error=access_denied&error_description=No%0Away&state=${state}`)
    })
    await expect(denied).rejects.toMatchObject({
      code: 'credentials/login-denied',
      message: 'the login was not allowed: access_denied (No way)',
    })
    expect(await page).toMatchObject({ status: 400, text: expect.stringContaining('The terminal says why') })
  })

  it('takes no code that another asked for', async () => {
    const server = await fakeAuthorizationServer()
    const stolen = login(server, (address) => {
      const { searchParams } = new URL(address)
      const elsewhere = new URL(address)
      elsewhere.searchParams.set('code_challenge', 'x'.repeat(43))
      expect(searchParams.get('code_challenge')).not.toBe('x'.repeat(43))
      void browse(elsewhere.href)
    })
    await expect(stolen).rejects.toMatchObject({ code: 'credentials/login-again' })
  })

  it('compares what the server calls itself, where that is known (RFC 9207)', async () => {
    const server = await fakeAuthorizationServer()
    const { origin } = new URL(server.provider.tokenEndpoint)
    const open = (address: string) => void browse(address)
    const known = (issuer: string) => ({ provider: { ...server.provider, issuer } })
    await expect(login(server, open, known(origin))).resolves.toHaveProperty('refreshToken')
    await expect(login(server, open, known('https://other.example'))).rejects.toMatchObject({
      code: 'credentials/protocol',
    })
  })

  it('wants a refresh token', async () => {
    const server = await fakeAuthorizationServer({ extra: { refresh_token: undefined } })
    await expect(login(server, (address) => void browse(address))).rejects.toMatchObject({
      code: 'credentials/no-refresh-token',
    })
  })

  it('shows no secret of the exchange when it fails', async () => {
    const server = await fakeAuthorizationServer()
    server.misbehaviour.push((response) => {
      const [form] = server.asked
      const said = `${form?.get('code')} ${form?.get('code_verifier')} ${form?.get('client_secret')}`
      sendJson(response, 400, { error: 'invalid_request', error_description: said })
    })
    const error = await login(server, (address) => void browse(address)).catch((thrown: MailtideError) => thrown)
    expect(error).toMatchObject({
      code: 'credentials/token-refused',
      message: expect.stringContaining('([secret] [secret] [secret])'),
    })
  })

  it('does not wait for ever, and can be stopped', async () => {
    const server = await fakeAuthorizationServer()
    const nobody = () => undefined
    await expect(login(server, nobody, { patience: 20 })).rejects.toMatchObject({ code: 'credentials/login-expired' })
    const stopping = new AbortController()
    const open = () => stopping.abort(new Error('enough'))
    const { provider, client } = server
    await expect(logInByBrowser({ account: 'home', provider, client, open }, stopping.signal)).rejects.toThrow('enough')
  })

  it('comes back to the port it is told, if that is free', async () => {
    const server = await fakeAuthorizationServer()
    const taken = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void taken.close())
    await new Promise((resolve) => taken.once('listening', resolve))
    const { port } = taken.address() as AddressInfo
    await expect(login(server, () => undefined, { port })).rejects.toMatchObject({ code: 'credentials/port' })
    taken.close()
    let redirect = ''
    const provider = { ...server.provider, redirectHost: 'localhost' } as const
    const open = (address: string) => {
      redirect = callbackOf(address).href
      void browse(address)
    }
    await login(server, open, { port, provider })
    expect(redirect).toBe(`http://localhost:${port}/`)
  })

  it('does not begin where it cannot go on', async () => {
    const server = await fakeAuthorizationServer()
    const { tokenEndpoint, scopes } = server.provider
    const nobody = () => expect.unreachable('nothing should be shown')
    await expect(login(server, nobody, { provider: { tokenEndpoint, scopes } })).rejects.toMatchObject({
      code: 'credentials/flow-missing',
    })
    const insecure = { ...server.provider, authorizationEndpoint: 'http://example.org/authorize' }
    await expect(login(server, nobody, { provider: insecure })).rejects.toMatchObject({
      code: 'credentials/insecure-address',
    })
  })
})
