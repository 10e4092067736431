import { MailtideError } from '@mailtide/contracts'
import type { AskingOptions } from './ask-program.ts'
import { callService } from './call-service.ts'

/**
 * Whether the keyring that new items go to is open, locked, or not there yet; nobody is asked for its password.
 * Undefined if `dbus-send` is not there, or does not find out.
 */
export async function stateOfDefaultKeyring(
  dbusSend: string,
  asking: AskingOptions,
): Promise<'open' | 'locked' | 'missing' | undefined> {
  const alias = ['/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.ReadAlias', 'string:default']
  const property = ['string:org.freedesktop.Secret.Collection', 'string:Locked']
  try {
    const [, path = '/'] = /object path "([^"]+)"/.exec(await callService(dbusSend, alias, asking)) ?? []
    if (path === '/') return 'missing'
    const call = [path, 'org.freedesktop.DBus.Properties.Get', ...property]
    return /\bboolean true\b/.test(await callService(dbusSend, call, asking)) ? 'locked' : 'open'
  } catch (thrown) {
    if (!(thrown instanceof MailtideError)) throw thrown
    if (thrown.code === 'credentials/program-missing') return undefined
    if (thrown.code !== 'credentials/program-failed') throw thrown
    // GNOME Keyring names one that it would have to make first.
    return /does not exist|UnknownObject/.test(thrown.message) ? 'missing' : undefined
  }
}
