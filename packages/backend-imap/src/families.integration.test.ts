import dns from 'node:dns'
import { createServer, isIPv6 } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createImapRepository } from './index.ts'
import type { ImapOptions } from './options.ts'

const signal = new AbortController().signal

/** Greets with PREAUTH on this address alone; the port, or why that cannot be had. */
async function listenOn(address: string): Promise<number | string> {
  const server = createServer((socket) => {
    socket.write('* PREAUTH [CAPABILITY IMAP4rev1] hello\r\n')
    socket.on('error', () => socket.destroy())
    socket.on('data', (data) => {
      const [tag = '', verb] = data.toString().split(' ')
      socket.write(`${verb === 'LIST' ? '* LIST () "/" INBOX\r\n' : ''}${tag} OK\r\n`)
    })
  })
  const failure = await new Promise<Error | undefined>((resolve) => {
    server.once('error', resolve)
    server.listen(0, address, () => resolve(undefined))
  })
  if (failure) return `nobody can listen on ${address} here: ${failure.message}`
  onTestFinished(async () => {
    await new Promise((resolve) => server.close(resolve))
  })
  const bound = server.address()
  return typeof bound === 'object' && bound ? bound.port : 0
}

/** A name with an address of each family, in this order. */
function nameBoth(...addresses: readonly string[]): void {
  const found = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
  const lookup = vi.spyOn(dns, 'lookup') as unknown as ReturnType<typeof vi.fn>
  lookup.mockImplementation((...parameters: readonly unknown[]) => {
    const options = parameters[1] as { readonly all?: boolean; readonly family?: number }
    const answer = parameters[2] as (error: null, found: unknown, family?: number) => void
    const fitting = found.filter(({ family }) => !options.family || options.family === family)
    if (options.all) answer(null, fitting)
    else answer(null, fitting[0]?.address, fitting[0]?.family)
  })
  onTestFinished(() => void lookup.mockRestore())
}

async function knock(port: number, options: Partial<ImapOptions> = {}): Promise<number> {
  const repository = createImapRepository({ host: 'both.test', port, encryption: 'none', ...options })
  onTestFinished(() => repository.close())
  return (await repository.survey(new Map(), signal)).length
}

describe('a name with an address of each family', () => {
  it.for([
    { address: '127.0.0.1', family: 4, other: 6 },
    { address: '::1', family: 6, other: 4 },
  ] as const)(
    'is reached where only $address answers, unless the other family is wanted',
    async ({ address, family, other }, context) => {
      const port = await listenOn(address)
      if (typeof port === 'string') return context.skip(port)
      for (const order of [
        ['::1', '127.0.0.1'],
        ['127.0.0.1', '::1'],
      ]) {
        nameBoth(...order)
        expect(await knock(port)).toBe(1)
        expect(await knock(port, { family })).toBe(1)
        await expect(knock(port, { family: other })).rejects.toMatchObject({ code: 'imap/unreachable' })
      }
    },
  )
})
