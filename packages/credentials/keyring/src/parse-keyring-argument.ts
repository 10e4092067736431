import { argumentNotUnderstood } from './errors.ts'

/** An entry of the keyring, as far as it is named. */
export interface KeyringArgument {
  readonly service?: string
  readonly user?: string
}

/**
 * Reads the argument of `keyring:`: `SERVICE/USER`, `SERVICE`, or nothing for the host and the user of the account. The
 * last slash divides; a service with a slash in it and no user is written with another one behind it.
 */
export function parseKeyringArgument(text: string): KeyringArgument {
  const written = text.trim()
  if (written === '') return {}
  const slash = written.lastIndexOf('/')
  const [service, user] = slash < 0 ? [written, ''] : [written.slice(0, slash), written.slice(slash + 1)]
  if (service === '') throw argumentNotUnderstood()
  return user === '' ? { service } : { service, user }
}
