import { createSecret, MailtideError, type SecretStore } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { createPreferredTokenStore } from './preferred-token-store.ts'
import { createTokenStore } from './token-store.ts'
import { formatTokens } from './tokens.ts'

const { signal } = new AbortController()
const tokensOf = (text: string) => ({ refreshToken: createSecret(text) })
const locked = new MailtideError('credentials/locked', 'The keyring is locked', { scope: 'account' })

/** A store in memory that can be locked, taken away, and told to take nothing. */
function memoryStore(longest?: number) {
  const texts = new Map<string, string>()
  const state = { isAway: false, isLocked: false, isDeaf: false, asked: 0 }
  const store: SecretStore = {
    ...(longest !== undefined && { longest }),
    async isUsable() {
      state.asked += 1
      if (state.isAway) return 'It is not there'
      return state.isLocked ? 'Its keyring is locked' : undefined
    },
    async read(name) {
      if (state.isAway) throw new MailtideError('credentials/no-session', 'It is not there', { scope: 'account' })
      const text = texts.get(name)
      if (text !== undefined && state.isLocked) throw locked
      return text === undefined ? undefined : createSecret(text)
    },
    async write(name, secret) {
      if (Buffer.byteLength(secret.reveal()) > (longest ?? 1e6)) throw new Error('the limit was not kept')
      texts.set(name, secret.reveal())
      if (state.isLocked || state.isDeaf) throw locked
    },
    async remove(name) {
      texts.delete(name)
    },
  }
  return { store, texts, state }
}

function threeStores() {
  const [keyring, pass, file] = [memoryStore(), memoryStore(), memoryStore()]
  const told: string[] = []
  const named = { keyring, pass, file }
  const open = () =>
    createPreferredTokenStore(
      Object.entries(named).map(([name, { store }]) => ({ name, store })),
      {
        onKept: (account, name) => told.push(`${account} in ${name}`),
        onPassedOver: (name, reason) => told.push(`not ${name}: ${reason}`),
      },
    )
  return { ...named, told, open }
}

describe('createPreferredTokenStore', () => {
  it('saves in the first store that can be used, and says in which and why', async () => {
    const { keyring, pass, told, open } = threeStores()
    keyring.state.isAway = true
    const store = open()
    expect(await store.placeOf('home', signal)).toBeUndefined()
    told.length = 0
    await store.save('home', tokensOf('hunter2'), signal)
    expect(told).toEqual(['not keyring: It is not there', 'home in pass'])
    expect(pass.texts.get('home')).toBe(formatTokens(tokensOf('hunter2')))
    expect(await open().placeOf('home', signal)).toBe('pass')
  })

  it('finds what was saved when another store was there, and saves there again', async () => {
    const { keyring, file, told, open } = threeStores()
    file.texts.set('home', formatTokens(tokensOf('old')))
    const store = open()
    expect((await store.load('home', signal))?.refreshToken?.reveal()).toBe('old')
    await store.save('home', tokensOf('new'), signal)
    await open().save('home', tokensOf('newer'), signal)
    expect(told).toEqual(['home in file', 'home in file'])
    expect((await open().load('home', signal))?.refreshToken?.reveal()).toBe('newer')
    expect(keyring.texts.size).toBe(0)
  })

  it('asks only the store that it knows to have them, once it does', async () => {
    const { keyring, file, open } = threeStores()
    file.texts.set('home', formatTokens(tokensOf('old')))
    const store = open()
    await store.load('home', signal)
    keyring.state.asked = 0
    await store.load('home', signal)
    await store.save('home', tokensOf('new'), signal)
    expect(keyring.state.asked).toBe(0)
    file.texts.clear()
    keyring.texts.set('home', formatTokens(tokensOf('moved')))
    expect((await store.load('home', signal))?.refreshToken?.reveal()).toBe('moved')
  })

  it('says that the store is locked which has the tokens, rather than that there are none', async () => {
    const { keyring, open, told } = threeStores()
    keyring.texts.set('home', formatTokens(tokensOf('old')))
    keyring.state.isLocked = true
    await expect(open().load('home', signal)).rejects.toBe(locked)
    expect(await open().load('work', signal)).toBeUndefined()
    expect(told[0]).toBe('not keyring: Its keyring is locked')
  })

  it('takes a usable store that has the tokens before a locked one', async () => {
    const { keyring, file, open } = threeStores()
    keyring.texts.set('home', formatTokens(tokensOf('locked away')))
    keyring.state.isLocked = true
    file.texts.set('home', formatTokens(tokensOf('at hand')))
    expect((await open().load('home', signal))?.refreshToken?.reveal()).toBe('at hand')
  })

  it('does not lose the tokens of a login if a store takes them not', async () => {
    const { keyring, pass, file, told, open } = threeStores()
    keyring.state.isDeaf = true
    pass.state.isAway = true
    await open().save('home', tokensOf('hunter2'), signal)
    expect(told).toEqual(['not pass: It is not there', 'not keyring: The keyring is locked', 'home in file'])
    expect([keyring.texts.size, file.texts.size]).toEqual([0, 1])
    file.state.isDeaf = true
    await expect(open().save('work', tokensOf('hunter2'), signal)).rejects.toBe(locked)
    keyring.state.isAway = true
    file.state.isAway = true
    const error = await open()
      .save('work', tokensOf('hunter2'), signal)
      .catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'credentials/no-store' })
    expect(String(error)).not.toContain('hunter2')
  })

  it('rejects if the store that has the tokens does not take new ones', async () => {
    const { keyring, file, open } = threeStores()
    keyring.texts.set('home', formatTokens(tokensOf('old')))
    keyring.state.isDeaf = true
    await expect(open().save('home', tokensOf('new'), signal)).rejects.toBe(locked)
    expect(file.texts.size).toBe(0)
  })

  it('puts new tokens in the place of damaged ones', async () => {
    const { pass, told, open } = threeStores()
    pass.texts.set('home', '{"refresh')
    const error = await open()
      .load('home', signal)
      .catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'credentials/damaged', hint: 'Run: mailtide login home' })
    await open().save('home', tokensOf('new'), signal)
    expect(told).toEqual(['home in pass'])
  })

  it('forgets tokens wherever they are', async () => {
    const { keyring, file, open } = threeStores()
    const store = open()
    await store.save('home', tokensOf('a'), signal)
    file.texts.set('home', formatTokens(tokensOf('b')))
    await store.remove('home', signal)
    expect([keyring.texts.size, file.texts.size]).toEqual([0, 0])
    expect(await store.load('home', signal)).toBeUndefined()
  })

  it('stops when the signal is given', async () => {
    const { open } = threeStores()
    await expect(open().load('home', AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop')
  })
})

