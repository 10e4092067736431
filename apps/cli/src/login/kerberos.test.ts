import { describe, expect, it } from 'vitest'
import { type Kerberos, loadKerberos } from './kerberos.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')

/** A library whose context is complete after two steps. */
const library: Kerberos = {
  async initializeClient(service) {
    let steps = 0
    return {
      get contextComplete() {
        return steps === 2
      },
      step: async (challenge) => {
        steps++
        return base64(`${service} took '${Buffer.from(challenge, 'base64')}'`)
      },
      unwrap: async (message) => base64(`unwrapped ${Buffer.from(message, 'base64')}`),
      wrap: async (message) => base64(`wrapped ${Buffer.from(message, 'base64')}`),
    }
  },
}

describe('loadKerberos', () => {
  it('is none where the package is not installed', async () => {
    expect(await loadKerberos(() => Promise.reject(new Error('Cannot find package')))).toBeUndefined()
  })

  it('opens a context that speaks in octets', async () => {
    const open = await loadKerberos(async () => ({ default: library }))
    const context = await open?.('imap@host')
    const text = async (octets: Uint8Array | undefined | Promise<Uint8Array | undefined>) =>
      `${Buffer.from((await octets) ?? [])}`
    expect(await text(context?.step(undefined))).toBe("imap@host took ''")
    expect(context?.isComplete).toBe(false)
    expect(await text(context?.step(Buffer.from('x')))).toBe("imap@host took 'x'")
    expect(context?.isComplete).toBe(true)
    expect(await text(context?.unwrap(Buffer.from('m')))).toBe('unwrapped m')
    expect(await text(context?.wrap(Buffer.from('m')))).toBe('wrapped m')
  })
})
