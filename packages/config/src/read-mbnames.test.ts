import { describe, expect, it } from 'vitest'
import { formatProblem } from './problem.ts'
import { readConfig } from './read-config.ts'

const account = `[general]
accounts = home
[Account home]
localrepository = disk
remoterepository = server
[Repository disk]
type = Maildir
localfolders = ~/Mail
[Repository server]
type = IMAP
remotehost = imap.example.org
remoteuser = alex
remotepass = secret
`
const template = {
  filename: '~/.mutt/mailboxes',
  header: '"mailboxes "',
  peritem: '"+%(accountname)s/%(foldername)s"',
  sep: '" "',
  footer: String.raw`"\n"`,
}

/** What is made of `[mbnames]` with these options. */
function read(options: Readonly<Record<string, string>>) {
  const lines = Object.entries(options).map(([name, value]) => `${name} = ${value}`)
  const text = `${account}[mbnames]\n${lines.join('\n')}\n`
  const context = { file: 'rc', home: '/home/alex', directory: '/', environment: {} }
  const { config, problems } = readConfig({ text, ...context })
  return { mbnames: config?.mbnames, problems: problems.map(formatProblem) }
}

describe('[mbnames]', () => {
  it('is read as OfflineIMAP has it, the template with its quotes and percent signs', () => {
    const { mbnames, problems } = read({ enabled: 'yes', ...template })
    expect(problems).toEqual([])
    expect(mbnames).toMatchObject({
      file: '/home/alex/.mutt/mailboxes',
      items: { peritem: template.peritem },
      header: { section: 'mbnames', option: 'header', text: '"mailboxes "' },
      sep: { text: '" "' },
      footer: { text: String.raw`"\n"` },
      incremental: false,
    })
  })

  it('takes a program in place of a template', () => {
    const { mbnames, problems } = read({ enabled: 'yes', filename: '/list', format: 'aerc', mailroot: '~/Mail' })
    expect(problems).toEqual([])
    expect(mbnames?.items).toEqual({ format: 'aerc', mailRoot: '/home/alex/Mail' })
  })

  it('is nothing while it is not enabled, and a mistake in it stops nobody then', () => {
    const { mbnames, problems } = read({ enabled: 'no', sep: '"%"' })
    expect(mbnames).toBeUndefined()
    expect(problems).toEqual([expect.stringMatching(/^rc:16: warning: sep holds a single %/)])
  })

  it.each([
    [{ ...template, header: '' }, /error: \[mbnames\] lacks header \(.*header = "mailboxes "; or format = mutt/],
    [{ format: 'mutt' }, /error: \[mbnames\] lacks filename/],
    [{ ...template, sep: '"%"' }, /error: sep holds a single %/],
    [{ filename: '/list', format: 'neomutt' }, /error: format is no program .*'neomutt' \(There are mutt, /],
    [{ filename: '/list', format: 'muttt' }, /error: format is no program .*Did you mean mutt\?/],
    [{ ...template, format: 'mutt' }, /warning: peritem and format are both set/],
  ])('with %j', (options: Record<string, string>, message) => {
    expect(read({ enabled: 'yes', ...options }).problems).toEqual([expect.stringMatching(message)])
  })
})