describe('createTokenStore', () => {
  it.each([100, 1400, undefined])('keeps tokens of any length where texts are limited to %o', async (longest) => {
    const { store, texts } = memoryStore(longest)
    const tokens = createTokenStore(store)
    const long = { refreshToken: createSecret('r'.repeat(600)), accessToken: createSecret('ü鍵'.repeat(300)) }
    for (const some of [tokensOf('short'), long, { ...long, origin: 'other' }, tokensOf('short')]) {
      await tokens.save('home', some, signal)
      expect(formatTokens((await tokens.load('home', signal)) ?? {})).toBe(formatTokens(some))
    }
    expect(texts.size).toBe(1)
    await tokens.save('home', long, signal)
    await tokens.remove('home', signal)
    expect(texts.size).toBe(0)
  })

  it('leaves what was there when a replacement in parts is cut off', async () => {
    const { store, texts } = memoryStore(100)
    const tokens = createTokenStore(store)
    const before = { refreshToken: createSecret('b'.repeat(250)) }
    await tokens.save('home', before, signal)
    const writes = texts.size
    for (let survived = 0; survived < writes; survived += 1) {
      let left = survived
      const failing: SecretStore = {
        ...store,
        write: async (...all) => {
          if (left-- === 0) throw locked
          await store.write(...all)
        },
      }
      const after = { refreshToken: createSecret(`${survived}`.repeat(250)) }
      await expect(createTokenStore(failing).save('home', after, signal)).rejects.toBe(locked)
      expect(formatTokens((await tokens.load('home', signal)) ?? {})).toBe(formatTokens(before))
    }
  })

  it('takes tokens for damaged if a part is missing', async () => {
    const { store, texts } = memoryStore(100)
    const tokens = createTokenStore(store, 'the keyring')
    await tokens.save('home', { refreshToken: createSecret('b'.repeat(250)) }, signal)
    texts.delete([...texts.keys()].find((name) => name.endsWith(' 2')) ?? '')
    await expect(tokens.load('home', signal)).rejects.toMatchObject({
      code: 'credentials/damaged',
      message: 'the tokens of home in the keyring cannot be read',
    })
  })
})
