import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runProgram } from '@mailtide/run-program'
import {
  createGnupgHome,
  fakeProgram,
  type GnomeKeyring,
  type GnupgHome,
  gnomeKeyringPrograms,
  programsAvailability,
  startGnomeKeyring,
  temporaryDirectory,
} from '@mailtide/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bareRc, createHome, mailIn, message, reaching, startServer } from '../testing/mailtide-home.ts'

/** What a recipe sets up. */
interface Recipe {
  /** The lines of `[Repository home-server]` that say how to log in. */
  readonly rc: string
  readonly pythonFile?: string
  /** Files in the home directory, for its owner alone. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  /** Of the files. Default: 0600. */
  readonly mode?: number
  readonly environment?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  /** Who may log in. Default: bob, whose password is `hunter2 #1`. */
  readonly user?: { readonly name: string; readonly password: string; readonly accessToken?: string }
}

const bob = { name: 'bob', password: 'hunter2 #1', accessToken: 'ya29.token' }

/** Syncs once with a recipe: all that was printed, and how many messages came. */
async function follow({ rc, pythonFile, files = {}, mode = 0o600, environment = {}, args = [], user = bob }: Recipe) {
  const home = createHome({ ...environment, PATH: `${environment['PATH'] ?? ''}:${process.env['PATH']}` })
  const server = await startServer({ users: [user] })
  server.account(user.name).folder('INBOX').append(message(1))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(home.path(name)), { recursive: true })
    writeFileSync(home.path(name), typeof content === 'string' ? content.replaceAll('HOST', server.host) : content)
    chmodSync(home.path(name), mode)
  }
  if (pythonFile !== undefined) writeFileSync(home.path('.offlineimap.py'), pythonFile)
  const python = pythonFile === undefined ? {} : { general: 'pythonfile = ~/.offlineimap.py' }
  home.write(bareRc(`${reaching(server)}\n${rc}`, python))
  const { code, out, err } = await home.run('-u', 'quiet', ...args)
  return { code, printed: out + err, messages: mailIn(home).length }
}

const done = { code: 0, printed: '', messages: 1 }
const modes = ['auto', 'builtin', 'host'] as const

describe('a netrc file', () => {
  it('tells the password of a user', async () => {
    const files = { '.netrc': 'machine HOST\n    login bob\n    password "hunter2 #1"\n' }
    expect(await follow({ rc: 'remoteuser = bob', files })).toEqual(done)
  })

  it('tells the user, too', async () => {
    const files = { '.netrc': 'machine HOST login bob password "hunter2 #1"\n' }
    expect(await follow({ rc: '', files })).toEqual(done)
  })

  it.each(['bob', 'eve'])('tells several accounts on one host apart: %s', async (name) => {
    const files = { '.netrc': 'machine HOST login bob password of-bob\nmachine HOST login eve password of-eve\n' }
    const user = { name, password: `of-${name}` }
    expect(await follow({ rc: `remoteuser = ${name}`, files, user })).toEqual(done)
  })

  it('has to be for its owner alone, or says what to type', async () => {
    const files = { '.netrc': 'machine HOST login bob password "hunter2 #1"\n' }
    const { code, printed } = await follow({ rc: 'remoteuser = bob', files, mode: 0o644 })
    expect(code).toBe(1)
    expect(printed).toMatch(/chmod 600 .*\.netrc/)
    expect(printed).not.toContain('hunter2')
  })

  it('comes after the password in the rc file', async () => {
    const files = { '.netrc': 'machine HOST login bob password wrong\n' }
    expect(await follow({ rc: 'remoteuser = bob\nremotepass = hunter2 #1', files })).toEqual(done)
  })
})

