import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CredentialRequest, createSecret } from '@mailtide/contracts'
import {
  describeCredentialProvider,
  fakeProgram,
  type GnomeKeyring,
  gnomeKeyringPrograms,
  programsAvailability,
  startGnomeKeyring,
  temporaryDirectory,
} from '@mailtide/testing'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createKeyringProvider, type KeyringProviderOptions } from './create-keyring-provider.ts'

const packages = { ...gnomeKeyringPrograms, '/usr/bin/keyring': 'python3-keyring' }
let missing: string | undefined

beforeAll(async () => {
  const availability = await programsAvailability(packages)
  missing = availability.ok ? undefined : availability.reason
})

const { signal } = new AbortController()
const request: CredentialRequest = { account: 'home', host: 'imap.example.org', port: 993, user: 'bob', refused: false }
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

/** The attributes that python-keyring gives an entry. */
const attributesOf = (service: string, username: string) => ({
  application: 'Python keyring library',
  service,
  username,
})

for (const way of ['keyring', 'secret-tool'] as const) {
  const programs = ways[way]
  describeCredentialProvider(`keyring, by ${way}`, {
    missing: async () => missing,
    async create(holding) {
      const { env, store, clear } = await session()
      const hold = async (logins: typeof holding) => {
        await clear({ application: 'Python keyring library' })
        for (const { host, user, secret } of logins) await store('mail', attributesOf(host, user), secret)
      }
      await hold(holding)
      return { provider: createKeyringProvider({ env, programs }), hold }
    },
    keepsLoginsApart: true,
    namesUser: false,
    keeps: true,
    stuck: async (timeout) => {
      const program = fakeProgram('stuck', 'sleep 60')
      return createKeyringProvider({ timeout, programs: { keyring: program, python: program, secretTool: program } })
    },
    failing: {
      'the keyring is locked': async (secret) => {
        const { env, store, lock } = await session()
        await store('mail', attributesOf(request.host, 'bob@example.org'), secret)
        await lock()
        return createKeyringProvider({ env, programs })
      },
      'the program is not what it seems': async (secret) => {
        const program = fakeProgram('keyring', `echo '${secret}'; exit 3`)
        return createKeyringProvider({ programs: { keyring: program, python: program, secretTool: program } })
      },
    },
  })
}

