import { createSecret, type Secret } from '@mailtide/contracts'

/** One login of a netrc or authinfo file. */
export interface NetrcEntry {
  /** Undefined: `default`, which is for any host. */
  readonly host: string | undefined
  readonly login: string | undefined
  readonly password: Secret | undefined
  /** A number, or a service's name. */
  readonly port: string | undefined
}

/** The entries of a file, or the number of the line that could not be understood. */
export type ParsedNetrc = { readonly entries: readonly NetrcEntry[] } | { readonly badLine: number }

interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
}

const hostWords = new Set(['machine', 'host'])
const fields = new Map<string, 'login' | 'password' | 'port' | 'account'>([
  ['login', 'login'],
  ['user', 'login'],
  ['password', 'password'],
  ['port', 'port'],
  ['account', 'account'],
])

/**
 * Reads a netrc file as Python's `netrc` does, and the authinfo files of Emacs.
 *
 * | words                       | meaning                                                              |
 * | --------------------------- | -------------------------------------------------------------------- |
 * | `machine NAME`, `host NAME` | an entry for this host                                               |
 * | `default`                   | an entry for any host                                                |
 * | `login NAME`, `user NAME`   | whose it is                                                          |
 * | `password TEXT`             | the password                                                         |
 * | `port NUMBER-OR-SERVICE`    | for which port (authinfo)                                            |
 * | `account TEXT`              | nothing                                                              |
 * | `macdef NAME` …             | nothing, up to the next empty line                                   |
 * | `# …`                       | nothing, up to the end of the line; only where a keyword could stand |
 * | `WORD VALUE`, on one line   | nothing: a property of authinfo                                      |
 *
 * Words end at blanks. One that begins with `"` ends at the next `"` of its line, if there is one. A backslash takes
 * the character after it as it is, inside of quotes and out.
 */
export function parseNetrc(text: string): ParsedNetrc {
  const entries: NetrcEntry[] = []
  let current: { -readonly [Field in keyof NetrcEntry]: NetrcEntry[Field] } | undefined
  const begin = (host: string | undefined) => {
    current = { host, login: undefined, password: undefined, port: undefined }
    entries.push(current)
  }

  let word = wordFrom(text, text.startsWith('\ufeff') ? 1 : 0)
  while (word) {
    const { text: key, end } = word
    const value = wordFrom(text, end)
    let after = value?.end ?? end
    if (key.startsWith('#')) {
      after = endOf(text, /\n|$/g, end)
    } else if (key === 'macdef') {
      after = endOf(text, /\n[ \t\r]*\n|$/g, end)
    } else if (key === 'default') {
      begin(undefined)
      after = end
    } else if (value && hostWords.has(key)) {
      begin(value.text)
    } else if (value && current && (fields.has(key) || !text.slice(end, value.start).includes('\n'))) {
      const field = fields.get(key)
      if (field === 'password') current.password = value.text === '' ? undefined : createSecret(value.text)
      else if (field === 'login' || field === 'port') current[field] = value.text
    } else {
      return { badLine: text.slice(0, word.start).split('\n').length }
    }
    word = wordFrom(text, after)
  }
  return { entries }
}

function wordFrom(text: string, position: number): Word | undefined {
  const word = /"((?:[^"\\\n]|\\.)*)"|(?:[^\s\\]|\\.|\\$)+/gs
  word.lastIndex = position
  const found = word.exec(text)
  if (!found) return undefined
  const [written, quoted = written] = found
  return { text: quoted.replace(/\\(.?)/gs, '$1'), start: found.index, end: word.lastIndex }
}

function endOf(text: string, pattern: RegExp, position: number): number {
  pattern.lastIndex = position
  pattern.exec(text)
  return pattern.lastIndex
}
