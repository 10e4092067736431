import type { ProxyType } from '@mailtide/proxy-connect'
import { startTestServer } from '@mailtide/test-server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createImapRepository } from './index.ts'
import type { ImapOptions } from './options.ts'
import { startProxy } from './testing/start-proxy.ts'

const signal = new AbortController().signal
const types: readonly ProxyType[] = ['SOCKS4', 'SOCKS5', 'HTTP']

async function foldersOf(options: Partial<ImapOptions>): Promise<string[]> {
  const repository = createImapRepository({
    host: 'localhost',
    port: 993,
    user: 'demo',
    password: () => 'demo',
    encryption: 'none',
    ...options,
  })
  onTestFinished(() => repository.close())
  return (await repository.survey(new Map(), signal)).map(({ path }) => path)
}

describe.each(types)('through a %s proxy', (type) => {
  it.each([
    { encryption: 'tls', tls: 'implicit' },
    { encryption: 'starttls', tls: 'starttls' },
    { encryption: 'none', tls: 'none' },
  ] as const)('a server is reached with encryption $encryption', async ({ encryption, tls }) => {
    await using server = await startTestServer({ tls })
    const { proxy, targets } = await startProxy(type, server.port)
    const { certificateAuthority: certificateAuthorities } = server
    expect(await foldersOf({ proxy, encryption, certificateAuthorities })).toEqual(['INBOX'])
    expect(targets).toEqual(['localhost:993'])
  })

  it('the name is resolved by the proxy, and a family changes nothing', async () => {
    await using server = await startTestServer()
    const { proxy, targets } = await startProxy(type, server.port)
    expect(await foldersOf({ proxy, host: 'mail.invalid', family: 6 })).toEqual(['INBOX'])
    expect(targets).toEqual(['mail.invalid:993'])
  })

  it('certificates are checked as always', async () => {
    await using server = await startTestServer({ tls: 'implicit' })
    const { proxy } = await startProxy(type, server.port)
    const { certificateAuthority: certificateAuthorities } = server
    const wrong = foldersOf({ proxy, host: 'mail.invalid', encryption: 'tls', certificateAuthorities })
    await expect(wrong).rejects.toMatchObject({
      code: 'imap/tls',
      message: expect.stringContaining('another host name'),
    })
    expect(server.commands).toEqual([])
  })

  it('nobody goes past it when it fails', async () => {
    await using server = await startTestServer()
    const { proxy } = await startProxy(type, server.port)
    const gone = { ...proxy, port: 1 }
    await expect(foldersOf({ proxy: gone, port: server.port, family: 4 })).rejects.toMatchObject({
      code: 'proxy/unreachable',
      retryable: true,
    })
    expect(server.commands).toEqual([])
  })

  it('each connection goes', async () => {
    await using server = await startTestServer()
    const { proxy, targets } = await startProxy(type, server.port)
    const options = {
      host: 'mail.invalid',
      port: 993,
      user: 'demo',
      password: () => 'demo',
      encryption: 'none',
    } as const
    const repository = createImapRepository({ ...options, proxy, connections: 2 })
    await Promise.all([repository.survey(new Map(), signal), repository.survey(new Map(), signal)])
    expect(targets).toHaveLength(2)
    await repository.close()
  })
})
