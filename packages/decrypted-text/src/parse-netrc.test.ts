import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseNetrc } from './parse-netrc.ts'

function entriesOf(text: string) {
  const parsed = parseNetrc(text)
  if ('badLine' in parsed) return `line ${parsed.badLine}`
  return parsed.entries.map(({ host = '*', login, password, port }) => [host, login, password?.reveal(), port])
}

describe('parseNetrc', () => {
  it.each([
    { why: 'nothing', text: ' \n\n', entries: [] },
    {
      why: 'words on lines of their own',
      text: 'machine hostname.tld\n    login bob\n    password hunter2\n',
      entries: [['hostname.tld', 'bob', 'hunter2', undefined]],
    },
    {
      why: 'several on a line, tabs, carriage returns, a byte order mark',
      text: '\ufeffmachine a login b\tpassword c\r\nmachine d password e\r\n',
      entries: [
        ['a', 'b', 'c', undefined],
        ['d', undefined, 'e', undefined],
      ],
    },
    {
      why: 'the words of authinfo',
      text: 'host a port 993 user b password c\nmachine a port imaps force yes login d password e',
      entries: [
        ['a', 'b', 'c', '993'],
        ['a', 'd', 'e', 'imaps'],
      ],
    },
    {
      why: 'default, and account',
      text: 'default login anonymous account x password y',
      entries: [['*', 'anonymous', 'y', undefined]],
    },
    {
      why: 'quotes and backslashes',
      text: String.raw`machine "a b" login b\ c password "d \"e\" \\ #"machine x password \"\\d"e"`,
      entries: [
        ['a b', 'b c', String.raw`d "e" \ #`, undefined],
        ['x', undefined, String.raw`"\d"e"`, undefined],
      ],
    },
    {
      why: 'a quote that does not end on its line, as it is',
      text: 'machine a password "b\nmachine c password d"',
      entries: [
        ['a', undefined, '"b', undefined],
        ['c', undefined, 'd"', undefined],
      ],
    },
    {
      why: 'comments, and passwords that look like one',
      text: '# machine no\n#\nmachine a # login no\nlogin b #password no\npassword #c\n#',
      entries: [['a', 'b', '#c', undefined]],
    },
    {
      why: 'macros up to an empty line',
      text: 'machine a login b\nmacdef init\nmachine no\npassword no\n \t\npassword c\nmacdef end\nmachine no password no',
      entries: [['a', 'b', 'c', undefined]],
    },
    {
      why: 'an empty password as none',
      text: 'machine a password ""',
      entries: [['a', undefined, undefined, undefined]],
    },
    { why: 'a lone backslash at the end', text: 'machine a password b\\', entries: [['a', undefined, 'b', undefined]] },
  ])('reads $why', ({ text, entries }) => {
    expect(entriesOf(text)).toEqual(entries)
  })

  it.each([
    { text: 'machine a\npassword correct horse\nmachine b password c', bad: 'line 2' },
    { text: '\n\nlogin bob', bad: 'line 3' },
    { text: 'machine', bad: 'line 1' },
    { text: 'machine a\nlogin b\npassword', bad: 'line 3' },
    { text: 'imap.example.org:bob:hunter2', bad: 'line 1' },
  ])('says on which line it is lost: $text', ({ text, bad }) => {
    expect(entriesOf(text)).toBe(bad)
  })

  it('brings back whatever was written in quotes, or with backslashes', () => {
    const value = fc.string({ unit: fc.constantFrom('a', ' ', '"', '\\', '#', '\t', "'", '鍵'), minLength: 1 })
    const inQuotes = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`
    const withBackslashes = (text: string) => text.replace(/[\s"\\]/g, '\\$&')
    const login = fc.record({
      host: value,
      login: value,
      password: value,
      port: fc.constantFrom('993', 'imaps'),
      write: fc.constantFrom(inQuotes, withBackslashes),
      gap: fc.constantFrom(' ', '\n', '\t', ' # ignored\n'),
    })
    fc.assert(
      fc.property(fc.array(login), (logins) => {
        const text = logins.map(({ host, login, password, port, write, gap }) =>
          ['machine', write(host), gap, 'port', port, 'login', write(login), 'password', write(password), '\n'].join(
            ' ',
          ),
        )
        const entries = logins.map(({ host, login, password, port }) => [host, login, password, port])
        expect(entriesOf(text.join(''))).toEqual(entries)
      }),
    )
  })

  it('ends, whatever it is given', () => {
    const words = fc.constantFrom(
      'machine ',
      'default\n',
      'macdef ',
      'login ',
      'password ',
      '"',
      '\\',
      '#',
      '\n',
      'x ',
      '',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((some) => some.join('')),
        ),
        (text) => {
          expect(parseNetrc(text)).toBeDefined()
        },
      ),
    )
  })
})
