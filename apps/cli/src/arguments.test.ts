import { describe, expect, it } from 'vitest'
import { readArguments } from './arguments.ts'

const usual = {
  overrides: [],
  once: false,
  quick: false,
  syslog: false,
  single: false,
  dryRun: false,
  allowDeletions: false,
  ignoreKeyring: false,
  updateKeyring: false,
  python: 'auto',
  trace: [],
}

describe('readArguments', () => {
  it.each([
    ['', {}],
    ['-c /rc', { config: '/rc' }],
    ['-c/rc', { config: '/rc' }],
    ['-a home,work', { accounts: ['home', 'work'] }],
    ['-a home -a work', { accounts: ['work'] }],
    ['-f INBOX,[Gmail]/Sent', { folders: ['INBOX', '[Gmail]/Sent'] }],
    ['-k a=b -k Account_x:c=d', { overrides: ['a=b', 'Account_x:c=d'] }],
    ['-k -x=-y', { overrides: ['-x=-y'] }],
    ['-o -q -1', { once: true, quick: true, single: true }],
    ['-oq1', { once: true, quick: true, single: true }],
    ['--dry-run', { dryRun: true }],
    ['--allow-deletions', { allowDeletions: true }],
    ['-u basic -l log', { ui: 'basic', log: 'log' }],
    ['-s', { syslog: true }],
    ['-d imap', { trace: ['imap'], single: true }],
    ['-d IMAP,thread', { trace: ['imap', 'thread'] }],
    ['-d all', { trace: ['imap', 'maildir', 'thread'] }],
    ['--python HOST', { python: 'host' }],
    ['-1 -d thread', { trace: ['thread'], single: true }],
    ['-P prof', { profile: 'prof', single: true }],
    ['--ignore-keyring', { ignoreKeyring: true }],
    ['--update-keyring', { updateKeyring: true }],
  ])('%s', (line, expected) => {
    expect(readArguments(words(line))).toEqual({ command: 'sync', flags: { ...usual, ...expected } })
  })

  it('drops blanks around the names of accounts', () => {
    expect(readArguments(['-a', 'home, my work ,'])).toMatchObject({ flags: { accounts: ['home', 'my work'] } })
  })

  it.each([
    ['-h', 'help'],
    ['--help --info', 'help'],
    ['--version', 'version'],
    ['-V', 'versions'],
  ])('%s', (line, command) => {
    expect(readArguments(words(line))).toEqual({ command })
  })

  it('keeps the other flags for --info', () => {
    expect(readArguments(words('--info -a home'))).toMatchObject({ command: 'info', flags: { accounts: ['home'] } })
  })

  it.each([
    ['--info --migrate-fmd5-using-nametrans --mbnames-prune --delete-folder Old', { command: 'info' }],
    ['--delete-folder Old --mbnames-prune --migrate-fmd5-using-nametrans', { command: 'migrate hashes' }],
    ['--delete-folder Old --mbnames-prune', { command: 'prune mailboxes' }],
    ['--delete-folder Old/Mail', { command: 'delete folder', name: 'Old/Mail' }],
  ])('takes what OfflineIMAP takes first from %s', (line, expected) => {
    expect(readArguments(words(`${line} --dry-run`))).toMatchObject({ ...expected, flags: { dryRun: true } })
  })

  it.each([
    ['folders -a home', { command: 'folders', flags: { accounts: ['home'] } }],
    ['login home -c rc', { command: 'login', login: { account: 'home', device: false }, flags: { config: 'rc' } }],
    ['login home --device --port 8080', { command: 'login', login: { account: 'home', device: true, port: 8080 } }],
    ['config check -c rc', { command: 'config check', flags: { config: 'rc' } }],
    ['-c rc config check', { command: 'config check', flags: { config: 'rc' } }],
    ['config explain sep', { command: 'config explain', option: 'sep' }],
    ['verify home', { command: 'verify', verify: { deep: false, repair: false, json: false } }],
    [
      'verify home --deep --repair --json',
      { command: 'verify', flags: { accounts: ['home'] }, verify: { deep: true, repair: true, json: true } },
    ],
    ['config dump --json --folders s.json', { command: 'config dump', sample: 's.json' }],
  ])('reads the command in %s', (line, expected) => {
    expect(readArguments(words(line))).toMatchObject(expected)
  })

  it.each([
    ['--no-such-switch', 'no such flag: --no-such-switch'],
    ['-x', 'no such flag: -x'],
    ['-ox', 'no such flag: -x'],
    ['--a home', 'no such flag: --a'],
    ['-c', '-c wants FILE'],
    ['--dry-run=yes', '--dry-run takes no argument'],
    ['home', 'home: no such command. Is it an account? Then write -a home'],
    ['config', /^config: no such command. There are: config check, config explain OPTION, config dump/],
    ['config chekc', /^config chekc: no such command\. There are: /],
    ['config explain', 'Write mailtide config explain OPTION'],
    ['folders more', 'more: mailtide folders takes no more words'],
    ['--json', '--json belongs to mailtide config dump and mailtide verify'],
    ['--repair', '--repair belongs to mailtide verify'],
    ['verify', 'Write mailtide verify ACCOUNT'],
    ['verify home --repair --dry-run', '--repair and --dry-run: which of them?'],
    ['config check --folders x', '--folders belongs to mailtide config dump'],
    ['--python perl', '--python perl: there are auto, builtin, host, off'],
    ['-d smtp', '-d smtp: can trace imap, maildir, thread, or all'],
    ['-P', '-P wants DIR'],
    ['folders --mbnames-prune', '--mbnames-prune stands alone, without folders'],
    ['--delete-folder', '--delete-folder wants NAME'],
    ['--delete-folder=', '--delete-folder wants NAME'],
    ['--device', '--device belongs to mailtide login'],
    ['login', 'Write mailtide login ACCOUNT'],
    ['login home --port 0', '--port 0: a port lies between 1 and 65535'],
  ])('refuses %s', (line, mistake) => {
    const read = readArguments(words(line))
    expect(read).toMatchObject({ command: 'none' })
    expect(read).toHaveProperty(['mistakes', 0], mistake instanceof RegExp ? expect.stringMatching(mistake) : mistake)
  })

  it('tells every mistake at once', () => {
    expect(readArguments(words('-x --yy -c'))).toEqual({
      command: 'none',
      mistakes: ['no such flag: -x', 'no such flag: --yy', '-c wants FILE'],
    })
  })
})

function words(line: string): string[] {
  return line.split(' ').filter((word) => word !== '')
}