describe('a file that gpg decrypts', () => {
  let gnupg: GnupgHome | undefined
  let missing: string | undefined
  beforeAll(async () => {
    const availability = await programsAvailability({ gpg: 'gnupg', gpgconf: 'gnupg', pass: 'pass' })
    if (availability.ok) gnupg = await createGnupgHome()
    else missing = availability.reason
  })
  afterAll(() => gnupg?.close())

  const pythonFile = `#! /usr/bin/env python
from subprocess import check_output

def get_pass():
    return check_output("gpg -dq ~/.offlineimappass.gpg", shell=True).rstrip(b"\\n")
`

  it.for(modes)('is read by the function of the ArchWiki, by %s', async (mode, ctx) => {
    if (!gnupg) return ctx.skip(missing)
    const files = { '.offlineimappass.gpg': await gnupg.encrypt('hunter2 #1\n') }
    const rc = 'remoteuser = bob\nremotepasseval = get_pass()'
    expect(await follow({ rc, pythonFile, files, environment: gnupg.env, args: ['--python', mode] })).toEqual(done)
  })

  it('is read by gpg:, the user with it', async (ctx) => {
    if (!gnupg) return ctx.skip(missing)
    const files = { '.mail.gpg': await gnupg.encrypt('hunter2 #1\nuser: bob\n') }
    const rc = 'remotepassprovider = gpg:~/.mail.gpg'
    expect(await follow({ rc, files, environment: gnupg.env })).toEqual(done)
  })

  it('has a sibling in pass, by the function of the ArchWiki', async (ctx) => {
    if (!gnupg) return ctx.skip(missing)
    const environment = await passStore(gnupg, { 'Mail/Gmail': 'hunter2 #1\nuser: bob\n' })
    const script = `#! /usr/bin/env python
from subprocess import check_output

def get_pass(account):
    return check_output("pass Mail/" + account, shell=True).splitlines()[0]
`
    for (const mode of modes) {
      const rc = 'remoteuser = bob\nremotepasseval = get_pass("Gmail")'
      expect(await follow({ rc, pythonFile: script, environment, args: ['--python', mode] })).toEqual(done)
    }
    expect(await follow({ rc: 'remotepassprovider = pass:Mail/Gmail', environment })).toEqual(done)
    const both = 'remoteuserprovider = pass:Mail/Gmail\nremotepassprovider = pass:Mail/Gmail'
    expect(await follow({ rc: both, environment })).toEqual(done)
    const field = 'remoteuserprovider = pass:Mail/Gmail#user\nremotepassprovider = pass:Mail/Gmail'
    expect(await follow({ rc: field, environment })).toEqual(done)
  })
})

async function passStore(gnupg: GnupgHome, entries: Readonly<Record<string, string>>) {
  const env = { ...gnupg.env, PASSWORD_STORE_DIR: join(temporaryDirectory(), 'store') }
  const pass = (args: readonly string[], input = '') =>
    runProgram({ command: 'pass', args, input, env, timeout: 60_000 })
  await pass(['init', gnupg.recipient])
  for (const [entry, text] of Object.entries(entries)) await pass(['insert', '--multiline', '--force', entry], text)
  return env
}

