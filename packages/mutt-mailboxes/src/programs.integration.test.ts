import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { formatMailboxes } from './format-mailboxes.ts'
import type { PlacedMailbox } from './mailbox.ts'
import type { MailboxFormat } from './ready-formats.ts'

const names = [
  'INBOX',
  'Sent Mail',
  '  two  blanks  ',
  'say "hi"',
  "it's",
  '$HOME',
  '$x{HOME}$(id)',
  '`echo x`',
  'back\\slash\\n\\',
  'a#b;c&d|e<f>g',
  '~user',
  '!x',
  '=x+y',
  '^',
  '-notify',
  '%s%%x',
  '[a-z]*?{b}',
  'Entw\u00fcrfe',
  '\u65e5\u672c\u8a9e',
  '\u{1f4e7}',
  '\u201cfancy\u201d',
  '&Auc-.x/y',
]

function maildirOf(name: string): PlacedMailbox {
  const localFolders = temporaryDirectory()
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(localFolders, name, part), { recursive: true })
  writeFileSync(join(localFolders, name, 'new/1.2.host'), 'From: a@example.org\nSubject: here\n\nhi\n')
  return { account: 'home', folder: name, localFolders }
}

const shellQuoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`

/** Whether the program, told to open the first mailbox that has new mail, finds one. It wants a terminal. */
function finds(program: string, box: PlacedMailbox, format: MailboxFormat): boolean {
  const home = temporaryDirectory()
  const list = join(home, 'mailboxes')
  writeFileSync(list, formatMailboxes({ boxes: [box], format }))
  writeFileSync(join(home, 'rc'), `set folder="${home}" spoolfile="${home}/none"\nsource "${list}"\n`)
  const command = `${program} -n -F ${shellQuoted(join(home, 'rc'))} -Z -e 'push <exit>'`
  const env = { PATH: process.env['PATH'], HOME: home, TERM: 'xterm', LC_ALL: 'C.UTF-8' }
  const log = join(home, 'log')
  const run = spawnSync('script', ['-qec', command, log], { env, stdio: ['ignore', 'ignore', 'pipe'], timeout: 20_000 })
  return run.status === 0 && readFileSync(log, 'latin1').includes('here')
}

describe.each([
  { program: 'mutt', format: 'mutt' },
  { program: 'neomutt', format: 'mutt' },
  { program: 'neomutt', format: 'neomutt-named' },
] as const)('$program reads the format $format', ({ program, format }) => {
  it.for([...names, 'a\nb', '\x01\x1b2\x7f'])('with a mailbox named %j', (name, ctx) => {
    const reason = unavailable(program, 'script')
    if (reason) return ctx.skip(reason)
    expect(finds(program, maildirOf(name), format)).toBe(true)
  })

  it('and finds nothing under a name that is nearly the same', (ctx) => {
    const reason = unavailable(program, 'script')
    if (reason) return ctx.skip(reason)
    expect(finds(program, { ...maildirOf('a  b'), folder: 'a b' }, format)).toBe(false)
  })
})

it('notmuch finds by its line each mailbox and no other', (ctx) => {
  const reason = unavailable('notmuch')
  if (reason) return ctx.skip(reason)
  const root = temporaryDirectory()
  const boxes = ['', ...names].map(
    (folder): PlacedMailbox => ({ account: 'home', folder, localFolders: `${root}/home` }),
  )
  for (const [index, { localFolders, folder }] of boxes.entries()) {
    for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(localFolders, folder, part), { recursive: true })
    const message = `From: a@example.org\nSubject: x\nMessage-ID: <m${index}@example.org>\n\nhi\n`
    writeFileSync(join(localFolders, folder, 'cur/1.2.host:2,S'), message)
  }
  writeFileSync(
    join(root, 'config'),
    `[database]\npath=${root}\n[user]\nprimary_email=a@example.org\n[new]\ntags=new\n`,
  )
  const notmuch = (...words: readonly string[]) => {
    const env = { PATH: process.env['PATH'], HOME: root, NOTMUCH_CONFIG: join(root, 'config') }
    return spawnSync('notmuch', words, { env, encoding: 'utf8', timeout: 20_000 }).stdout
  }
  notmuch('new', '--quiet')
  const lines = formatMailboxes({ boxes, format: 'notmuch', mailRoot: root, order: 'given' }).trimEnd().split('\n')
  const found = lines.map((line) => notmuch('search', '--output=messages', '--', line).trim())
  expect(found).toEqual(boxes.map((_, index) => `id:m${index}@example.org`))
})

/** What aerc shows of the only message in a mailbox, which it is told to open beside an empty one. */
async function shownByAerc(folder: string): Promise<string> {
  const { localFolders } = maildirOf(folder)
  const home = temporaryDirectory()
  const config = join(home, 'aerc')
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(localFolders, 'empty', part), { recursive: true })
  mkdirSync(config)
  const boxes = ['empty', folder].map((each) => ({ account: 'home', folder: each, localFolders }))
  writeFileSync(join(home, 'map'), formatMailboxes({ boxes, format: 'aerc' }))
  const account = `source=notmuch://${localFolders}\nquery-map=${home}/map\ndefault=home/empty\nfrom=a@example.org\n`
  writeFileSync(join(config, 'accounts.conf'), `[home]\n${account}`, { mode: 0o600 })
  const notmuchConfig = join(home, 'notmuch-config')
  writeFileSync(notmuchConfig, `[database]\npath=${localFolders}\n[user]\nprimary_email=a@example.org\n`)
  const paths = { HOME: home, XDG_CONFIG_HOME: home, NOTMUCH_CONFIG: notmuchConfig }
  const env = { PATH: process.env['PATH'], TERM: 'xterm', LC_ALL: 'C.UTF-8', ...paths }
  spawnSync('notmuch', ['new', '--quiet'], { env, timeout: 20_000 })

  const terminal = spawn('script', ['-qec', 'stty cols 100 rows 30; aerc', '/dev/null'], { env, timeout: 10_000 })
  const answers = new Map([
    ['(no messages)', ':next-folder\r'],
    ['here', ':quit\r'],
  ])
  let shown = ''
  for await (const chunk of terminal.stdout) {
    shown += chunk
    for (const [met, answer] of answers) {
      if (shown.includes(met) && answers.delete(met)) terminal.stdin.write(answer)
    }
  }
  return shown
}

