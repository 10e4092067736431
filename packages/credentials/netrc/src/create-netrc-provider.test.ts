import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CredentialRequest } from '@mailtide/contracts'
import { describeCredentialProvider, type HeldLogin, temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { createNetrcProvider } from './create-netrc-provider.ts'
import { parseNetrcArgument } from './parse-netrc-argument.ts'

const { signal } = new AbortController()
const bob: CredentialRequest = { account: 'home', host: 'a', port: 993, user: 'bob', refused: false }

function netrc(text: string, mode = 0o600, name = '.netrc'): string {
  const file = join(temporaryDirectory(), name)
  writeFileSync(file, text)
  chmodSync(file, mode)
  return file
}

const word = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`
const lineOf = ({ host, user, secret }: HeldLogin) => `machine ${host} login ${word(user)} password ${word(secret)}\n`
const ask = async (options: Parameters<typeof createNetrcProvider>[0], request = bob) => {
  const credential = await createNetrcProvider(options).find(request, signal)
  return credential?.secret.reveal()
}

describeCredentialProvider('netrc', {
  async create(holding) {
    const file = netrc('')
    const hold = async (logins: typeof holding) => writeFileSync(file, logins.map(lineOf).join(''))
    await hold(holding)
    return { provider: createNetrcProvider({ file }), hold }
  },
  keepsLoginsApart: true,
  namesUser: true,
  keeps: false,
  failing: {
    'others may read the file': async (secret) =>
      createNetrcProvider({ file: netrc(`machine imap.example.org password ${secret}`, 0o644) }),
    'a password with a blank': async (secret) =>
      createNetrcProvider({ file: netrc(`machine imap.example.org password my ${secret}`) }),
    'several logins': async (secret) => {
      const entry = `machine imap.example.org login bob@example.org password ${secret}\n`
      const provider = createNetrcProvider({ file: netrc(`${entry}machine imap.example.org login alice password x`) })
      return { find: (request, stop) => provider.find({ ...request, user: undefined }, stop) }
    },
    'a directory': async (secret) => createNetrcProvider({ file: join(netrc(secret), '..') }),
  },
})

describe('createNetrcProvider', () => {
  it.each([0o644, 0o640, 0o604, 0o620, 0o610, 0o666])('refuses a file with the permissions %o', async (mode) => {
    const file = netrc('machine a password 1', mode)
    await expect(ask({ file })).rejects.toMatchObject({
      code: 'credentials/open-to-others',
      hint: `Keep it to yourself: chmod 600 ${file}`,
    })
  })

  it.each([0o600, 0o400, 0o700])('reads a file with the permissions %o', async (mode) => {
    expect(await ask({ file: netrc('machine a password 1', mode) })).toBe('1')
  })

  it('looks at the file that a link leads to', async () => {
    const file = netrc('machine a password 1', 0o644)
    const link = join(temporaryDirectory(), "bob's netrc")
    symlinkSync(file, link)
    await expect(ask({ file: link })).rejects.toMatchObject({
      hint: expect.stringContaining(`'${link.replace("'", `'\\''`)}'`),
    })
    chmodSync(file, 0o600)
    expect(await ask({ file: link })).toBe('1')
  })

  it('refuses a file of another user', async (context) => {
    if (process.getuid?.() !== 0) return context.skip('only root can give a file away')
    const file = netrc('machine a password 1')
    chownSync(file, 12345, 12345)
    await expect(ask({ file })).rejects.toMatchObject({ code: 'credentials/not-owned' })
    expect(await ask({ env: { HOME: '/nowhere' }, systemFile: file })).toBe('1')
  })

  it('reads ~/.netrc first, and then that of the system, which others may read', async () => {
    const file = netrc('machine a login bob password 1')
    const systemFile = netrc('machine a login bob password 2\nmachine a login alice password 3', 0o644, 'netrc')
    const env = { HOME: join(file, '..') }
    expect(await ask({ env, systemFile })).toBe('1')
    expect(await ask({ env, systemFile }, { ...bob, user: 'alice' })).toBe('3')
    expect(await ask({ env: { HOME: '/nowhere' }, systemFile })).toBe('2')
    expect(await ask({ env: { HOME: '/nowhere' }, systemFile: '/nowhere/netrc' })).toBeUndefined()
  })

  it('names the user of the usual files where none is configured', async () => {
    const systemFile = netrc('machine a login alice password 2', 0o644, 'netrc')
    const nobody = { ...bob, user: undefined }
    const find = (HOME: string) => createNetrcProvider({ env: { HOME }, systemFile }).find(nobody, signal)
    expect(await find(join(netrc('machine a login bob password 1'), '..'))).toMatchObject({ user: 'bob' })
    expect(await find('/nowhere')).toMatchObject({ user: 'alice' })
  })

  it('reads what NETRC names in the place of ~/.netrc', async () => {
    const env = { HOME: join(netrc('machine a password 1'), '..'), NETRC: netrc('machine a password 2', 0o600, 'mine') }
    expect(await ask({ env, systemFile: '/nowhere/netrc' })).toBe('2')
    expect(await ask({ env: { ...env, NETRC: '' } })).toBe('1')
  })

  it('rejects if ~/.netrc is open to others, whatever else there is', async () => {
    const env = { HOME: join(netrc('', 0o644), '..') }
    await expect(ask({ env, systemFile: netrc('machine a password 2') })).rejects.toMatchObject({
      code: 'credentials/open-to-others',
    })
  })

  it('says what is wrong with a file that was named', async () => {
    await expect(ask({ file: '/nowhere/netrc' })).rejects.toMatchObject({
      code: 'credentials/file-missing',
      message: 'There is no file /nowhere/netrc',
    })
    await expect(ask({ file: '/nowhere/.authinfo.gpg' })).rejects.toMatchObject({
      code: 'credentials/file-encrypted',
      hint: 'Have it decrypted: gpg:/nowhere/.authinfo.gpg',
    })
    const directory = temporaryDirectory()
    mkdirSync(join(directory, 'netrc'), { mode: 0o700 })
    await expect(ask({ file: join(directory, 'netrc') })).rejects.toMatchObject({ code: 'credentials/file-unreadable' })
    const file = netrc('machine a\npassword correct horse')
    await expect(ask({ file })).rejects.toMatchObject({
      code: 'credentials/bad-file',
      message: `${file}, line 2: a word stands where none is expected`,
    })
  })

  it('says which option decides between several logins', async () => {
    const file = netrc('machine a login bob password 1\nmachine a login alice password 2')
    await expect(ask({ file }, { ...bob, user: undefined })).rejects.toMatchObject({
      code: 'credentials/several-users',
      hint: expect.stringContaining('remoteuser'),
    })
  })
})

describe('parseNetrcArgument', () => {
  it.each([
    { text: '', options: {} },
    { text: ' ', options: {} },
    { text: '~/.authinfo', options: { file: '/home/bob/.authinfo' } },
    { text: '/etc/mail/netrc', options: { file: '/etc/mail/netrc' } },
    { text: '~bob', options: { file: '~bob' } },
  ])('reads "$text"', ({ text, options }) => {
    expect(parseNetrcArgument(text, '/home/bob')).toEqual(options)
  })
})
