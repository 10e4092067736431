import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fakeProgram } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { bareRc, createHome, type Home, message, reaching, startServer } from '../testing/mailtide-home.ts'

/** The octets that give a text away, as it is and in the forms in which protocols write it. */
function traces(secret: string): Buffer[] {
  const base64 = [0, 1, 2].map((offset) => {
    const shifted = Buffer.from('\0'.repeat(offset) + secret).toString('base64')
    // The letters that stand for octets of the secret alone, wherever in a base64 text it begins.
    return shifted.slice(offset === 0 ? 0 : 4, Math.floor(((offset + secret.length) * 8) / 6))
  })
  const hex = Buffer.from(secret).toString('hex')
  return [secret, ...base64, hex, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)].map((text) =>
    Buffer.from(text),
  )
}

function leaks(octets: Uint8Array, secrets: readonly string[]): string[] {
  return secrets.filter((secret) => traces(secret).some((trace) => Buffer.from(octets).includes(trace)))
}

/** Everything that lies in a home directory, but the files that the user wrote there. */
function written(home: Home, own: readonly string[]): readonly (readonly [string, Buffer])[] {
  return home
    .files('.')
    .filter((name) => !own.includes(name))
    .map((name) => [name, readFileSync(home.path(name))] as const)
}

/** The command lines of all processes, again and again until it is over. */
async function watchProcesses(over: Promise<unknown>): Promise<Buffer> {
  const seen = new Set<string>()
  let isOver = false
  void over.finally(() => {
    isOver = true
  })
  while (!isOver) {
    for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) seen.add(commandLine(id))
    await pause(10)
  }
  return Buffer.from([...seen].join('\n'), 'latin1')
}

function commandLine(id: string): string {
  try {
    return readFileSync(join('/proc', id, 'cmdline'), 'latin1')
  } catch (thrown) {
    // It ended between the two looks.
    return thrown instanceof Error ? '' : String(thrown)
  }
}

interface Scene {
  readonly rc: string
  readonly secret: string
  /** Whether the server takes it. */
  readonly isRight: boolean
  readonly files?: Readonly<Record<string, string>>
  readonly programs?: Readonly<Record<string, string>>
}

/** Runs with everything traced and logged, and looks for the secret in all of it. */
async function run({ rc, secret, isRight, files = {}, programs = {} }: Scene) {
  const path = Object.entries(programs).map(([name, script]) => dirname(fakeProgram(name, script)))
  const home = createHome({ PATH: [...path, process.env['PATH']].join(':') })
  const server = await startServer({
    users: [{ name: 'bob', password: isRight ? secret : 'another', accessToken: isRight ? secret : 'another' }],
    latency: 20,
  })
  server.account('bob').folder('INBOX').append(message(1))
  for (const [name, text] of Object.entries(files)) writeFileSync(home.path(name), text, { mode: 0o600 })
  home.write(bareRc(`${reaching(server)}\nremoteuser = bob\n${rc}`, { general: 'pythonfile = ~/values.py' }))
  const { child, output } = home.start(['-d', 'all', '-l', home.path('log')])
  const ended = once(child, 'close')
  const processes = await watchProcesses(ended)
  const [code] = await ended
  const own = ['.offlineimaprc', ...Object.keys(files)]
  const everything = [
    ['stdout', Buffer.from(output.out)],
    ['stderr', Buffer.from(output.err)],
    ['processes', processes],
    ...written(home, own),
  ] as const
  const leaking = everything.flatMap(([name, octets]) => leaks(octets, [secret]).map(() => name))
  return { code, leaking, sizes: new Map(everything.map(([name, octets]) => [name, octets.length])) }
}

const values = `
from subprocess import check_output
def password():
    return open(__import__('os').path.expanduser('~/secret')).read().strip()
def failing():
    return {}[password()]
`

describe('a secret', () => {
  const secret = 'k9:"\\s3cr3t#%&+/=ü'
  const quoted = secret.replaceAll('%', '%%')
  const print = `printf '%s\\n' '${secret}'`
  const ways: readonly (readonly [string, Omit<Scene, 'secret' | 'isRight'>])[] = [
    ['remotepass', { rc: `remotepass = ${quoted}` }],
    ['remotepassfile', { rc: 'remotepassfile = ~/secret', files: { secret: `${secret}\n` } }],
    ['remotepasseval', { rc: 'remotepasseval = password()', files: { secret, 'values.py': values } }],
    [
      'netrc',
      {
        rc: '',
        files: { '.netrc': `machine 127.0.0.1 login bob password "${secret.replaceAll(/["\\]/g, '\\$&')}"\n` },
      },
    ],
    ['command', { rc: 'remotepassprovider = command:print-it', programs: { 'print-it': print } }],
    ['command-shell', { rc: 'remotepassprovider = command-shell:print-it | cat', programs: { 'print-it': print } }],
    ['pass', { rc: 'remotepassprovider = pass:x', programs: { pass: print } }],
    [
      'gpg',
      {
        rc: 'remotepassprovider = gpg:~/x',
        programs: { gpg: `${print}; echo '[GNUPG:] DECRYPTION_OKAY' >&2` },
        files: { x: 'sealed' },
      },
    ],
    ['keyring', { rc: 'remotepassprovider = keyring:', programs: { keyring: print } }],
  ]

  for (const mechanism of ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-256']) {
    it.each([true, false])(`is shown nowhere by ${mechanism}, whether the server takes it: %s`, async (isRight) => {
      const rc = `remotepass = ${quoted}\nauth_mechanisms = ${mechanism}`
      const { code, leaking, sizes } = await run({ rc, secret, isRight, files: { 'values.py': values } })
      expect({ code, leaking }).toEqual({ code: isRight ? 0 : 4, leaking: [] })
      // It did look somewhere.
      for (const name of ['stderr', 'log', 'processes']) expect(sizes.get(name)).toBeGreaterThan(500)
    })
  }

  it.each(ways)('from %s is shown nowhere', async (_, way) => {
    const files = { 'values.py': values, ...way.files }
    for (const isRight of [true, false]) {
      const { code, leaking } = await run({ ...way, files, secret, isRight })
      expect({ code, leaking }).toEqual({ code: isRight ? 0 : 4, leaking: [] })
    }
  })

  it.each(['XOAUTH2', 'OAUTHBEARER'])('that is an access token is shown nowhere by %s', async (mechanism) => {
    const token = 'ya29.a0Af-token_of~bob+/=='
    for (const isRight of [true, false]) {
      const rc = `auth_mechanisms = ${mechanism}\noauth2_access_token = ${token}`
      const { code, leaking } = await run({ rc, secret: token, isRight, files: { 'values.py': values } })
      expect({ code, leaking }).toEqual({ code: isRight ? 0 : 4, leaking: [] })
    }
  })

  it('is shown by no expression that fails over it', async () => {
    const files = { secret, 'values.py': values }
    expect(await run({ rc: 'remotepasseval = failing()', secret, isRight: true, files })).toMatchObject({
      code: 1,
      leaking: [],
    })
  })

  it('would be found, were it somewhere', () => {
    const shown = [
      `x${secret}`,
      `user\0${secret}`,
      Buffer.from(`\0bob\0${secret}`).toString('base64'),
      encodeURIComponent(secret),
    ]
    for (const text of shown) expect(leaks(Buffer.from(text), [secret])).toEqual([secret])
    for (const before of ['', 'a', 'ab', 'abc']) {
      const coded = Buffer.from(`${before}${secret}tail`).toString('base64')
      expect(leaks(Buffer.from(coded), [secret])).toEqual([secret])
    }
  })
})
