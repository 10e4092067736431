import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CredentialRequest } from '@mailtide/contracts'
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
import { createGpgProvider, type GpgProviderOptions } from './create-gpg-provider.ts'

let open: GnupgHome | undefined
let missing: string | undefined

beforeAll(async () => {
  const availability = await programsAvailability({ gpg: 'gnupg', gpgconf: 'gnupg' })
  if (availability.ok) open = await createGnupgHome()
  else missing = availability.reason
})
afterAll(() => open?.close())

const { signal } = new AbortController()
const request: CredentialRequest = { account: 'home', host: 'a', port: 993, user: 'bob', refused: false }

async function encrypted(text: string, home = open): Promise<GpgProviderOptions> {
  if (!home) return expect.unreachable('there is no gpg')
  const file = join(temporaryDirectory(), 'mail password.gpg')
  writeFileSync(file, await home.encrypt(text))
  return { file, env: home.env }
}

async function ownHome(options: GnupgHomeOptions): Promise<GnupgHome> {
  const home = await createGnupgHome(options)
  onTestFinished(() => home.close())
  return home
}

/** A pinentry that answers this passphrase, or cancels, and writes down what it was asked. */
function pinentry(log: string, passphrase?: string): string {
  const answer = passphrase === undefined ? 'ERR 83886179 cancelled' : `D ${passphrase}`
  return fakeProgram(
    'pinentry',
    `echo "OK hello"
    while read -r line; do
      printf '%s\\n' "$line" >> '${log}'
      case $line in
        GETPIN*) printf '%s\\n' '${answer}' ${passphrase === undefined ? '' : '&& echo OK'} ;;
        BYE*) echo OK; exit ;;
        *) echo OK ;;
      esac
    done`,
  )
}

describeCredentialProvider('gpg', {
  missing: async () => missing,
  async create(holding) {
    const { file, env = {} } = await encrypted('')
    const hold = async ([login]: typeof holding) => {
      writeFileSync(file, (await open?.encrypt(login ? `${login.secret}\nuser: ${login.user}\n` : '')) ?? '')
    }
    await hold(holding)
    return { provider: createGpgProvider({ file, env }), hold }
  },
  keepsLoginsApart: false,
  namesUser: true,
  keeps: false,
  stuck: async (timeout) =>
    createGpgProvider({ ...(await encrypted('x')), timeout, command: fakeProgram('gpg', 'sleep 60') }),
  failing: {
    'nobody can be asked for the passphrase': async (secret) =>
      createGpgProvider(await encrypted(secret, await ownHome({ passphrase: secret }))),
    'the key is not here': async (secret) => {
      const home = await ownHome({})
      return createGpgProvider({ ...(await encrypted(secret)), env: home.env })
    },
    'the file is not encrypted': async (secret) => {
      const options = await encrypted('')
      writeFileSync(options.file, `${secret}\n`)
      return createGpgProvider(options)
    },
    'the file is cut off': async (secret) => {
      const options = await encrypted(secret.repeat(100))
      writeFileSync(options.file, readFileSync(options.file).subarray(0, -20))
      return createGpgProvider(options)
    },
    'gpg is not what it seems': async (secret) =>
      createGpgProvider({ ...(await encrypted(secret)), command: fakeProgram('gpg', `echo '${secret}'; kill -9 $$`) }),
  },
})

describe('createGpgProvider', () => {
  const gpgIt = (name: string, test: () => Promise<void>) =>
    it(name, async (context) => {
      if (missing) return context.skip(missing)
      await test()
    })
  const errorOf = async (options: GpgProviderOptions) =>
    createGpgProvider(options)
      .find(request, signal)
      .then(
        () => expect.unreachable('it should have failed'),
        (error) => error,
      )

  gpgIt('reads a field, an entry for the login, or what the form of the text says', async () => {
    const ask = async (text: string, field?: string) => {
      const options = await encrypted(text)
      const credential = await createGpgProvider(field === undefined ? options : { ...options, field }).find(
        request,
        signal,
      )
      return credential && [credential.secret.reveal(), credential.user]
    }
    expect(await ask('one\nimap: two\n', 'imap')).toEqual(['two', undefined])
    expect(await ask('{"work": {"password": "three", "user": "bob"}}', 'work.password')).toEqual(['three', 'bob'])
    expect(await ask('machine a login eve password no\nmachine a login bob password four')).toEqual(['four', 'bob'])
    expect(await ask('one\n', 'imap')).toBeUndefined()
  })

  gpgIt('has the passphrase asked for by the pinentry of the user, on the terminal', async () => {
    const log = join(temporaryDirectory(), 'log')
    const home = await ownHome({ passphrase: 'open sesame', pinentry: pinentry(log, 'open sesame') })
    const provider = createGpgProvider({ ...(await encrypted('hunter2', home)), terminal: '/dev/pts/99' })
    expect((await provider.find(request, signal))?.secret.reveal()).toBe('hunter2')
    expect(readFileSync(log, 'utf8')).toContain('OPTION ttyname=/dev/pts/99')
  })

  gpgIt('says how to unlock the key if nobody gives the passphrase', async () => {
    for (const answer of [pinentry('/dev/null'), pinentry('/dev/null', 'wrong'), '/nonexistent/pinentry']) {
      const options = await encrypted('hunter2', await ownHome({ passphrase: 'right', pinentry: answer }))
      expect(await errorOf(options)).toMatchObject({
        code: 'credentials/locked',
        hint: expect.stringContaining(`Run "gpg --decrypt ${options.file}" by hand`),
      })
    }
  })

  gpgIt('tells what else is wrong apart', async () => {
    const options = await encrypted('hunter2')
    expect(await errorOf({ ...options, env: (await ownHome({})).env })).toMatchObject({ code: 'credentials/no-key' })
    expect(await errorOf({ ...options, command: '/nowhere/gpg' })).toMatchObject({
      code: 'credentials/program-missing',
      hint: expect.stringContaining('apt install gnupg'),
    })
    expect(await errorOf({ file: '/nowhere/mail.gpg' })).toMatchObject({
      code: 'credentials/file-missing',
      message: 'There is no file /nowhere/mail.gpg',
    })
    writeFileSync(options.file, readFileSync(options.file).subarray(0, -20))
    expect(await errorOf(options)).toMatchObject({
      code: 'credentials/program-failed',
      message: expect.stringMatching(/could not decrypt [^:]*: (?!.*GNUPG)/),
    })
    writeFileSync(options.file, readFileSync(options.file).subarray(0, 20))
    expect(await errorOf(options)).toMatchObject({ code: 'credentials/not-encrypted' })
    writeFileSync(options.file, 'hunter2')
    expect(await errorOf(options)).toMatchObject({ code: 'credentials/not-encrypted' })
  })
})
