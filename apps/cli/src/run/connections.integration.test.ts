import { writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import type { TestServer } from '@mailtide/test-server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bareRc, createHome, mailIn, message, startServer } from '../testing/mailtide-home.ts'

const done = { code: 0, out: '', err: '' }

/** A home whose account `home` reaches a server by these lines. */
function homeWith(server: TestServer, remote: string, account = '') {
  server.account().folder('INBOX').append(message(1))
  const home = createHome()
  home.write(bareRc(remote, { account }))
  return home
}

const plain = 'remoteuser = demo\nremotepass = demo\nssl = no\nstarttls = no'

describe('a proxy', () => {
  /** An HTTP proxy that notes where it was asked to go. */
  async function startProxy(): Promise<{ port: number; asked: string[] }> {
    const asked: string[] = []
    const proxy = createServer((client: Socket) => {
      client.once('data', (request) => {
        const [, target = ''] = /^CONNECT (\S+) HTTP/.exec(request.toString()) ?? []
        asked.push(target)
        const server = connect(Number(target.split(':').at(-1)), '127.0.0.1', () => {
          client.write('HTTP/1.1 200 Connection established\r\n\r\n')
          client.pipe(server).pipe(client)
        })
        for (const end of [client, server]) end.on('error', () => client.destroy())
      })
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void proxy.close())
    const address = proxy.address()
    return { port: typeof address === 'object' ? (address?.port ?? 0) : 0, asked }
  }

  it('stands between every connection and the server, which it is to look up itself', async () => {
    const server = await startServer()
    const { port, asked } = await startProxy()
    const remote = `remotehost = mail.example.invalid\nremoteport = ${server.port}\n${plain}`
    const home = homeWith(server, remote, `proxy = HTTP:127.0.0.1:${port}`)
    expect(await home.run('-u', 'quiet')).toMatchObject({ code: 0, out: '' })
    expect(mailIn(home)).toHaveLength(1)
    expect(new Set(asked)).toEqual(new Set([`mail.example.invalid:${server.port}`]))
  })

  it('that is not there is never gone around', async () => {
    const server = await startServer()
    const remote = `remotehost = 127.0.0.1\nremoteport = ${server.port}\n${plain}`
    const home = homeWith(server, remote, 'proxy = SOCKS5:127.0.0.1:1')
    const { code, err } = await home.run('-u', 'quiet')
    expect(code).toBe(1)
    expect(err).toMatch(/proxy/i)
    expect(server.commands).toEqual([])
  })
})

describe('a tunnel', () => {
  const script = (port: number) =>
    `'${process.execPath}' -e "const s=require('net').connect(${port},'127.0.0.1');process.stdin.pipe(s).pipe(process.stdout)"`

  it('leads to the server', async () => {
    const server = await startServer()
    const home = homeWith(server, `transporttunnel = ${script(server.port)}\n${plain}`)
    expect(await home.run('-u', 'quiet')).toEqual(done)
    expect(mailIn(home)).toHaveLength(1)
  })

  it('that ends at once says what it said', async () => {
    const server = await startServer()
    const home = homeWith(server, 'preauthtunnel = echo no such host >&2; exit 3')
    const { code, err } = await home.run('-u', 'quiet')
    expect(code).toBe(1)
    expect(err).toMatch(/no such host/)
  })
})

describe('a certificate', () => {
  it('of another server is refused with the line to write, and taken with that line', async () => {
    const server = await startServer({ tls: 'implicit' })
    const remote = `remotehost = localhost\nremoteport = ${server.port}\nremoteuser = demo\nremotepass = demo`
    const home = homeWith(server, `${remote}\ncert_fingerprint = ${'00'.repeat(20)}`)
    const { code, err } = await home.run('-u', 'quiet')
    expect(code).toBe(1)
    const [, line = ''] = /(cert_fingerprint = [0-9a-f:]+)/i.exec(err) ?? []
    expect(line).not.toBe('')
    const second = homeWith(server, `${remote}\n${line}`)
    expect(await second.run('-u', 'quiet')).toEqual(done)
  })

  it('of the client opens the door (EXTERNAL)', async () => {
    const server = await startServer({ tls: 'implicit' })
    const { certificate, key } = server.clientCertificate
    const home = homeWith(
      server,
      `remotehost = localhost\nremoteport = ${server.port}\nauth_mechanisms = EXTERNAL\nsslcacertfile = ~/ca.pem\nsslclientcert = ~/client.pem\nsslclientkey = ~/client.key`,
    )
    writeFileSync(home.path('ca.pem'), server.certificateAuthority)
    writeFileSync(home.path('client.pem'), certificate)
    writeFileSync(home.path('client.key'), key)
    expect(await home.run('-u', 'quiet')).toEqual(done)
    expect(mailIn(home)).toHaveLength(1)
  })

  it.each([
    ['tls1_2', 0],
    ['tls1_1', 1],
  ])('is shown in ssl_version = %s, if the server speaks it', async (version, expected) => {
    const server = await startServer({ tls: 'implicit' })
    const remote = `remotehost = localhost\nremoteport = ${server.port}\nremoteuser = demo\nremotepass = demo\nsslcacertfile = ~/ca.pem`
    const home = homeWith(server, `${remote}\nssl_version = ${version}`)
    writeFileSync(home.path('ca.pem'), server.certificateAuthority)
    const { code, err } = await home.run('-u', 'quiet')
    expect(code).toBe(expected)
    if (expected === 1) expect(err).toMatch(/TLS/)
  })
})
