import { describe, expect, it } from 'vitest'
import { chooseEntry } from './choose-entry.ts'
import { parseNetrc } from './parse-netrc.ts'

function choose(text: string, wanted: { user?: string; host?: string; port?: number }) {
  const parsed = parseNetrc(text)
  if ('badLine' in parsed) return expect.unreachable('the test has a mistake')
  const { user, host = 'a', port = 993 } = wanted
  const entry = chooseEntry(parsed.entries, { host, port, user })
  return entry === 'several' ? entry : entry?.password?.reveal()
}

const two = 'machine a login bob password 1\nmachine a login alice password 2\n'
const ports =
  'machine a login b password any\nmachine a login b port 993 password here\nmachine a login b port 143 password there'

describe('chooseEntry', () => {
  it.each([
    { why: 'the login that is asked for', text: two, user: 'bob', found: '1' },
    { why: 'the login that is asked for, also the last', text: two, user: 'alice', found: '2' },
    { why: 'nothing for another', text: two, user: 'eve', found: undefined },
    { why: 'none of several, if nobody is asked for', text: two, found: 'several' },
    { why: 'the only one, if nobody is asked for', text: 'machine a login bob password 1', found: '1' },
    { why: 'the last of the same', text: `${two}machine a login bob password 3`, user: 'bob', found: '3' },
    { why: 'one without a login, for anybody', text: `${two}machine a password 3`, user: 'eve', found: '3' },
    { why: 'one without a login, for nobody', text: 'machine a password 3', found: '3' },
    { why: 'their own before it', text: `${two}machine a password 3`, user: 'bob', found: '1' },
    { why: 'default, if no host fits', text: `default password 4\n${two}`, host: 'b', user: 'x', found: '4' },
    { why: 'default, if no login fits', text: `${two}default password 4`, user: 'eve', found: '4' },
    { why: 'default only for its login', text: 'default login bob password 4', user: 'eve', found: undefined },
    { why: 'the host before default', text: `default login bob password 4\n${two}`, user: 'bob', found: '1' },
    { why: 'hosts in any case', text: 'machine IMAP.Example.org password 5', host: 'imap.example.ORG', found: '5' },
    { why: 'logins in their own case only', text: two, user: 'Bob', found: undefined },
    { why: 'the entry for the port', text: ports, user: 'b', port: 143, found: 'there' },
    { why: 'the entry for any port', text: ports, user: 'b', port: 1993, found: 'any' },
    { why: 'an entry for IMAP', text: 'machine a port imap password 6', port: 1993, found: '6' },
    { why: 'no entry for another service', text: 'machine a port smtp password 6', found: undefined },
    { why: 'a host with the port behind it', text: 'machine a:1993 password 7', port: 1993, found: '7' },
    { why: 'no host with another port behind it', text: 'machine a:1993 password 7', found: undefined },
    { why: 'nothing without a password', text: 'machine a login bob\ndefault password 8', user: 'bob', found: '8' },
  ])('finds $why', ({ text, found, why, ...wanted }) => {
    expect(choose(text, wanted), why).toBe(found)
  })
})
