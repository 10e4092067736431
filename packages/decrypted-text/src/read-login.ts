import { chooseEntry } from './choose-entry.ts'
import { lineNotUnderstood, severalLogins } from './errors.ts'
import { type Login, passwordNames, userNames, type WantedLogin } from './login.ts'
import { loginInLines } from './login-in-lines.ts'
import { parseNetrc } from './parse-netrc.ts'

/**
 * Finds a login in a text, in the first of these forms that fits.
 *
 * | form                                     | password                                     | user                         |
 * | ---------------------------------------- | -------------------------------------------- | ---------------------------- |
 * | a JSON object                            | `password`, or the field, `work.imap` inside | beside the password          |
 * | begins with `machine`, `host`, `default` | of the entry for host, port and user         | `login`, `user`              |
 * | `name=value` or `name: value` lines      | `password`, or the field                     | `user`, `username`, `login`  |
 * | anything else                            | the first line; a field from the lines below | the same, in the lines below |
 */
export function readLogin(text: string, wanted: WantedLogin, field?: string): Login | undefined {
  const object = parseObject(text)
  if (object) return loginInObject(object, field)
  if (/^(?:\s|#.*\n)*(?:machine|host|default)(?:\s|$)/.test(text)) {
    return field === undefined ? loginInNetrc(text, wanted) : undefined
  }
  return loginInLines(text, field)
}

function loginInObject(object: object, field: string | undefined): Login | undefined {
  const path = field?.split('.') ?? []
  const name = path.pop()
  let inside: unknown = object
  for (const step of path) inside = memberOf(inside, [step])
  const password = memberOf(inside, name === undefined ? passwordNames : [name])
  const user = memberOf(inside, userNames)
  return typeof password === 'string' && password !== ''
    ? { password, user: typeof user === 'string' ? user : undefined }
    : undefined
}

function memberOf(value: unknown, names: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  const members = new Map(Object.entries(value))
  return names.map((name) => members.get(name)).find((member) => member !== undefined)
}

function parseObject(text: string): object | undefined {
  if (!text.trimStart().startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch (error) {
    // A password may begin with a brace.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function loginInNetrc(text: string, wanted: WantedLogin): Login | undefined {
  const parsed = parseNetrc(text)
  if ('badLine' in parsed) throw lineNotUnderstood(parsed.badLine)
  const entry = chooseEntry(parsed.entries, wanted)
  if (entry === 'several') throw severalLogins(wanted.host)
  return entry?.password && { password: entry.password.reveal(), user: entry.login }
}
