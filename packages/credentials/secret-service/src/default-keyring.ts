import { MailtideError } from '@mailtide/contracts'
import type { AskingOptions } from './ask-program.ts'
import { callService } from './call-service.ts'

/**
 * Whether the keyring that new items go to is open, locked, or not there yet; nobody is asked for its password.
 * Undefined if there is no `dbus-send` to find out.
 */
export async function stateOfDefaultKeyring(
  dbusSend: string,
  asking: AskingOptions,
): Promise<'open' | 'locked' | 'missing' | undefined> {
  const property = ['string:org.freedesktop.Secret.Collection', 'string:Locked']
  const call = ['/org/freedesktop/secrets/aliases/default', 'org.freedesktop.DBus.Properties.Get', ...property]
  try {
    return /\bboolean true\b/.test(await callService(dbusSend, call, asking)) ? 'locked' : 'open'
  } catch (thrown) {
    if (!(thrown instanceof MailtideError)) throw thrown
    if (thrown.code === 'credentials/program-missing') return undefined
    // No object at the alias: the service would ask for a password to make one.
    if (thrown.code === 'credentials/program-failed') return 'missing'
    throw thrown
  }
}
