import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSecret } from '@mailtide/contracts'
import { temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { createFileTokenStore } from './file-token-store.ts'
import { formatTokens } from './tokens.ts'

const { signal } = new AbortController()
const tokens = { refreshToken: createSecret('hunter2'), accessToken: createSecret('short'), expiresAt: new Date(5000) }

function open() {
  const root = temporaryDirectory()
  const pathOf = (account: string) => join(root, 'metadata', account, 'oauth2.json')
  return { root, pathOf, store: createFileTokenStore(pathOf) }
}

describe('createFileTokenStore', () => {
  it('gives back what it was given, each account its own', async () => {
    const { store } = open()
    expect(await store.load('home', signal)).toBeUndefined()
    await store.save('home', tokens, signal)
    await store.save('work', { refreshToken: createSecret('other') }, signal)
    const loaded = await store.load('home', signal)
    expect(formatTokens(loaded ?? {})).toBe(formatTokens(tokens))
    expect((await store.load('work', signal))?.refreshToken?.reveal()).toBe('other')
  })

  it('removes them', async () => {
    const { store, pathOf } = open()
    await store.remove('home', signal)
    await store.save('home', tokens, signal)
    await store.remove('home', signal)
    expect(await store.load('home', signal)).toBeUndefined()
    expect(existsSync(pathOf('home'))).toBe(false)
  })

  it('keeps others out', async () => {
    const { store, root, pathOf } = open()
    mkdirSync(join(root, 'metadata', 'home'), { recursive: true })
    writeFileSync(pathOf('home'), '{}', { mode: 0o644 })
    await store.save('home', tokens, signal)
    expect(statSync(pathOf('home')).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(root, 'metadata', 'home'))).toEqual(['oauth2.json'])
    chmodSync(pathOf('home'), 0o640)
    await expect(store.load('home', signal)).rejects.toMatchObject({
      code: 'credentials/exposed',
      hint: `Run: chmod 600 ${pathOf('home')}`,
    })
  })

  it('says what is damaged, and shows nothing of it', async () => {
    const { store, pathOf } = open()
    await store.save('home', tokens, signal)
    for (const damage of [readFileSync(pathOf('home'), 'utf8').slice(0, 30), 'null', '[]', '']) {
      writeFileSync(pathOf('home'), damage)
      const error = await store.load('home', signal).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'credentials/damaged', hint: 'Run: mailtide login home' })
      expect(String(error)).not.toContain('hunter2')
    }
  })

  it('says why it cannot read or write', async () => {
    const { store, pathOf } = open()
    mkdirSync(pathOf('home'), { recursive: true, mode: 0o700 })
    const failure = { code: 'credentials/token-file', scope: 'account' }
    await expect(store.load('home', signal)).rejects.toMatchObject(failure)
    await expect(store.save('home', tokens, signal)).rejects.toMatchObject(failure)
  })

  it('stops when the signal is given', async () => {
    const { store } = open()
    const stopped = AbortSignal.abort(new Error('stop'))
    await expect(store.save('home', tokens, stopped)).rejects.toThrow('stop')
    expect(await store.load('home', signal)).toBeUndefined()
  })
})
