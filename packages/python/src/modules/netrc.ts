import { asText, bound, positionals } from '../values/args.ts'
import { dictOf } from '../values/dict.ts'
import { exceptionClass, raise } from '../values/raised.ts'
import { type ModuleValue, tuple, type Value } from '../values/value.ts'
import type { World } from '../world.ts'
import { readText, readWhole } from './file.ts'
import { nativeClass, nativeInstance, nativeModule } from './native.ts'

const netrcClass = nativeClass('netrc')

interface Login {
  login: string
  account: string
  password: string
}

/** The module `netrc`. Like Python's it knows one login a host. */
export function createNetrcModule(world: World): ModuleValue {
  return nativeModule(
    'netrc',
    { NetrcParseError: exceptionClass('NetrcParseError') },
    {
      netrc(runtime, args) {
        const [file] = bound('netrc', args, ['file'])
        const home = world.environment?.get('HOME') ?? world.home
        if (file === undefined && home === undefined) return runtime.unsupported('netrc without a home')
        const hosts = parseNetrc(
          readText(readWhole(runtime, file === undefined ? `${home}/.netrc` : asText(file, 'file'))),
        )
        const entry = ({ login, account, password }: Login): Value => tuple([login, account, password])
        return nativeInstance(
          netrcClass,
          {
            hosts: dictOf(
              runtime,
              Array.from(hosts, ([host, login]) => [host, entry(login)] as const),
            ),
          },
          {
            authenticators(_, hostArgs) {
              const host = asText(positionals('authenticators', hostArgs, 1)[0], 'host')
              const found = hosts.get(host) ?? hosts.get('default')
              return found ? entry(found) : null
            },
          },
        )
      },
    },
  )
}

/** Reads a netrc file: `machine NAME login … password …`, `default …`, comments, macros up to an empty line. */
function parseNetrc(text: string): Map<string, Login> {
  const hosts = new Map<string, Login>()
  const source = wordsOf(text)
  let current: Login | undefined
  for (let word = source.keyword(); word !== undefined; word = source.keyword()) {
    switch (word) {
      case 'machine':
      case 'default':
        current = { login: '', account: '', password: '' }
        hosts.set(word === 'machine' ? source.value() : 'default', current)
        break
      case 'macdef':
        source.skipMacro()
        break
      case 'login':
      case 'user':
      case 'account':
      case 'password':
        if (!current) throw malformed(`${word} before the first machine`)
        current[word === 'user' ? 'login' : word] = source.value()
        break
      default:
        throw malformed('it holds a word that is no keyword')
    }
  }
  return hosts
}

function malformed(why: string): Error {
  return raise('NetrcParseError', `the netrc file cannot be read: ${why}`)
}

// Words, or texts in quotes; a backslash takes the next character as it is.
function wordsOf(text: string) {
  const pattern = /\s*(?:"((?:\\[\s\S]|[^"\\])*)"|((?:\\[\s\S]|[^\s"\\])(?:\\[\s\S]|[^\s\\])*))/y
  const next = () => {
    const at = pattern.lastIndex
    const found = pattern.exec(text)
    if (found) return found[1] ?? found[2]
    pattern.lastIndex = text.length
    if (text.slice(at).trim() !== '') throw malformed('a quote is not closed')
    return undefined
  }
  const skipTo = (end: RegExp) => {
    const rest = text.slice(pattern.lastIndex)
    const found = end.exec(rest)
    pattern.lastIndex += found ? found.index + found[0].length : rest.length
  }
  return {
    keyword(): string | undefined {
      for (;;) {
        const at = pattern.lastIndex
        const word = next()
        if (!word?.startsWith('#')) return word
        pattern.lastIndex = text.indexOf('#', at)
        skipTo(/\n/)
      }
    },
    value(): string {
      const word = next()
      if (word === undefined) throw malformed('it ends after a keyword')
      return word.replace(/\\([\s\S])/g, '$1')
    },
    skipMacro: () => skipTo(/\n[ \t]*\n/),
  }
}