describe('the keyring of a desktop', () => {
  let keyring: GnomeKeyring | undefined
  let missing: string | undefined
  beforeAll(async () => {
    const availability = await programsAvailability({
      ...gnomeKeyringPrograms,
      // It brings python3-secretstorage with it.
      '/usr/bin/keyring': 'python3-keyring',
    })
    if (availability.ok) keyring = await startGnomeKeyring()
    else missing = availability.reason
    await keyring?.store('Password for bob', { username: 'bob', repo: 'Work', Title: 'imap.work' }, 'hunter2 #1')
    await keyring?.store('An entry of python-keyring', pythonEntry('host', 'bob'), 'hunter2 #1')
    await keyring?.store('Another', pythonEntry('127.0.0.1', 'bob'), 'hunter2 #1')
  })
  afterAll(() => keyring?.close())

  const pythonEntry = (service: string, username: string) => ({
    application: 'Python keyring library',
    service,
    username,
  })

  // Debian's own python3 has the modules.
  const environment = () => ({
    DBUS_SESSION_BUS_ADDRESS: keyring?.env['DBUS_SESSION_BUS_ADDRESS'] ?? '',
    PATH: '/usr/bin',
  })

  // What the page's own script was for, in the words of python-secretstorage.
  const pythonFile = `import secretstorage

def items():
    return secretstorage.get_default_collection(secretstorage.dbus_init()).get_all_items()

def get_pw_from_desc(description):
    return [item for item in items() if item.get_label() == description][0].get_secret().decode()

def matching(name, value):
    return [item for item in items() if item.get_attributes().get(name) == value][0]

def get_pw_from_attrs(name, value):
    return matching(name, value).get_secret()

def get_val_from_attrs(wanted, name, value):
    return matching(name, value).get_attributes()[wanted]

def get_username(repo):
    return get_val_from_attrs("username", "repo", repo)

def get_password(repo):
    return get_pw_from_attrs("repo", repo)
`
  const titled = `#! /usr/bin/env python
import os
from subprocess import check_output

def get_pass(account):
    return check_output("secret-tool lookup Title " + account, shell=True).splitlines()[0].decode("UTF-8")
`
  const titledByStorage = `#! /usr/bin/env python
import secretstorage
from contextlib import closing
def get_pass(title):
    with closing(secretstorage.dbus_init()) as conn:
        collection = secretstorage.get_default_collection(conn)
        if collection.is_locked():
            collection.unlock()
        matches = collection.search_items({"Title": title})
        entry = next(matches)
        if entry.is_locked():
            entry.unlock()
        return entry.get_secret()
`

  it.for<readonly [string, Recipe]>([
    ['by description', { pythonFile, rc: 'remoteuser = bob\nremotepasseval = get_pw_from_desc("Password for bob")' }],
    [
      'by attributes, the user too',
      {
        pythonFile,
        rc: 'remoteusereval = get_val_from_attrs("username", "repo", "Work")\nremotepasseval = get_pw_from_attrs("repo", "Work")',
      },
    ],
    [
      'by functions of its own',
      { pythonFile, rc: 'remoteusereval = get_username("Work")\nremotepasseval = get_password("Work")' },
    ],
    [
      'through secret-tool, by Title',
      { pythonFile: titled, rc: 'remoteuser = bob\nremotepasseval = get_pass("imap.work")' },
    ],
    [
      'through python-secretstorage, by Title',
      { pythonFile: titledByStorage, rc: 'remoteuser = bob\nremotepasseval = get_pass("imap.work")' },
    ],
    [
      'through python-keyring',
      { pythonFile: 'import keyring\n', rc: 'remoteuser = bob\nremotepasseval = keyring.get_password("host","bob")' },
    ],
    ['by its label, without Python', { rc: 'remoteuser = bob\nremotepassprovider = secret-service:Password for bob' }],
    ['by attributes, without Python', { rc: 'remotepassprovider = secret-service:repo=Work' }],
    ['by Title, without Python', { rc: 'remoteuser = bob\nremotepassprovider = secret-service:Title=imap.work' }],
    ['as python-keyring keeps it, without Python', { rc: 'remotepassprovider = keyring:host/bob' }],
    ['with nothing said at all, as OfflineIMAP looks there', { rc: 'remoteuser = bob' }],
  ])('is asked %s', async ([, recipe], ctx) => {
    if (!keyring) return ctx.skip(missing)
    expect(await follow({ ...recipe, environment: environment() })).toEqual(done)
  })

  it('is left alone with --ignore-keyring', async (ctx) => {
    if (!keyring) return ctx.skip(missing)
    const rc = 'remoteuser = bob'
    const { code, printed } = await follow({ rc, environment: environment(), args: ['--ignore-keyring'] })
    expect(code).toBe(1)
    expect(printed).toMatch(/there is no password for \[Repository server\]/)
  })

  it('keeps with --update-keyring what the server took', async (ctx) => {
    if (!keyring) return ctx.skip(missing)
    const eve = { name: 'eve', password: 'of eve' }
    const first = { rc: 'remoteuser = eve\nremotepass = of eve', user: eve, environment: environment() }
    expect(await follow({ ...first, args: ['--update-keyring'] })).toEqual(done)
    expect(await follow({ ...first, rc: 'remoteuser = eve' })).toEqual(done)
  })
})

describe('an access token of oama', () => {
  const oama = () => dirname(fakeProgram('oama', '[ "$1 $2" = "access bob@example.org" ] && echo ya29.token'))
  const user = { ...bob, name: 'bob@example.org' }

  it.each(modes)('is asked for by the function of the ArchWiki, by %s', async (mode) => {
    const pythonFile = `import subprocess

def get_token(email_address):
    return subprocess.run(["oama", "access", email_address], capture_output=True, text=True).stdout
`
    const rc = `remoteuser = bob@example.org
auth_mechanisms = XOAUTH2
oauth2_client_id = YOUR_OAUTH2_CLIENT_ID
oauth2_client_secret = YOUR_OAUTH2_CLIENT_SECRET
oauth2_request_url =
oauth2_access_token_eval = get_token("bob@example.org")`
    expect(await follow({ rc, pythonFile, user, environment: { PATH: oama() }, args: ['--python', mode] })).toEqual(
      done,
    )
  })

  it.each([
    'oama:bob@example.org',
    'command:oama access bob@example.org',
    "command-shell:oama access 'bob@example.org'",
  ])('is asked for by %s', async (provider) => {
    const rc = `remoteuser = bob@example.org\noauth2_access_token_provider = ${provider}`
    expect(await follow({ rc, user, environment: { PATH: oama() } })).toEqual(done)
  })
})
