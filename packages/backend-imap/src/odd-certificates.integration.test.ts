import type { MailtideError } from '@mailtide/contracts'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createImapRepository } from './index.ts'
import { authority, expired, key, withoutCommonName } from './testing/odd-certificates.ts'
import { startTls } from './testing/start-tls.ts'

async function knock(port: number, host = 'localhost'): Promise<number> {
  const certificateAuthorities = authority
  const options = {
    host,
    port,
    user: 'demo',
    password: () => 'demo',
    encryption: 'tls',
    certificateAuthorities,
  } as const
  const repository = createImapRepository(options)
  onTestFinished(() => repository.close())
  return (await repository.survey(new Map(), new AbortController().signal)).length
}

describe('a certificate', () => {
  it('without a common name is taken for the names that it has besides', async () => {
    const { port } = await startTls({ cert: withoutCommonName, key })
    expect(await knock(port)).toBe(1)
    await expect(knock(port, '127.0.0.1')).rejects.toMatchObject({ code: 'imap/tls' })
  })

  it('that expired is refused, whoever signed it', async () => {
    const { port, behind } = await startTls({ cert: expired, key })
    const error = await knock(port).catch((thrown: MailtideError) => thrown)
    expect(error).toMatchObject({ code: 'imap/tls', message: expect.stringContaining('expired') })
    expect(behind.loginAttempts).toEqual([])
  })
})
