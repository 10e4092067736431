import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { createSecret } from '@mailtide/contracts'
import { runProgram } from '@mailtide/run-program'
import {
  createGnupgHome,
  fakeProgram,
  type GnupgHome,
  programsAvailability,
  temporaryDirectory,
} from '@mailtide/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPassStore } from './create-pass-store.ts'

let open: GnupgHome | undefined
let missing: string | undefined

beforeAll(async () => {
  const availability = await programsAvailability({ pass: 'pass', gpg: 'gnupg', gpgconf: 'gnupg' })
  if (availability.ok) open = await createGnupgHome()
  else missing = availability.reason
})
afterAll(() => open?.close())

const { signal } = new AbortController()
const timeout = 60_000

/** The environment of a password store of its own, made by pass itself. */
async function initialised(home = open, recipient = home?.recipient ?? '') {
  if (!home) return expect.unreachable('there is no pass')
  const env = { ...home.env, PASSWORD_STORE_DIR: join(temporaryDirectory(), 'my store') }
  await runProgram({ command: 'pass', args: ['init', recipient], env, timeout })
  return env
}

describe('createPassStore', () => {
  const passIt = (name: string, test: () => Promise<void>) =>
    it(name, async (context) => {
      if (missing) return context.skip(missing)
      await test()
    })

  passIt('gives back exactly what it was given, each name its own, until it is removed', async () => {
    const env = await initialised()
    const store = createPassStore({ env })
    expect(await store.isUsable(signal)).toBeUndefined()
    expect(await store.read('home', signal)).toBeUndefined()
    const tokens = JSON.stringify({ refresh_token: 'r'.repeat(4000), access_token: 'a'.repeat(4000) })
    for (const text of [tokens, '\r\n a\n\n ü鍵\t\n']) {
      await store.write('home', createSecret(text), signal)
      expect((await store.read('home', signal))?.reveal()).toBe(text)
    }
    expect(existsSync(join(env.PASSWORD_STORE_DIR, 'mailtide/home.gpg'))).toBe(true)
    await store.remove('home', signal)
    await store.remove('home', signal)
    expect(await store.read('home', signal)).toBeUndefined()
  })

  passIt('keeps names apart that are no names of files, in any directory of the store', async () => {
    const env = await initialised()
    const store = createPassStore({ env, directory: 'Mail/tokens' })
    const names = ['../up', '-m', 'a/b', 'a%2Fb', '.gpg-id', "bob's mail"]
    for (const name of names) await store.write(name, createSecret(`of ${name}`), signal)
    for (const name of names) expect((await store.read(name, signal))?.reveal()).toBe(`of ${name}`)
    expect(existsSync(join(env.PASSWORD_STORE_DIR, 'Mail/tokens/a%2Fb.gpg'))).toBe(true)
  })

  passIt('tells of a locked key, and of one that is not here', async () => {
    const home = await createGnupgHome({ passphrase: 'open sesame' })
    try {
      const env = await initialised(home)
      const store = createPassStore({ env })
      expect(await store.isUsable(signal)).toBeUndefined()
      const locked = { code: 'credentials/locked', hint: expect.stringContaining('pass show mailtide/home') }
      await expect(store.write('home', createSecret('hunter2'), signal)).rejects.toMatchObject(locked)
      await expect(store.read('home', signal)).rejects.toMatchObject(locked)
      const elsewhere = createPassStore({ env: { ...env, ...open?.env } })
      await expect(elsewhere.read('home', signal)).rejects.toMatchObject({ code: 'credentials/no-key' })
      const strange = createPassStore({ env: await initialised(open, 'nobody@example.org') })
      await expect(strange.write('home', createSecret('hunter2'), signal)).rejects.toMatchObject({
        code: 'credentials/program-failed',
        message: expect.stringMatching(/^pass could not insert mailtide\/home .*nobody@example.org/),
      })
    } finally {
      await home.close()
    }
  })

  passIt('says at once why it cannot be used', async () => {
    const reasonWith = (options: Parameters<typeof createPassStore>[0]) => createPassStore(options).isUsable(signal)
    expect(await reasonWith({ command: '/nowhere/pass' })).toBe('pass is not installed, or not in PATH')
    const env = { PASSWORD_STORE_DIR: '/nowhere' }
    expect(await reasonWith({ env })).toBe('There is no password store in /nowhere')
    await expect(createPassStore({ env }).read('home', signal)).rejects.toMatchObject({
      code: 'credentials/store-missing',
    })
    expect(await reasonWith({ command: fakeProgram('pass', 'sleep 60'), timeout: 100 })).toMatch(/did not end within/)
  })

  it('writes a secret on no command line, and in no error', async () => {
    const log = join(temporaryDirectory(), 'log')
    const script = `{ tr '\\0' ' ' < /proc/$$/cmdline; cat /proc/$$/environ; } >> '${log}'; cat > /dev/null; echo hunter2`
    const store = createPassStore({ command: fakeProgram('pass', script) })
    const error = await store.write('home', createSecret('correct-horse'), signal).catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'credentials/not-kept' })
    expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/correct-horse|hunter2/)
    const shown = readFileSync(log, 'latin1')
    expect(shown).toContain('insert --multiline --force -- mailtide/home')
    expect(shown).not.toContain('correct-horse')
  })
})
