import { positionals } from '../values/args.ts'
import { decodeBase64, encodeBase64 } from '../values/base64-text.ts'
import { typeName } from '../values/classes.ts'
import { fromBytes, toBytes } from '../values/latin1.ts'
import { raise } from '../values/raised.ts'
import type { Args, ModuleValue, Native, Value } from '../values/value.ts'
import { nativeModule } from './native.ts'

/** The module `base64`: its base64 alone. */
export function createBase64Module(): ModuleValue {
  const encode: Native = (_, args) => toBytes(encodeBase64(bytesArg('b64encode', args)))
  const decode: Native = (_, args) => decodeBase64(bytesArg('b64decode', args))
  return nativeModule(
    'base64',
    {},
    {
      b64encode: encode,
      b64decode: decode,
      standard_b64encode: encode,
      standard_b64decode: decode,
      urlsafe_b64encode: (_, args) =>
        toBytes(
          encodeBase64(bytesArg('urlsafe_b64encode', args)).replace(/[+/]/g, (sign) => (sign === '+' ? '-' : '_')),
        ),
      urlsafe_b64decode(_, args) {
        const text = fromBytes(bytesArg('urlsafe_b64decode', args))
        return decodeBase64(toBytes(text.replace(/[-_]/g, (sign) => (sign === '-' ? '+' : '/'))))
      },
      // Python 2's name.
      decodestring: decode,
      decodebytes: decode,
    },
  )
}

function bytesArg(name: string, args: Args): Uint8Array {
  const [value] = positionals(name, args, 1)
  return asBytes(value!)
}

function asBytes(value: Value): Uint8Array {
  if (value instanceof Uint8Array) return value
  if (typeof value !== 'string') throw raise('TypeError', `a bytes-like object is required, not '${typeName(value)}'`)
  if (/[^\x00-\x7f]/.test(value)) throw raise('ValueError', 'string argument should contain only ASCII characters')
  return toBytes(value)
}
