import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CredentialRequest, createSecret } from '@mailtide/contracts'
import { describeCredentialProvider, fakeProgram, type HeldLogin, temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { createKeyringProvider } from './create-keyring-provider.ts'

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
  const words = readFileSync(0, 'utf8').match(/"(?:[^"\\\\]|\\\\.)*"|\\S+/g)
  const [command, update, s, service, a, account, X, hex] = words.map((word) => word.replace(/^"|"$/g, '').replace(/\\\\(.)/g, '$1'))
  if ([command, update, s, a, X].join(' ') !== 'add-generic-password -U -s -a -X') process.exit(2)
  const others = items.filter((item) => item.service !== service || item.account !== account)
  writeFileSync('${items}', JSON.stringify([...others, { service, account, hex }]))
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
