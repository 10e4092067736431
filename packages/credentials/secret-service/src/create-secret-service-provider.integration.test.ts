import type { CredentialRequest } from '@mailtide/contracts'
import {
  describeCredentialProvider,
  fakeProgram,
  type GnomeKeyring,
  gnomeKeyringPrograms,
  programsAvailability,
  startGnomeKeyring,
} from '@mailtide/testing'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createSecretServiceProvider, type SecretServiceProviderOptions } from './create-secret-service-provider.ts'

let missing: string | undefined

beforeAll(async () => {
  const availability = await programsAvailability(gnomeKeyringPrograms)
  missing = availability.ok ? undefined : availability.reason
})

const { signal } = new AbortController()
const request: CredentialRequest = { account: 'home', host: 'imap.example.org', port: 993, user: 'bob', refused: false }

async function keyring(): Promise<GnomeKeyring> {
  const started = await startGnomeKeyring()
  onTestFinished(() => started.close())
  return started
}

describeCredentialProvider('secret-service', {
  missing: async () => missing,
  async create(holding) {
    const { env, store, clear } = await keyring()
    const hold = async (logins: typeof holding) => {
      await clear({ protocol: 'imap' })
      for (const { host, user, secret } of logins) {
        await store(`mail of ${user}`, { protocol: 'imap', server: host, user }, secret)
      }
    }
    await hold(holding)
    return { provider: createSecretServiceProvider({ env }), hold }
  },
  keepsLoginsApart: true,
  namesUser: true,
  keeps: false,
  stuck: async (timeout) =>
    createSecretServiceProvider({ timeout, secretTool: fakeProgram('secret-tool', 'sleep 60') }),
  failing: {
    'the keyring is locked': async (secret) => {
      const { env, store, lock } = await keyring()
      await store('mail', { server: 'imap.example.org', protocol: 'imap', user: 'bob@example.org' }, secret)
      await lock()
      return createSecretServiceProvider({ env })
    },
    'the keyring is locked, and the item is wanted by label': async (secret) => {
      const { env, store, lock } = await keyring()
      await store('mail', { a: 'b' }, secret)
      await lock()
      return createSecretServiceProvider({ env, label: 'mail' })
    },
    'secret-tool is not what it seems': async (secret) =>
      createSecretServiceProvider({ secretTool: fakeProgram('secret-tool', `echo '${secret}'; exit 3`) }),
  },
})

