import { asText, positionals } from '../values/args.ts'
import { classAttribute } from '../values/attributes.ts'
import { classOf } from '../values/classes.ts'
import { capitalize } from '../values/letter-case.ts'
import { raise } from '../values/raised.ts'
import type { ModuleValue, Native } from '../values/value.ts'
import { nativeModule } from './native.ts'

const lowercase = 'abcdefghijklmnopqrstuvwxyz'
const uppercase = lowercase.toUpperCase()
const digits = '0123456789'
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'
const whitespace = ' \t\n\r\v\f'

// Functions of Python 2's module that became methods.
const asMethods = [
  'lower',
  'upper',
  'split',
  'rsplit',
  'strip',
  'lstrip',
  'rstrip',
  'replace',
  'find',
  'rfind',
  'count',
  'capitalize',
  'zfill',
  'translate',
  'swapcase',
]

/** The module `string`. */
export function createStringModule(): ModuleValue {
  const functions: Record<string, Native> = {
    capwords(_, args) {
      const words = asText(positionals('capwords', args, 1)[0], 's').split(/\s+/)
      return words
        .filter((word) => word !== '')
        .map(capitalize)
        .join(' ')
    },
    join(runtime, args) {
      const [words, separator = ' '] = positionals('join', args, 1, 2)
      return runtime.call(method('join'), [separator, words!])
    },
    maketrans: (runtime, args) => runtime.call(method('maketrans'), args.positional),
  }
  for (const name of asMethods) {
    functions[name] = (runtime, args) => runtime.call(method(name), args.positional, args.named)
  }
  return nativeModule(
    'string',
    {
      ascii_letters: lowercase + uppercase,
      ascii_lowercase: lowercase,
      ascii_uppercase: uppercase,
      digits,
      hexdigits: `${digits}abcdefABCDEF`,
      octdigits: '01234567',
      punctuation,
      whitespace,
      printable: digits + lowercase + uppercase + punctuation + whitespace,
      letters: lowercase + uppercase,
      lowercase,
      uppercase,
    },
    functions,
  )
}

function method(name: string) {
  const found = classAttribute(classOf('str'), name)
  if (found === undefined) throw raise('AttributeError', `module 'string' has no attribute '${name}'`)
  return found
}
