import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { accountRc, createHome, general } from '../testing/mailtide-home.ts'

const cases = new URL('../test-cases/', import.meta.resolve('@mailtide/config'))
const pathOf = (name: string) => fileURLToPath(new URL(name, cases))

function homeWith(remote: string, more = '') {
  const home = createHome()
  home.write(general('home', more) + accountRc('home', 1, { remote }))
  return home
}

describe('mailtide config check', () => {
  it('tells every mistake, those of rules included, and ends with 1 if one is an error', async () => {
    const home = homeWith('ssll = no\nfolderfilter = include INBOX\nnametrans = lambda f: f.lower(\nmaxage = 3')
    const { code, out, err } = await home.run('config', 'check')
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(out).toMatch(/:20: warning: ssll is no option/)
    expect(out).toMatch(/:23: warning: maxage says nothing in .*belongs in \[Account …\]/)
    expect(out).toMatch(/SyntaxError.*offlineimaprc:21/)
    expect(out).toMatch(/SyntaxError.*offlineimaprc:22/)
    expect(out).toMatch(/offlineimaprc: 2 errors, 2 warnings\n$/)
  })

  it('tells what the providers of an account do not understand, and where it is written', async () => {
    const home = homeWith('remotepassprovider = command:my-pass | head -1\nremoteuserprovider = pass:')
    const { code, out } = await home.run('config', 'check')
    expect(code).toBe(1)
    expect(out).toMatch(/remotepassprovider \(.*offlineimaprc:20\): .*command-shell/)
    expect(out).toMatch(/remoteuserprovider \(.*offlineimaprc:21\): The argument of pass: names no entry/)
  })

  it('asks for no password, and ends with 0 where there are only warnings', async () => {
    const home = homeWith('remotepasseval = ask()', 'pythonfile = ~/ask.py\nui = Curses.Blinkenlights')
    writeFileSync(home.path('ask.py'), `def ask():\n    open('${home.path('asked')}', 'w').close()\n`)
    const { code, out } = await home.run('config', 'check')
    expect(code).toBe(0)
    expect(out).toMatch(/: no errors, 1 warning\n$/)
    expect(home.files('.')).toEqual(['.offlineimaprc', 'ask.py'])
  })

  it('says where it looked when there is no rc file', async () => {
    const { code, out } = await createHome().run('config', 'check')
    expect(code).toBe(1)
    expect(out).toMatch(/^error: there is no configuration file/)
  })
})

describe('mailtide config explain', () => {
  it('explains an option, or says which one was probably meant', async () => {
    const home = createHome()
    expect((await home.run('config', 'explain', 'nametrans')).out).toMatch(/^nametrans, in/)
    const { code, err } = await home.run('config', 'explain', 'nametrns')
    expect({ code, err }).toEqual({ code: 1, err: 'mailtide: nametrns is no option. Did you mean nametrans?\n' })
  })
})

describe('mailtide config dump', () => {
  it('prints what Python makes of a file, -k counting for what is evaluated alone', async () => {
    const name = '132-json-store'
    const args = ['--json', '--folders', pathOf('sample.json'), '-c', pathOf(`${name}.rc`)]
    const override = ['-k', `pythonfile=${pathOf(`${name}.py`)}`]
    const { code, out, err } = await createHome().run('config', 'dump', ...args, ...override)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out)).toEqual(JSON.parse(readFileSync(pathOf(`${name}.expect.json`), 'utf8')))
  })

  it('says what it cannot evaluate, and dumps the rest', async () => {
    const home = homeWith("remotepasseval = get('x')\nnametrans = strip-prefix: INBOX/")
    writeFileSync(home.path('names.json'), '{"names": ["INBOX/a"]}')
    const { code, out, err } = await home.run('config', 'dump', '--python', 'off', '--folders', 'names.json')
    expect(code).toBe(1)
    expect(err).toMatch(/remotepasseval \(.*:20\) is Python, which --python off forbids/)
    expect(JSON.parse(out)).toMatchObject({
      evalErrors: { 'Repository home-server': { remotepasseval: 'cli/python-off' } },
      folders: { 'Repository home-server': [{ in: 'INBOX/a', nametrans: 'a', filter: true }] },
    })
  })

  it('says which override it cannot read', async () => {
    const { code, err } = await homeWith('').run('config', 'dump', '-k', 'Account_hom:quick=1')
    expect({ code, err }).toEqual({
      code: 1,
      err: '-k Account_hom:quick: error: there is no section [Account hom] (Did you mean Account_home?)\n',
    })
  })

  it('notes a rule that cannot be evaluated, and that it fails for every name', async () => {
    const home = homeWith("nametrans = unknown\nfolderfilter = lambda f: f['x']")
    writeFileSync(home.path('names.json'), '{"names": ["a"]}')
    const { out } = await home.run('config', 'dump', '--folders', 'names.json')
    expect(JSON.parse(out)).toMatchObject({
      evalErrors: { 'Repository home-server': { nametrans: 'NameError' } },
      folders: { 'Repository home-server': [{ in: 'a', nametransError: 'NameError', filterError: 'TypeError' }] },
    })
  })

  it('reads a byte order mark and lines that are not in UTF-8, which Python refuses', async () => {
    const home = createHome()
    writeFileSync(home.path('.offlineimaprc'), '\ufeff[general]\naccounts = a\n')
    expect(JSON.parse((await home.run('config', 'dump')).out)).toMatchObject({
      parses: false,
      error: 'MissingSectionHeaderError',
      lenient: { parses: true, accounts: ['a'] },
    })
    writeFileSync(home.path('.offlineimaprc'), Buffer.from('[general]\naccounts = \xe9\n', 'latin1'))
    expect(JSON.parse((await home.run('config', 'dump')).out)).toMatchObject({
      parses: false,
      error: 'UnicodeDecodeError',
      lenient: { parses: true, accounts: ['é'] },
    })
  })

  it('wants a list of names', async () => {
    const home = homeWith('')
    writeFileSync(home.path('names.json'), '["INBOX"]')
    const { code, err } = await home.run('config', 'dump', '--folders', 'names.json')
    expect(code).toBe(1)
    expect(err).toMatch(/names\.json \(--folders\) cannot be used: it has no list of "names"/)
  })
})