describe('createSecretServiceProvider', () => {
  const keyringIt = (name: string, test: () => Promise<void>) =>
    it(name, async (context) => {
      if (missing) return context.skip(missing)
      await test()
    })
  const ask = async (options: SecretServiceProviderOptions, user: string | undefined = 'bob') => {
    const wanted = { ...request, user: user === '' ? undefined : user }
    const credential = await createSecretServiceProvider(options).find(wanted, signal)
    return credential && [credential.secret.reveal(), credential.user]
  }
  const errorOf = (options: SecretServiceProviderOptions) =>
    ask(options).then(
      () => expect.unreachable('it should have failed'),
      (error) => error,
    )

  keyringIt('finds an item by its attributes, and names the user that they name', async () => {
    const { env, store } = await keyring()
    await store('Password for Work Email', { username: 'bob@example.org', repo: 'Work' }, 'hunter2\n')
    await store('Work', { Title: 'Work, at home' }, 'keepass')
    await store('odd', { '--help': '--all', ü: '' }, 'odd')
    expect(await ask({ env, attributes: { repo: 'Work' } }, '')).toEqual(['hunter2', 'bob@example.org'])
    expect(await ask({ env, attributes: { repo: 'Work' } })).toEqual(['hunter2', undefined])
    expect(await ask({ env, attributes: { Title: 'Work, at home' } })).toEqual(['keepass', undefined])
    expect(await ask({ env, attributes: { '--help': '--all', ü: '' } })).toEqual(['odd', undefined])
    expect(await ask({ env, attributes: { repo: 'work' } })).toBeUndefined()
    expect(await ask({ env, attributes: { repo: 'Work', username: 'eve' } })).toBeUndefined()
  })

  keyringIt('finds an item by its label, the one of the user first', async () => {
    const { env, store } = await keyring()
    await store('Password for Wörk "x"', { 'xdg:schema': 'org.gnome.keyring.Note' }, 'note')
    await store('another', { 'xdg:schema': 'org.gnome.keyring.Note', more: 'of it' }, 'no')
    await store('mail', { username: 'eve', a: '1' }, 'of eve')
    await store('mail', { username: 'bob', a: '1', b: 'x\ny "z"' }, 'of bob\nlabel = mail\nattribute.username = eve')
    expect(await ask({ env, label: 'Password for Wörk "x"' })).toEqual(['note', undefined])
    expect(await ask({ env, label: 'mail' }, 'eve')).toEqual(['of eve', 'eve'])
    expect(await ask({ env, label: 'mail' })).toEqual(['of bob', 'bob'])
    expect(await ask({ env, label: 'Mail' })).toBeUndefined()
  })

  keyringIt('tries what is usual for mail where nothing is said', async () => {
    const { env, store, clear } = await keyring()
    const user = 'bob'
    await store('3', { host: request.host, user }, 'three')
    expect(await ask({ env })).toEqual(['three', undefined])
    await store('2', { service: request.host, username: user, application: 'Python keyring library' }, 'two')
    expect(await ask({ env })).toEqual(['two', undefined])
    await store('1', { protocol: 'imap', server: request.host, user }, 'one')
    expect(await ask({ env })).toEqual(['one', undefined])
    expect(await ask({ env }, 'eve')).toBeUndefined()
    await clear({ protocol: 'imap' })
    expect(await ask({ env }, '')).toEqual(['two', 'bob'])
  })

  keyringIt('asks which of several users is meant', async () => {
    const { env, store } = await keyring()
    await store('1', { protocol: 'imap', server: request.host, user: 'bob' }, 'one')
    await store('2', { protocol: 'imap', server: request.host, user: 'eve' }, 'two')
    await expect(ask({ env }, '')).rejects.toMatchObject({ code: 'credentials/several-users' })
  })

  keyringIt('says how to unlock the keyring, and finds nothing that a locked one does not have', async () => {
    const { env, store, lock } = await keyring()
    await store('mail', { repo: 'Work' }, 'hunter2')
    await lock()
    expect(await errorOf({ env, attributes: { repo: 'Work' } })).toMatchObject({
      code: 'credentials/locked',
      hint: expect.stringContaining('gnome-keyring-daemon --unlock'),
    })
    expect(await errorOf({ env, label: 'mail' })).toMatchObject({ code: 'credentials/locked' })
    expect(await ask({ env, attributes: { repo: 'Home' } })).toBeUndefined()
    expect(await ask({ env, label: 'other' })).toBeUndefined()
  })

  keyringIt('says what is missing', async () => {
    const nowhere = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' }
    for (const wanted of [{ attributes: { a: 'b' } }, { label: 'mail' }]) {
      expect(await errorOf({ ...wanted, env: nowhere })).toMatchObject({
        code: 'credentials/no-session',
        hint: expect.stringContaining('DBUS_SESSION_BUS_ADDRESS'),
      })
      const none = { DBUS_SESSION_BUS_ADDRESS: '', XDG_RUNTIME_DIR: '/nowhere', DISPLAY: '' }
      expect(await errorOf({ ...wanted, env: none })).toMatchObject({ code: 'credentials/no-session' })
      const absent = { secretTool: '/nowhere/secret-tool', dbusSend: '/nowhere/dbus-send' }
      expect(await errorOf({ ...wanted, ...absent })).toMatchObject({
        code: 'credentials/program-missing',
        hint: expect.stringContaining('apt install'),
      })
    }
    const said =
      'Error org.freedesktop.DBus.Error.ServiceUnknown: The name org.freedesktop.secrets was not provided by any .service files'
    const dbusSend = fakeProgram('dbus-send', `echo '${said}' >&2; exit 1`)
    expect(await errorOf({ label: 'mail', dbusSend })).toMatchObject({ code: 'credentials/no-service' })
  })
})
