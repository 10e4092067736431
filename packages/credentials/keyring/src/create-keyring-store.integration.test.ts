import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { createSecret } from '@mailtide/contracts'
import {
  fakeProgram,
  type GnomeKeyring,
  gnomeKeyringPrograms,
  programsAvailability,
  startGnomeKeyring,
  temporaryDirectory,
} from '@mailtide/testing'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createKeyringProvider } from './create-keyring-provider.ts'
import { createKeyringStore, type KeyringStoreOptions } from './create-keyring-store.ts'

let missing: string | undefined

beforeAll(async () => {
  const availability = await programsAvailability({ ...gnomeKeyringPrograms, '/usr/bin/keyring': 'python3-keyring' })
  missing = availability.ok ? undefined : availability.reason
})

const { signal } = new AbortController()
const nowhere = { keyring: '/nowhere/keyring', python: '/nowhere/python3', secretTool: '/nowhere/secret-tool' }
const ways = {
  keyring: { ...nowhere, keyring: '/usr/bin/keyring' },
  'python3 -m keyring': { ...nowhere, python: '/usr/bin/python3' },
  'secret-tool': { ...nowhere, secretTool: 'secret-tool' },
}

async function session(): Promise<GnomeKeyring> {
  const started = await startGnomeKeyring()
  onTestFinished(() => started.close())
  return started
}

describe('createKeyringStore', () => {
  const keyringIt = (name: string, test: () => Promise<void>) =>
    it(name, async (context) => {
      if (missing) return context.skip(missing)
      await test()
    })
  const reasonWith = (options: KeyringStoreOptions) => createKeyringStore(options).isUsable(signal)

  keyringIt('gives back exactly what it was given, by whatever program, until it is removed', async () => {
    const { env } = await session()
    const tokens = JSON.stringify({ refresh_token: 'r'.repeat(4000), access_token: 'a'.repeat(1900) })
    const texts = { keyring: 'one\r\ntwo\n\n', 'python3 -m keyring': tokens, 'secret-tool': 'ü'.repeat(3000) }
    await createKeyringStore({ env, programs: ways['secret-tool'] }).write('work', createSecret('base64:eA=='), signal)
    for (const [way, programs] of Object.entries(ways)) {
      const store = createKeyringStore({ env, programs })
      const text = texts[way as keyof typeof texts]
      expect(await store.isUsable(signal)).toBeUndefined()
      await store.write('home', createSecret(text), signal)
      for (const others of [ways.keyring, ways['secret-tool']]) {
        expect((await createKeyringStore({ env, programs: others }).read('home', signal))?.reveal()).toBe(text)
      }
    }
    for (const programs of [ways.keyring, ways['secret-tool']]) {
      const store = createKeyringStore({ env, programs })
      await store.write('home', createSecret('hunter2'), signal)
      await store.remove('home', signal)
      await store.remove('home', signal)
      expect(await store.read('home', signal)).toBeUndefined()
      expect((await store.read('work', signal))?.reveal()).toBe('base64:eA==')
    }
  })

  keyringIt('tells a locked keyring from one that holds nothing, as far as it can', async () => {
    const { env, lock } = await session()
    await createKeyringStore({ env }).write('home', createSecret('hunter2'), signal)
    await lock()
    const locked = { code: 'credentials/locked', hint: expect.stringContaining('gnome-keyring-daemon --unlock') }
    for (const programs of [ways.keyring, ways['secret-tool']]) {
      const store = createKeyringStore({ env, programs })
      expect(await store.isUsable(signal)).toBe('Its keyring is locked')
      await expect(store.read('home', signal)).rejects.toMatchObject(locked)
      await expect(store.write('home', createSecret('hunter3'), signal)).rejects.toMatchObject(locked)
      await expect(store.remove('home', signal)).rejects.toMatchObject(locked)
    }
    const withTool = createKeyringStore({ env, programs: { ...ways.keyring, secretTool: 'secret-tool' } })
    expect(await withTool.read('work', signal)).toBeUndefined()
    await expect(createKeyringStore({ env, programs: ways.keyring }).read('work', signal)).rejects.toMatchObject(locked)
  })

  keyringIt('says at once why it cannot be used', async () => {
    const env = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' }
    for (const programs of Object.values(ways)) {
      expect(await reasonWith({ env, programs })).toMatch(/^There is no keyring here/)
      await expect(createKeyringStore({ env, programs }).read('home', signal)).rejects.toMatchObject({
        code: 'credentials/no-keyring',
      })
    }
    expect(await reasonWith({ programs: nowhere })).toMatch(/is not installed/)
    const python = fakeProgram('python3', `echo '/usr/bin/python3: No module named keyring' >&2; exit 1`)
    expect(await reasonWith({ programs: { ...nowhere, python } })).toMatch(/is not installed/)
    const keyring = fakeProgram('keyring', 'sleep 60')
    expect(await reasonWith({ programs: { ...nowhere, keyring }, timeout: 100 })).toMatch(/did not answer/)
    const { env: running } = await session()
    const answers = ['echo \'   object path "/"\'', 'echo "Object does not exist" >&2; echo \'object path "/x"\'']
    for (const answer of answers) {
      const dbusSend = fakeProgram('dbus-send', answer)
      expect(await reasonWith({ env: running, programs: { dbusSend } })).toBe('It has no default keyring yet')
    }
    expect(await reasonWith({ env: running, programs: { dbusSend: '/nowhere/dbus-send' } })).toBeUndefined()
  })

  it('has no keyring made only to find nothing in it', async () => {
    const log = join(temporaryDirectory(), 'log')
    const script = `echo "$@" >> '${log}'; echo 'keyring.backends.SecretService.Keyring (priority: 5)'`
    const dbusSend = fakeProgram('dbus-send', 'echo \'   object path "/"\'')
    const programs = { ...nowhere, keyring: fakeProgram('keyring', script), dbusSend }
    const store = createKeyringStore({ programs, platform: 'linux' })
    expect(await store.read('home', signal)).toBeUndefined()
    await store.remove('home', signal)
    const request = { account: 'home', host: 'imap.example.org', port: 993, user: 'bob', refused: false }
    expect(await createKeyringProvider({ programs, platform: 'linux' }).find(request, signal)).toBeUndefined()
    expect(new Set(readFileSync(log, 'utf8').trim().split('\n'))).toEqual(new Set(['--list-backends']))
  })

  it('refuses a text that a program would cut off', async () => {
    const store = createKeyringStore({ programs: nowhere, platform: 'linux' })
    await expect(store.write('home', createSecret('x'.repeat(6001)), signal)).rejects.toMatchObject({
      code: 'credentials/too-long',
    })
  })

  it('writes a secret on no command line, and in no error', async () => {
    const log = join(temporaryDirectory(), 'log')
    const script = `{ tr '\\0' ' ' < /proc/$$/cmdline; cat /proc/$$/environ; } >> '${log}'; cat > /dev/null`
    const programs = { ...nowhere, keyring: fakeProgram('keyring', `${script}; echo hunter2`) }
    const store = createKeyringStore({ programs, platform: 'linux' })
    const error = await store.write('home', createSecret('correct-horse'), signal).catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'credentials/not-kept' })
    expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/correct-horse|hunter2/)
    const shown = readFileSync(log, 'latin1')
    expect(shown).toContain('-- set mailtide home')
    expect(shown).not.toContain('correct-horse')
  })
})
