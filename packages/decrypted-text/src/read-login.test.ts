import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLogin } from './read-login.ts'

const wanted = { host: 'imap.example.org', port: 993, user: 'bob' }
const read = (text: string, field?: string, user: string | undefined = 'bob') => {
  const login = readLogin(text, { ...wanted, user: user === '' ? undefined : user }, field)
  return login && [login.password, login.user]
}

describe('readLogin, in lines', () => {
  it.each([
    { why: 'the first line', text: 'hunter2\n', found: ['hunter2', undefined] },
    { why: 'the first line, with its blanks', text: ' hunter2 \r\nmore', found: [' hunter2 ', undefined] },
    { why: 'the first line, and the user below', text: 'hunter2\nurl: x\nUser: bob\n', found: ['hunter2', 'bob'] },
    { why: 'names and values', text: 'user = bob\npassword = a=b: c \n', found: ['a=b: c', 'bob'] },
    { why: 'names and values with colons', text: 'Password: hunter2\nlogin: bob', found: ['hunter2', 'bob'] },
    { why: 'the field', text: 'hunter2\nimap: other\nuser: bob', field: 'IMAP', found: ['other', 'bob'] },
    { why: 'the field in the first line', text: 'imap=other', field: 'imap', found: ['other', undefined] },
    { why: 'no other field', text: 'hunter2\nimap: other', field: 'smtp', found: undefined },
    { why: 'no password below a user', text: 'user: bob\nhunter2', found: undefined },
    { why: 'nothing in an empty first line', text: '\nhunter2', found: undefined },
    { why: 'nothing in nothing', text: '', found: undefined },
    { why: 'what only looks like JSON', text: '{"a', found: ['{"a', undefined] },
    { why: 'what only looks like a name', text: 'https://x', found: ['https://x', undefined] },
  ])('finds $why', ({ text, field, found }) => {
    expect(read(text, field)).toEqual(found)
  })

  it('takes any first line without a name as it is', () => {
    const line = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => !/[\r\n:={]|^machine|^host|^default/.test(text))
    fc.assert(
      fc.property(line, (text) => {
        expect(read(`${text}\nuser: bob\n`)).toEqual([text, 'bob'])
      }),
    )
  })
})

describe('readLogin, in JSON', () => {
  const text = JSON.stringify({
    password: 'top',
    username: 'bob',
    work: { imap: 'inner', user: 'alice', 'a.b': 1 },
    list: ['x'],
  })

  it.each([
    { field: undefined, found: ['top', 'bob'] },
    { field: 'work.imap', found: ['inner', 'alice'] },
    { field: 'list.0', found: ['x', undefined] },
    { field: 'work', found: undefined },
    { field: 'work.nothing', found: undefined },
    { field: 'nothing.at.all', found: undefined },
    { field: 'constructor.name', found: undefined },
    { field: 'password.length', found: undefined },
  ])('finds $field', ({ field, found }) => {
    expect(read(text, field)).toEqual(found)
  })
})

describe('readLogin, in authinfo', () => {
  const text = `# mine
machine imap.example.org login bob port imaps password "correct \\"horse\\""
machine IMAP.example.org login alice password 2
machine imap.example.org login bob port smtp password 3
machine other.example.org login carol
  password 4
default login dave password 5
`

  it.each([
    { why: 'the login that is asked for', text, user: 'bob', found: ['correct "horse"', 'bob'] },
    { why: 'another', text, user: 'alice', found: ['2', 'alice'] },
    { why: 'default', text, user: 'dave', found: ['5', 'dave'] },
    { why: 'nothing for strangers', text, user: 'eve', found: undefined },
    { why: 'nothing of another host', text, user: 'carol', found: undefined },
    { why: 'nobody for a field', text, user: 'bob', field: 'password', found: undefined },
    { why: 'one for any user', text: 'host imap.example.org password 6', user: 'eve', found: ['6', undefined] },
    { why: 'the only user', text: 'machine imap.example.org user zoe password 7', user: '', found: ['7', 'zoe'] },
  ])('finds $why', ({ text, field, user, found }) => {
    expect(read(text, field, user)).toEqual(found)
  })

  it('reads whatever netrc files may have', () => {
    const text =
      'machine a\nmacdef init\nmachine no\n\nmachine imap.example.org:993 login bob account x password a\\ b\n'
    expect(read(text)).toEqual(['a b', 'bob'])
  })

  it('says on which line it is lost, and shows nothing of it', () => {
    const text = 'machine imap.example.org\npassword correct hunter2\nmachine b password c'
    const message = 'The decrypted file, line 2: a word stands where none is expected'
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'credentials/bad-file', message }))
    expect(() => read('machine')).toThrow('line 1')
  })

  it('asks which of several users is meant', () => {
    expect(() => read(text, undefined, '')).toThrow(expect.objectContaining({ code: 'credentials/several-users' }))
  })
})
