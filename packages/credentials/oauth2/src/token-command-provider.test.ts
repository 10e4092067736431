import type { CredentialRequest } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { createTokenCommandProvider } from './token-command-provider.ts'

const { signal } = new AbortController()
const request: CredentialRequest = { account: 'home', host: 'h', port: 993, user: 'ann', refused: false }

describe('createTokenCommandProvider', () => {
  it('takes what is printed, anew each time, and tells of a refusal', async () => {
    const asked: boolean[] = []
    const provider = createTokenCommandProvider(async ({ refused }) => {
      asked.push(refused)
      return `ya29.a0/b+c_d~e-${asked.length}==\n`
    })
    expect(await provider.find(request, signal)).toMatchObject({ kind: 'access-token' })
    const next = await provider.find({ ...request, refused: true }, signal)
    expect(next?.secret.reveal()).toBe('ya29.a0/b+c_d~e-2==')
    expect(asked).toEqual([false, true])
  })

  it.each(['', '\n', 'please log in', 'token\nand more', 'tökén'])('does not take %o for a token', async (printed) => {
    const error = await createTokenCommandProvider(async () => printed)
      .find(request, signal)
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'credentials/no-token', scope: 'account' })
    if (printed.trim() !== '') expect(String(error)).not.toContain(printed)
  })

  it('lets failures of the program pass, and is not asked once the signal is given', async () => {
    const provider = createTokenCommandProvider(() => Promise.reject(new Error('no such program')))
    await expect(provider.find(request, signal)).rejects.toThrow('no such program')
    await expect(provider.find(request, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop')
  })
})
