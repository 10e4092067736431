import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CredentialRequest, createSecret } from '@mailtide/contracts'
import { describeCredentialProvider, fakeProgram, type HeldLogin, temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { createKeyringProvider } from './create-keyring-provider.ts'
import { createKeyringStore } from './create-keyring-store.ts'

const { signal } = new AbortController()
const request: CredentialRequest = { account: 'home', host: 'a', port: 993, user: 'bob', refused: false }

/** A `security` that keeps its passwords in a file, prints them as the real one does, and notes its arguments. */
function fakeKeychain() {
  const directory = temporaryDirectory()
  const [items, log, code] = ['items.json', 'log', 'security.mjs'].map((name) => join(directory, name))
  if (!items || !log || !code) return expect.unreachable('three names make three paths')
  writeFileSync(items, '[]')
  writeFileSync(
    code,
    `
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
const items = JSON.parse(readFileSync('${items}', 'utf8'))
const args = process.argv.slice(2)
appendFileSync('${log}', args.join(' ') + '\\n')
if (args[0] === '-i') {
  const lines = readFileSync(0, 'utf8').match(/.{1,4094}\\n?/g)
  if (lines.length !== 1) process.exit(1)
  const words = lines[0].match(/"(?:[^"\\\\]|\\\\.)*"|\\S+/g)
  const input = readFileSync(0, 'utf8')
  if (input.length > 4095) process.exit(1)
  const [command, update, s, service, a, account, X, hex] = words.map((word) => word.replace(/^"|"$/g, '').replace(/\\\\(.)/g, '$1'))
  if ([command, update, s, a, X].join(' ') !== 'add-generic-password -U -s -a -X') process.exit(2)
  const others = items.filter((item) => item.service !== service || item.account !== account)
  writeFileSync('${items}', JSON.stringify([...others, { service, account, hex }]))
} else if (args[0] === 'default-keychain') {
  console.log('    "/Users/bob/Library/Keychains/login.keychain-db"')
} else if (args[0] === 'delete-generic-password') {
  const [, s, service, a, account] = args
  const others = items.filter((item) => item.service !== service || item.account !== account)
  if (s !== '-s' || a !== '-a' || others.length === items.length) process.exit(44)
  writeFileSync('${items}', JSON.stringify(others))
} else {
  const [command, s, service, a, account, w] = args
  if ([command, s, a, w].join(' ') !== 'find-generic-password -s -a -w') process.exit(2)
  const item = items.find((one) => one.service === service && one.account === account)
  if (!item) {
    console.error('security: SecKeychainSearchCopyNext: The specified item could not be found in the keychain.')
    process.exit(44)
  }
  const text = Buffer.from(item.hex, 'hex').toString()
  console.log(/^[ -~]*$/.test(text) ? text : item.hex)
}
`,
  )
  return {
    log,
    security: fakeProgram('security', `exec '${process.execPath}' '${code}' "$@"`),
    hold(logins: readonly HeldLogin[]) {
      const list = logins.map(({ host, user, secret }) => {
        return { service: host, account: user, hex: Buffer.from(secret).toString('hex') }
      })
      writeFileSync(items, JSON.stringify(list))
    },
  }
}

const onMacos = (security: string, timeout = 60_000) =>
  createKeyringProvider({ platform: 'darwin', programs: { security }, timeout })

describeCredentialProvider('keyring, by a security like that of macOS', {
  async create(holding) {
    const keychain = fakeKeychain()
    keychain.hold(holding)
    return { provider: onMacos(keychain.security), hold: async (logins) => keychain.hold(logins) }
  },
  keepsLoginsApart: true,
  namesUser: false,
  keeps: true,
  stuck: async (timeout) => onMacos(fakeProgram('security', 'sleep 60'), timeout),
  failing: {
    'the keychain is locked': async (secret) => onMacos(fakeProgram('security', `echo '${secret}'; exit 36`)),
    'security is not what it seems': async (secret) => onMacos(fakeProgram('security', `echo '${secret}'; exit 1`)),
  },
})

describe('createKeyringProvider, on macOS', () => {
  it('takes a password that only looks like hexadecimal as it is', async () => {
    const { security, hold } = fakeKeychain()
    for (const secret of ['c0ffee', '68756e74657232', '00', 'abc']) {
      hold([{ host: 'a', port: 993, user: 'bob', secret }])
      expect((await onMacos(security).find(request, signal))?.secret.reveal()).toBe(secret)
    }
  })

  it('never writes a password on a command line', async () => {
    const { security, log } = fakeKeychain()
    const service = `my "mail" \\ at home`
    const provider = createKeyringProvider({ platform: 'darwin', programs: { security }, service })
    await provider.keep?.(request, { kind: 'password', secret: createSecret('hunter2') }, signal)
    expect((await provider.find(request, signal))?.secret.reveal()).toBe('hunter2')
    expect(readFileSync(log, 'utf8')).not.toMatch(/hunter2|68756e74657232/)
  })

  it('says how to unlock the keychain', async () => {
    await expect(onMacos(fakeProgram('security', 'exit 36')).find(request, signal)).rejects.toMatchObject({
      code: 'credentials/locked',
      hint: expect.stringContaining('security unlock-keychain'),
    })
  })
})

describe('createKeyringStore, on macOS', () => {
  const storeBy = (security: string) => createKeyringStore({ platform: 'darwin', programs: { security } })

  it('gives back exactly what it was given, on no command line, until it is removed', async () => {
    const { security, log } = fakeKeychain()
    const store = storeBy(security)
    expect(await store.isUsable(signal)).toBeUndefined()
    expect(await store.read('home', signal)).toBeUndefined()
    for (const text of ['hunter2', 'c0ffee', 'one\r\ntwo\n\n', 'x'.repeat(1400), 'ü'.repeat(700), 'c3bc']) {
      await store.write('home', createSecret(text), signal)
      expect((await store.read('home', signal))?.reveal()).toBe(text)
    }
    await store.remove('home', signal)
    await store.remove('home', signal)
    expect(await store.read('home', signal)).toBeUndefined()
    expect(readFileSync(log, 'utf8')).not.toMatch(/hunter2|68756e74657232/)
  })

  it('never gives security a line that it would cut in two', async () => {
    const { security, log } = fakeKeychain()
    const refused = { code: 'credentials/too-long' }
    await expect(storeBy(security).write('home', createSecret('x'.repeat(1401)), signal)).rejects.toMatchObject(refused)
    const long = { kind: 'password', secret: createSecret('x'.repeat(2100)) } as const
    await expect(onMacos(security).keep?.(request, long, signal)).rejects.toMatchObject(refused)
    expect(() => readFileSync(log)).toThrow('ENOENT')
  })

  it('says why it cannot be used', async () => {
    expect(await storeBy('/nowhere/security').isUsable(signal)).toMatch(/is not installed/)
    expect(await storeBy(fakeProgram('security', 'exit 36')).isUsable(signal)).toBe('The keyring is locked')
  })
})
