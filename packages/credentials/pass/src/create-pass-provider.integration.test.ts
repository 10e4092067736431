import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CredentialRequest } from '@mailtide/contracts'
import { runProgram } from '@mailtide/run-program'
import {
  createGnupgHome,
  describeCredentialProvider,
  fakeProgram,
  type GnupgHome,
  type GnupgHomeOptions,
  programsAvailability,
  temporaryDirectory,
} from '@mailtide/testing'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createPassProvider, type PassProviderOptions } from './create-pass-provider.ts'

let open: GnupgHome | undefined
let missing: string | undefined

beforeAll(async () => {
  const availability = await programsAvailability({ pass: 'pass', gpg: 'gnupg', gpgconf: 'gnupg' })
  if (availability.ok) open = await createGnupgHome()
  else missing = availability.reason
})
afterAll(() => open?.close())

const { signal } = new AbortController()
const request: CredentialRequest = { account: 'home', host: 'a', port: 993, user: 'bob', refused: false }
const timeout = 60_000

/** A store of its own, made by pass itself. */
async function passStore(home = open) {
  if (!home) return expect.unreachable('there is no pass')
  const env = { ...home.env, PASSWORD_STORE_DIR: join(temporaryDirectory(), 'my store') }
  const pass = (args: readonly string[], input = '') => runProgram({ command: 'pass', args, input, env, timeout })
  await pass(['init', home.recipient])
  return {
    env,
    insert: (entry: string, text: string) => pass(['insert', '--multiline', '--force', entry], text),
    remove: (entry: string) => pass(['rm', '--force', entry]),
  }
}

async function ownHome(options: GnupgHomeOptions): Promise<GnupgHome> {
  const home = await createGnupgHome(options)
  onTestFinished(() => home.close())
  return home
}

async function storeWith(text: string, home = open): Promise<PassProviderOptions> {
  const { env, insert } = await passStore(home)
  await insert('Mail/account', text)
  return { entry: 'Mail/account', env }
}

describeCredentialProvider('pass', {
  missing: async () => missing,
  async create(holding) {
    const { env, insert, remove } = await passStore()
    let isThere = false
    const hold = async ([login]: typeof holding) => {
      if (login) await insert('Mail/account', `${login.secret}\nuser: ${login.user}\n`)
      else if (isThere) await remove('Mail/account')
      isThere = login !== undefined
    }
    await hold(holding)
    return { provider: createPassProvider({ entry: 'Mail/account', env }), hold }
  },
  keepsLoginsApart: false,
  namesUser: true,
  keeps: false,
  stuck: async (limit) => createPassProvider({ entry: 'a', timeout: limit, command: fakeProgram('pass', 'sleep 60') }),
  failing: {
    'nobody can be asked for the passphrase': async (secret) =>
      createPassProvider(await storeWith(secret, await ownHome({ passphrase: secret }))),
    'the key is not here': async (secret) => {
      const options = await storeWith(secret)
      return createPassProvider({ ...options, env: { ...options.env, ...(await ownHome({})).env } })
    },
    'the entry is damaged': async (secret) => {
      const options = await storeWith(secret.repeat(100))
      const file = join(options.env?.['PASSWORD_STORE_DIR'] ?? '', 'Mail/account.gpg')
      writeFileSync(file, readFileSync(file).subarray(0, -20))
      return createPassProvider(options)
    },
    'pass is not what it seems': async (secret) =>
      createPassProvider({ entry: 'a', command: fakeProgram('pass', `echo '${secret}'; exit 3`) }),
  },
})

describe('createPassProvider', () => {
  const passIt = (name: string, test: () => Promise<void>) =>
    it(name, async (context) => {
      if (missing) return context.skip(missing)
      await test()
    })
  const ask = async (options: PassProviderOptions) => {
    const credential = await createPassProvider(options).find(request, signal)
    return credential && [credential.secret.reveal(), credential.user]
  }
  const errorOf = (options: PassProviderOptions) =>
    ask(options).then(
      () => expect.unreachable('it should have failed'),
      (error) => error,
    )

  passIt('reads the first line, a field, and the user', async () => {
    const options = await storeWith('hunter2\nuser: bob\nimap: other\n')
    expect(await ask(options)).toEqual(['hunter2', 'bob'])
    expect(await ask({ ...options, field: 'imap' })).toEqual(['other', 'bob'])
    expect(await ask({ ...options, field: 'smtp' })).toBeUndefined()
  })

  passIt('finds nothing where there is no such entry, whatever its name', async () => {
    const options = await storeWith('hunter2')
    for (const entry of ['Mail/other', '-c', '--clip', '$(id)', 'a b']) {
      expect(await ask({ ...options, entry })).toBeUndefined()
    }
  })

  passIt('does not take the list of a directory for a password', async () => {
    const options = await storeWith('hunter2')
    expect(await errorOf({ ...options, entry: 'Mail' })).toMatchObject({
      code: 'credentials/bad-argument',
      message: 'Mail is a directory of the password store, not an entry',
    })
    mkdirSync(join(options.env?.['PASSWORD_STORE_DIR'] ?? '', 'Mail/account'))
    expect(await ask(options)).toEqual(['hunter2', undefined])
  })

  passIt('keeps the options that the user has for gpg', async () => {
    const options = await storeWith('hunter2')
    const env = { ...options.env, PASSWORD_STORE_GPG_OPTS: '--no-such-option' }
    expect(await errorOf({ ...options, env })).toMatchObject({
      message: expect.stringContaining('--no-such-option'),
    })
  })

  passIt('tells what is wrong apart', async () => {
    const options = await storeWith('hunter2')
    expect(await errorOf(await storeWith('hunter2', await ownHome({ passphrase: 'x' })))).toMatchObject({
      code: 'credentials/locked',
      hint: expect.stringContaining('Run "pass show Mail/account" by hand'),
    })
    const elsewhere = { ...options.env, ...(await ownHome({})).env }
    expect(await errorOf({ ...options, env: elsewhere })).toMatchObject({ code: 'credentials/no-key' })
    expect(await errorOf({ ...options, env: { PASSWORD_STORE_DIR: '/nowhere' } })).toMatchObject({
      code: 'credentials/store-missing',
      message: 'There is no password store in /nowhere',
    })
    expect(await errorOf({ ...options, env: { HOME: '/nowhere', PASSWORD_STORE_DIR: '' } })).toMatchObject({
      message: 'There is no password store in /nowhere/.password-store',
    })
    expect(await errorOf({ ...options, command: '/nowhere/pass' })).toMatchObject({
      code: 'credentials/program-missing',
      hint: expect.stringContaining('apt install pass'),
    })
    expect(await errorOf({ ...options, entry: '../account' })).toMatchObject({
      code: 'credentials/program-failed',
      message: expect.stringContaining('sneaky'),
    })
  })
})
