import { asText, bound } from '../values/args.ts'
import { typeName } from '../values/classes.ts'
import { exceptionClass, raise } from '../values/raised.ts'
import type { ModuleValue } from '../values/value.ts'
import type { World } from '../world.ts'
import { askWorld, nativeModule } from './native.ts'

/** The module `getpass`: whose session this is. */
export function createGetpassModule({ environment, user }: World): ModuleValue {
  return nativeModule(
    'getpass',
    {},
    {
      getuser(runtime) {
        const named = ['LOGNAME', 'USER', 'LNAME', 'USERNAME'].map((name) => environment?.get(name)).find(Boolean)
        return named ?? user ?? runtime.unsupported('getpass.getuser()')
      },
    },
  )
}

/** The module `socket`: the name of this host. */
export function createSocketModule({ hostName }: World): ModuleValue {
  return nativeModule(
    'socket',
    { error: exceptionClass('OSError') },
    { gethostname: (runtime) => hostName ?? runtime.unsupported('socket.gethostname()') },
  )
}

/** The module `platform`: the name of this host. */
export function createPlatformModule({ hostName }: World): ModuleValue {
  return nativeModule(
    'platform',
    {},
    { node: (runtime) => hostName ?? runtime.unsupported('platform.node()'), system: () => 'Linux' },
  )
}

/** The module `time`. Nobody waits here. */
export function createTimeModule({ now }: World): ModuleValue {
  return nativeModule(
    'time',
    {},
    {
      time: (runtime) => askWorld(runtime, 'time.time()', now),
      sleep: () => null,
    },
  )
}

/** The module `keyring`: what python-keyring would find. */
export function createKeyringModule({ lookupKeyring }: World): ModuleValue {
  return nativeModule(
    'keyring',
    {},
    {
      get_password(runtime, args) {
        const [service, user] = bound('get_password', args, ['service_name', 'username'], 2)
        for (const name of [service, user]) {
          if (typeof name !== 'string')
            throw raise('TypeError', `a name in the keyring must be str, not ${typeName(name!)}`)
        }
        const names = [asText(service, 'service_name'), asText(user, 'username')] as const
        const secret = askWorld(runtime, 'keyring.get_password()', lookupKeyring, ...names)
        runtime.mayHoldSecret()
        return secret ?? null
      },
    },
  )
}