it.for(['Sent Mail', 'say "hi"', '$HOME `id` \\n#;', 'Entw\u00fcrfe'])(
  'aerc opens a mailbox named %j',
  async (name, ctx) => {
    const reason = unavailable('aerc', 'notmuch', 'script')
    if (reason) return ctx.skip(reason)
    expect(await shownByAerc(name)).toContain('here')
  },
)

/** An empty directory until the test is over. */
function temporaryDirectory(): string {
  const path = mkdtempSync(join(realpathSync(tmpdir()), 'mailtide-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true, maxRetries: 3 }))
  return path
}

/**
 * Why these programs cannot be run, if they cannot. Those that Debian has under their own name are installed first,
 * by root; whoever asks at the same time waits. A pure room may not lean on what `@mailtide/testing` leans on.
 */
function unavailable(...programs: readonly string[]): string | undefined {
  const missing = () => programs.filter((name) => !isInstalled(name))
  if (missing().length > 0 && process.getuid?.() === 0 && isInstalled('apt-get') && isInstalled('flock')) {
    const script = `apt-get -q update && apt-get -q install -y --no-install-recommends ${missing().join(' ')}`
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
    spawnSync('flock', ['/var/lib/apt/lists', 'sh', '-c', script], { env, stdio: 'ignore', timeout: 300_000 })
  }
  return missing().length === 0 ? undefined : `not installed: ${missing().join(', ')}`
}

function isInstalled(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((place) => existsSync(join(place, name)))
}
