import { describe, expect, it } from 'vitest'
import { completeRc } from './complete-rc.ts'

const whole = `[general]
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
`

describe('completeRc', () => {
  it('adds nothing to what is whole', () => {
    expect(completeRc(whole).split('\n').sort()).toEqual(whole.split('\n').concat(['', '', '', '']).sort())
  })

  it('puts a part into an account of its own', () => {
    const rc = completeRc('[Repository foo-local]\nnametrans = a\n\n[Repository foo-remote]\nnametrans = b')
    expect(rc).toContain('[Account home]\nremoterepository = foo-remote\nlocalrepository = foo-local\n')
    expect(rc).toContain('[Repository foo-local]\nlocalfolders = ~/mail-0\ntype = Maildir\nnametrans = a\n')
    expect(rc).toContain('remotehost = imap.example.org\ntype = IMAP\nnametrans = b')
    expect(rc).toContain('[general]\naccounts = home\n')
  })

  it('gives each account what it lacks', () => {
    const rc = completeRc('[Account a]\nquick = 1\n[Account b]\nquick = 2')
    expect(rc).toContain('accounts = a, b')
    expect(rc).toContain('localrepository = disk1')
    expect(rc.match(/^type = Maildir$/gm)).toHaveLength(2)
  })

  it('says where lines belong that have no header', () => {
    expect(completeRc('# why\nautorefresh = 5', 'Account home')).toMatch(/\[Account home\]\n(.*\n)*autorefresh = 5/)
  })

  it('leaves the server of a Gmail, and a user that is computed, alone', () => {
    const rc = completeRc('[Repository server]\ntype = Gmail\nremoteusereval = f()')
    expect(rc).not.toMatch(/remotehost|remoteuser =/)
  })
})
