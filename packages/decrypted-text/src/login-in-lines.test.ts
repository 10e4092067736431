import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEntry } from './login-in-lines.ts'

describe('readEntry', () => {
  it.each([
    { why: 'the first line alone', text: 'hunter2', found: ['hunter2', undefined] },
    { why: 'the user below', text: 'hunter2\nUser : bob \nurl: x', found: ['hunter2', 'bob'] },
    { why: 'the user by other names', text: 'hunter2\nlogin: eve\nusername: bob', found: ['hunter2', 'bob'] },
    { why: 'a first line that looks like a field', text: 'user: eve\n', found: ['user: eve', undefined] },
    {
      why: 'the field',
      text: 'hunter2\nIMAP password: a: b \nuser: bob',
      field: 'imap password',
      found: ['a: b', 'bob'],
    },
    { why: 'nothing for another field', text: 'hunter2\nimap: x', field: 'smtp', found: undefined },
    { why: 'nothing for an empty field', text: 'hunter2\nimap: ', field: 'imap', found: undefined },
    { why: 'nothing in an empty first line', text: '\nuser: bob', found: undefined },
  ])('finds $why', ({ text, field, found }) => {
    const entry = readEntry(text, field)
    expect(entry && [entry.password, entry.user]).toEqual(found)
  })

  it('takes any first line as it is', () => {
    const line = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[\r\n]/.test(text))
    fc.assert(
      fc.property(line, fc.constantFrom('', '\n', '\r\n', '\nuser: bob\n'), (password, rest) => {
        expect(readEntry(password + rest)?.password).toBe(password)
      }),
    )
  })
})
