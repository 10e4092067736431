import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createProxiedFetch } from './proxied-fetch.ts'
import type { ProxyType } from './proxy.ts'
import { startProxy } from './testing/start-proxy.ts'

interface Heard {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** A web server on loopback that remembers what it heard. */
async function startWeb(
  answer: (response: ServerResponse) => void,
  tls?: { readonly cert: string; readonly key: string },
) {
  const heard: Heard[] = []
  const meet = async (request: IncomingMessage, response: ServerResponse) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    heard.push({ method: request.method, url: request.url, headers: request.headers, body })
    answer(response)
  }
  const server = tls ? createHttpsServer(tls, meet) : createHttpServer(meet)
  const names: unknown[] = []
  server.on('secureConnection', (socket) => names.push(socket.servername))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  return { heard, names, port: typeof address === 'object' && address ? address.port : 0 }
}

const types: readonly ProxyType[] = ['SOCKS5', 'SOCKS4', 'HTTP']

describe.each(types)('fetch through a %s proxy', (type) => {
  it('posts a form and brings the answer', async () => {
    const web = await startWeb((response) => {
      response.writeHead(400, { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] })
      response.end('{"error":"invalid_grant"}')
    })
    const { proxy, targets } = await startProxy(type, { leadsTo: web.port })
    const fetch = createProxiedFetch(proxy)
    const response = await fetch('http://login.example:81/token?x=1', {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'ä&b' }),
      redirect: 'manual',
    })
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(await response.json()).toEqual({ error: 'invalid_grant' })
    expect(targets).toEqual(['login.example:81'])
    expect(web.heard).toMatchObject([
      { method: 'POST', url: '/token?x=1', body: 'grant_type=refresh_token&refresh_token=%C3%A4%26b' },
    ])
    expect(web.heard[0]?.headers).toMatchObject({
      host: 'login.example:81',
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
    })
  })
})

describe('fetch through a proxy', () => {
  it('follows no redirect', async () => {
    const web = await startWeb((response) => response.writeHead(302, { location: 'http://elsewhere.example/' }).end())
    const { proxy, targets } = await startProxy('HTTP', { leadsTo: web.port })
    const response = await createProxiedFetch(proxy)(new URL('http://login.example/'))
    expect([response.status, response.headers.get('location')]).toEqual([302, 'http://elsewhere.example/'])
    expect(await response.text()).toBe('')
    expect(targets).toEqual(['login.example:80'])
    expect(web.heard).toMatchObject([{ method: 'GET', url: '/', body: '' }])
  })

  it('checks certificates, and says by name whom it wants', async (context) => {
    const certificate = makeCertificate()
    if (typeof certificate === 'string') return context.skip(certificate)
    const web = await startWeb((response) => response.end('ok'), certificate)
    const { proxy, targets } = await startProxy('SOCKS5', { leadsTo: web.port })
    const trusting = createProxiedFetch(proxy, { certificateAuthorities: certificate.cert })
    expect(await (await trusting('https://login.example/')).text()).toBe('ok')
    expect(targets).toEqual(['login.example:443'])
    expect(web.names).toEqual(['login.example'])
    await expect(trusting('https://other.example/')).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
    await expect(createProxiedFetch(proxy)('https://login.example/')).rejects.toMatchObject({
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    })
    expect(web.heard).toHaveLength(1)
  })

  it('ends when it is told to, at each stage', async () => {
    const reason = new Error('enough')
    for (const stage of ['proxy', 'answer', 'body']) {
      const stop = new AbortController()
      const web = await startWeb((response) => {
        if (stage === 'body') response.write('{')
        setTimeout(() => stop.abort(reason), 10)
      })
      const { proxy } = await startProxy('HTTP', { leadsTo: web.port })
      if (stage === 'proxy') stop.abort(reason)
      await expect(createProxiedFetch(proxy)('http://login.example/', { signal: stop.signal })).rejects.toBe(reason)
    }
  })

  it('has limits of time and of size', async () => {
    const silent = await startWeb(() => {})
    const { proxy } = await startProxy('HTTP', { leadsTo: silent.port })
    await expect(createProxiedFetch(proxy, { timeout: 500 })('http://login.example/')).rejects.toThrow(
      'silent for 0.5 s',
    )
    const endless = await startWeb((response) => response.end('x'.repeat(1024 * 1024 + 1)))
    const other = await startProxy('HTTP', { leadsTo: endless.port })
    await expect(createProxiedFetch(other.proxy)('http://login.example/')).rejects.toMatchObject({
      code: 'proxy/answer-too-long',
    })
  })

  it('says it in the words of proxies where the proxy is at fault', async () => {
    const { proxy } = await startProxy('HTTP', { refusal: '403 Forbidden' })
    await expect(createProxiedFetch(proxy)('http://login.example/')).rejects.toMatchObject({ code: 'proxy/refused' })
  })
})

/** A certificate for login.example, or why there is none. */
function makeCertificate(): { readonly cert: string; readonly key: string } | string {
  const directory = mkdtempSync(join(tmpdir(), 'mailtide-proxy-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const file = (name: string) => join(directory, name)
  const subject = ['-subj', '/CN=login.example', '-addext', 'subjectAltName=DNS:login.example']
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', file('key.pem')]
  try {
    execFileSync('openssl', ['req', '-x509', '-days', '2', ...key, ...subject, '-out', file('cert.pem')], {
      stdio: 'ignore',
    })
  } catch (thrown) {
    return `openssl makes no certificate here: ${thrown instanceof Error ? thrown.message : String(thrown)}`
  }
  return { cert: readFileSync(file('cert.pem'), 'utf8'), key: readFileSync(file('key.pem'), 'utf8') }
}
