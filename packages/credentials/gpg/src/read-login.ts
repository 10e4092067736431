import { severalLogins } from './errors.ts'
import { type AuthinfoEntry, parseAuthinfo } from './parse-authinfo.ts'

/** For which login the decrypted text is read. */
export interface WantedLogin {
  readonly host: string
  readonly port: number
  readonly user: string | undefined
}

/** What stands in a decrypted text. */
export interface Login {
  readonly password: string
  readonly user?: string | undefined
}

const passwordNames = ['password', 'passwd', 'pass', 'secret']
const userNames = ['user', 'username', 'login']

/**
 * Finds a login in a text, in the first of these forms that fits.
 *
 * | form                                    | password                                     | user                          |
 * | --------------------------------------- | -------------------------------------------- | ----------------------------- |
 * | a JSON object                           | `password`, or the field, `work.imap` inside | beside the password           |
 * | begins with `machine`, `host`, `default` | of the entry for host, port and user         | `login`, `user`               |
 * | `name=value` or `name: value` lines     | `password`, or the field                     | `user`, `username`, `login`   |
 * | anything else                           | the first line; a field from the lines below | the same, in the lines below  |
 */
export function readLogin(text: string, wanted: WantedLogin, field?: string): Login | undefined {
  const object = parseObject(text)
  if (object) return loginInObject(object, field)
  const entries = parseAuthinfo(text)
  if (entries) return field === undefined ? loginAmong(entries, wanted) : undefined
  return loginInLines(text.split(/\r?\n/), field)
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

function loginAmong(entries: readonly AuthinfoEntry[], wanted: WantedLogin): Login | undefined {
  const { host, port, user } = wanted
  const fitting = entries.filter((entry) => {
    const isHere = entry.host === undefined || entry.host.toLowerCase() === host.toLowerCase()
    const isTheirs = entry.user === undefined || user === undefined || entry.user === user
    const isImap = entry.port === undefined || entry.port === String(port) || /^imap/i.test(entry.port)
    return isHere && isTheirs && isImap && entry.password
  })
  const here = fitting.filter((entry) => entry.host !== undefined)
  const named = here.filter((entry) => entry.user !== undefined)
  if (user === undefined && new Set(named.map((entry) => entry.user)).size > 1) throw severalLogins(host)
  const chosen = named.at(-1) ?? here.at(-1) ?? fitting.at(-1)
  return chosen?.password === undefined ? undefined : { password: chosen.password, user: chosen.user }
}

function loginInLines(lines: readonly string[], field: string | undefined): Login | undefined {
  const named = (line: string) => /^\s*([\w.-]+)\s*[:=]\s*(.*?)\s*$/.exec(line)?.slice(1) ?? []
  const isNamed = [...passwordNames, ...userNames].includes(named(lines[0] ?? '')[0]?.toLowerCase() ?? '')
  const values = new Map<string, string>()
  for (const line of isNamed || field !== undefined ? lines : lines.slice(1)) {
    const [name, value] = named(line)
    if (name !== undefined && value !== undefined) values.set(name.toLowerCase(), value)
  }
  const firstOf = (names: readonly string[]) => names.map((name) => values.get(name)).find((value) => value)
  const names = field === undefined ? passwordNames : [field.toLowerCase()]
  const password = isNamed || field !== undefined ? firstOf(names) : lines[0]
  return password ? { password, user: firstOf(userNames) } : undefined
}