describe('createKeyringProvider', () => {
  const keyringIt = (name: string, test: () => Promise<void>) =>
    it(name, async (context) => {
      if (missing) return context.skip(missing)
      await test()
    })
  const ask = async (options: KeyringProviderOptions, changed: Partial<CredentialRequest> = {}) => {
    const credential = await createKeyringProvider(options).find({ ...request, ...changed }, signal)
    return credential && [credential.secret.reveal(), credential.user]
  }
  const keep = (options: KeyringProviderOptions, text: string) =>
    createKeyringProvider(options).keep?.(request, { kind: 'password', secret: createSecret(text) }, signal)

  keyringIt('finds by each program what another one kept, and replaces it', async () => {
    const { env } = await session()
    for (const [way, programs] of Object.entries(ways)) {
      await keep({ env, programs }, `kept by ${way}`)
      for (const others of Object.values(ways)) {
        expect(await ask({ env, programs: others })).toEqual([`kept by ${way}`, 'bob'])
      }
    }
  })

  keyringIt('finds the entry of the service and the user that are named', async () => {
    const { env, store } = await session()
    await store('mail', attributesOf('my mail', '--help'), 'hunter2\n')
    for (const programs of Object.values(ways)) {
      const wanted = { env, programs, service: 'my mail', user: '--help' }
      expect(await ask(wanted, { user: undefined })).toEqual(['hunter2', '--help'])
      expect(await ask({ env, programs, service: 'my mail' })).toBeUndefined()
      expect(await ask({ env, programs }, { user: undefined })).toBeUndefined()
    }
  })

  keyringIt('asks the next program if one has no keyring', async () => {
    const { env, store } = await session()
    await store('mail', attributesOf(request.host, 'bob'), 'hunter2')
    const without = { ...env, PYTHON_KEYRING_BACKEND: 'keyring.backends.fail.Keyring' }
    expect(
      await ask({ env: without, programs: { ...nowhere, keyring: '/usr/bin/keyring', secretTool: 'secret-tool' } }),
    ).toEqual(['hunter2', 'bob'])
  })

  keyringIt('says how to unlock the keyring, whether asked or given something to keep', async () => {
    const { env, store, lock } = await session()
    await store('mail', attributesOf(request.host, 'bob'), 'hunter2')
    await lock()
    const locked = { code: 'credentials/locked', hint: expect.stringContaining('gnome-keyring-daemon --unlock') }
    for (const programs of Object.values(ways)) {
      await expect(ask({ env, programs })).rejects.toMatchObject(locked)
      await expect(keep({ env, programs }, 'new')).rejects.toMatchObject(locked)
    }
  })

  keyringIt('says that there is no keyring, or finds nothing in it where it is optional', async () => {
    const env = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' }
    for (const programs of Object.values(ways)) {
      await expect(ask({ env, programs })).rejects.toMatchObject({
        code: 'credentials/no-keyring',
        hint: expect.stringContaining('DBUS_SESSION_BUS_ADDRESS'),
      })
      expect(await ask({ env, programs, isOptional: true })).toBeUndefined()
    }
    await expect(ask({ programs: nowhere })).rejects.toMatchObject({
      code: 'credentials/program-missing',
      hint: expect.stringContaining('apt install python3-keyring'),
    })
    expect(await ask({ programs: nowhere, isOptional: true })).toBeUndefined()
    const python = fakeProgram('python3', `echo '/usr/bin/python3: No module named keyring' >&2; exit 1`)
    await expect(ask({ programs: { ...nowhere, python } })).rejects.toMatchObject({
      code: 'credentials/program-missing',
    })
  })

  keyringIt('is quiet about a locked keyring without the entry, where it is optional', async () => {
    const { env, store, lock } = await session()
    await store('mail', attributesOf('other.example.org', 'bob'), 'hunter2')
    await lock()
    for (const programs of [ways['secret-tool'], { ...ways.keyring, secretTool: 'secret-tool' }]) {
      const optional = { env, programs, isOptional: true }
      expect(await ask(optional)).toBeUndefined()
      await expect(ask({ ...optional, service: 'other.example.org' })).rejects.toMatchObject({
        code: 'credentials/locked',
      })
    }
  })

  it('starts each program once, and none without a user, to find that there is nothing', async () => {
    const log = join(temporaryDirectory(), 'log')
    const starting = (name: string, answer: string) => fakeProgram(name, `echo ${name} >> '${log}'; ${answer}`)
    const programs = {
      dbusSend: starting('dbus-send', 'echo "Failed to open connection to session message bus" >&2; exit 1'),
      keyring: starting('keyring', 'echo "keyring.errors.NoKeyringError: no backend" >&2; exit 1'),
      python: starting('python3', 'echo "/usr/bin/python3: No module named keyring" >&2; exit 1'),
      secretTool: starting('secret-tool', 'echo "secret-tool: Cannot autolaunch D-Bus" >&2; exit 1'),
    }
    const optional = { programs, isOptional: true, platform: 'linux' } as const
    expect(await ask(optional, { user: undefined })).toBeUndefined()
    expect(() => readFileSync(log)).toThrow('ENOENT')
    expect(await ask(optional)).toBeUndefined()
    expect(readFileSync(log, 'utf8').trim().split('\n').toSorted()).toEqual([
      'dbus-send',
      'keyring',
      'python3',
      'secret-tool',
    ])
  })

  it('does not believe a program that keeps nothing', async () => {
    const keyring = fakeProgram('keyring', 'case $2 in get) echo old;; esac')
    await expect(keep({ programs: { ...nowhere, keyring } }, 'new')).rejects.toMatchObject({
      code: 'credentials/not-kept',
    })
  })
})
