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
import { createSecretServiceStore } from './create-secret-service-store.ts'

let missing: string | undefined

beforeAll(async () => {
  const availability = await programsAvailability(gnomeKeyringPrograms)
  missing = availability.ok ? undefined : availability.reason
})

const { signal } = new AbortController()

async function keyring(): Promise<GnomeKeyring> {
  const started = await startGnomeKeyring()
  onTestFinished(() => started.close())
  return started
}

describe('createSecretServiceStore', () => {
  const keyringIt = (name: string, test: () => Promise<void>) =>
    it(name, async (context) => {
      if (missing) return context.skip(missing)
      await test()
    })

  keyringIt('gives back exactly what it was given, each name its own, until it is removed', async () => {
    const { env } = await keyring()
    const store = createSecretServiceStore({ env })
    expect(await store.isUsable(signal)).toBeUndefined()
    expect(await store.read('home', signal)).toBeUndefined()
    await store.write('work', createSecret('other'), signal)
    const tokens = JSON.stringify({ refresh_token: 'r'.repeat(4000), access_token: 'a'.repeat(4000) })
    for (const text of [tokens, 'x\n', '\r\n a\n\n ü鍵\t\n', '$(id) "q" \\', 'y'.repeat(8191)]) {
      await store.write('home', createSecret(text), signal)
      expect((await store.read('home', signal))?.reveal()).toBe(text)
    }
    await store.remove('home', signal)
    await store.remove('home', signal)
    expect(await store.read('home', signal)).toBeUndefined()
    expect((await store.read('work', signal))?.reveal()).toBe('other')
  })

  keyringIt('refuses a text that would be cut off, and keeps the one before', async () => {
    const { env } = await keyring()
    const store = createSecretServiceStore({ env })
    await store.write('home', createSecret('before'), signal)
    const error = await store.write('home', createSecret('ü'.repeat(4096)), signal).catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'credentials/too-long', scope: 'account' })
    expect((await store.read('home', signal))?.reveal()).toBe('before')
  })

  keyringIt('tells a locked keyring from one that holds nothing', async () => {
    const { env, lock } = await keyring()
    const store = createSecretServiceStore({ env })
    await store.write('home', createSecret('hunter2'), signal)
    await lock()
    const locked = { code: 'credentials/locked', hint: expect.stringContaining('gnome-keyring-daemon --unlock') }
    expect(await store.isUsable(signal)).toBe('Its keyring is locked')
    await expect(store.read('home', signal)).rejects.toMatchObject(locked)
    await expect(store.write('home', createSecret('hunter3'), signal)).rejects.toMatchObject(locked)
    await expect(store.remove('home', signal)).rejects.toMatchObject(locked)
    expect(await store.read('work', signal)).toBeUndefined()
  })

  keyringIt('says at once why it cannot be used', async () => {
    const reasonWith = (options: Parameters<typeof createSecretServiceStore>[0]) =>
      createSecretServiceStore(options).isUsable(signal)
    const nowhere = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' }
    expect(await reasonWith({ env: nowhere })).toMatch(/^There is no D-Bus session/)
    const none = { DBUS_SESSION_BUS_ADDRESS: '', XDG_RUNTIME_DIR: '/nowhere', DISPLAY: '' }
    expect(await reasonWith({ env: none })).toMatch(/^There is no D-Bus session/)
    expect(await reasonWith({ secretTool: '/nowhere/secret-tool' })).toBe(
      '/nowhere/secret-tool is not installed, or not in PATH',
    )
    const secretTool = fakeProgram('secret-tool', 'sleep 60')
    expect(await reasonWith({ secretTool, timeout: 100 })).toBe('secret-tool did not answer within 0.1 s')
    const { env } = await keyring()
    const said = `Error org.freedesktop.DBus.Error.UnknownMethod: Object does not exist at path`
    for (const answer of [`echo '${said}' >&2; exit 1`, `echo '   object path "/"'`]) {
      const dbusSend = fakeProgram('dbus-send', answer)
      expect(await reasonWith({ env, dbusSend })).toBe('It has no default keyring yet')
    }
    expect(await reasonWith({ env, dbusSend: '/nowhere/dbus-send' })).toBeUndefined()
    await expect(createSecretServiceStore({ env }).isUsable(AbortSignal.abort(new Error('stop')))).rejects.toThrow(
      'stop',
    )
  })

  it('writes a secret on no command line, and in no error', async () => {
    const log = join(temporaryDirectory(), 'log')
    const secretTool = fakeProgram(
      'secret-tool',
      `{ tr '\\0' ' ' < /proc/$$/cmdline; cat /proc/$$/environ; } >> '${log}'; cat > /dev/null; echo hunter2`,
    )
    const store = createSecretServiceStore({ secretTool })
    const error = await store.write('home', createSecret('correct-horse'), signal).catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'credentials/not-kept' })
    expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/correct-horse|hunter2/)
    const shown = readFileSync(log, 'latin1')
    expect(shown).toContain('store --label=mailtide: home -- application mailtide account home')
    expect(shown).not.toContain('correct-horse')
  })
})
