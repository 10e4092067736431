import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  accountRc,
  createHome,
  createScene,
  general,
  type Home,
  mailIn,
  startServer,
} from '../testing/mailtide-home.ts'

const quiet = { code: 0, out: '', err: '' }

/** A home whose account `home` leaves these values to a pythonfile. */
async function sceneWith(values: Readonly<Record<string, string>>, program: string) {
  const { home, server } = await createScene(1, { general: 'pythonfile = ~/values.py' })
  const plain = Object.keys(values).map((option) => option.replace(/eval$/, ''))
  const text = readFileSync(home.path('.offlineimaprc'), 'utf8').replace(
    new RegExp(`^(${plain.join('|')}) = .*\n`, 'gm'),
    (_, option: string) => `${option}eval = ${values[`${option}eval`]}\n`,
  )
  home.write(text)
  writeFileSync(home.path('values.py'), program.replaceAll('PORT', String(server.port)))
  return { home, server }
}

const modes = ['builtin', 'host', 'auto'] as const

describe('values that are Python', () => {
  it.each(modes)('tell host, port, user and password, as str or bytes, by %s', async (mode) => {
    const values = {
      remotehosteval: 'host',
      remoteporteval: 'port()',
      remoteusereval: "secret('user')",
      remotepasseval: "secret('password')",
    }
    const program = `
from subprocess import check_output
host = '127.0.0.1'
def port():
    return PORT
def secret(what):
    return check_output(['echo', 'demo'])
`
    const { home } = await sceneWith(values, program)
    const { code, err } = await home.run('-u', 'quiet', '--python', mode)
    expect(code).toBe(0)
    // Nobody knows beforehand that the host will be this machine.
    expect(err).toMatch(/^[^\n]*sent in clear text[^\n]*\n$/)
    expect(mailIn(home)).toHaveLength(1)
  })

  it.each(modes)('do not show what they came to when the server refuses it, by %s', async (mode) => {
    const { home } = await sceneWith({ remotepasseval: 'password()' }, "def password():\n    return 'hunter' + '2'\n")
    const { code, err } = await home.run('-d', 'imap', '--python', mode)
    expect(code).toBe(4)
    expect(err).toContain('refused to log in demo')
    expect(err).not.toContain('hunter2')
    expect(err).not.toContain(Buffer.from('\0demo\0hunter2').toString('base64'))
  })

  it.each(modes)('do not show what a program printed when something fails after it, by %s', async (mode) => {
    const program = `
import subprocess
def password():
    text = subprocess.check_output(['echo', 'hunter2']).decode()
    return {'a': 1}[text]
`
    const { home } = await sceneWith({ remotepasseval: 'password()' }, program)
    const { code, err } = await home.run('--python', mode)
    expect(code).toBe(1)
    expect(err).toContain('KeyError')
    expect(err).not.toContain('hunter2')
  })

  it.each(modes)('do not repeat a password that somebody wrote without quotes, by %s', async (mode) => {
    const { home } = await sceneWith({ remotepasseval: 'hunter2' }, '')
    const { code, err } = await home.run('--python', mode)
    expect(code).toBe(1)
    expect(err).toMatch(/NameError/)
    expect(err).not.toContain('hunter2')
  })

  it.each([
    ['remotepasseval', 'None', /remotepasseval \(.*\) is None, not a str or bytes/],
    ['remotepasseval', "''", /is an empty str/],
    ['remoteporteval', "'imap'", /is a str, not a number from 1 to 65535/],
  ])('%s = %s is an error that names its line', async (option, text, message) => {
    const { home } = await sceneWith({ [option]: text }, '')
    const { code, err } = await home.run('-u', 'quiet')
    expect(code).toBe(1)
    expect(err).toMatch(message)
  })

  it('are evaluated anew when the server refuses a password that was good, and kept while it is', async () => {
    const users = [{ name: 'demo', password: 'first' }]
    const home = createHome()
    const server = await startServer({ users })
    const rc = `${general('home', 'pythonfile = ~/values.py')}${accountRc('home', server.port)}`
    home.write(rc.replace('remotepass = demo', 'remotepasseval = password()'))
    const program = `
import subprocess
def password():
    return subprocess.check_output('echo x >> ${home.path('asked')}; cat ${home.path('password')}', shell=True).strip()
`
    writeFileSync(home.path('values.py'), program)
    writeFileSync(home.path('password'), 'wrong')
    expect((await home.run('-u', 'quiet')).code).toBe(4)
    writeFileSync(home.path('password'), 'first')
    expect(await home.run('-u', 'quiet')).toEqual(quiet)
    expect(asked(home)).toBeGreaterThanOrEqual(2)
  })

  it('need no python3 where the interpreter does, and say what is missing where it does not', async () => {
    const { home } = await sceneWith({ remotepasseval: 'password()' }, 'def password():\n    return "demo"\n')
    const nothing = ['-u', 'quiet', '-k', 'pythonfile=~/odd.py']
    writeFileSync(home.path('odd.py'), 'import tensorflow\ndef password():\n    return tensorflow.guess()\n')
    expect(await home.run('-u', 'quiet', '--python', 'builtin')).toEqual(quiet)
    const { code, err } = await home.run(...nothing, '--python', 'builtin')
    expect(code).toBe(1)
    expect(err).toMatch(/odd\.py:3/)
    expect(err).toMatch(/Install python3, or say it without Python: "remotepassprovider = /)
  })
})

function asked(home: Home): number {
  return readFileSync(home.path('asked'), 'utf8').split('\n').length - 1
}
