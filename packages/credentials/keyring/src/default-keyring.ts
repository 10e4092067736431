import { MailtideError } from '@mailtide/contracts'
import type { Ask } from './keyring-program.ts'

/**
 * Whether the default keyring of the secret service is locked, or not there yet, so that somebody would be asked for a
 * password. Undefined if it is neither, or `dbus-send` does not find out.
 */
export async function stateOfDefaultKeyring(
  dbusSend: Ask,
  signal: AbortSignal,
): Promise<'locked' | 'missing' | undefined> {
  const service = ['--session', '--print-reply', '--dest=org.freedesktop.secrets']
  const alias = ['/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.ReadAlias', 'string:default']
  const property = ['string:org.freedesktop.Secret.Collection', 'string:Locked']
  try {
    const { exitCode, stdout } = await dbusSend([...service, ...alias], signal)
    if (exitCode !== 0) return undefined
    const [, path = '/'] = /object path "([^"]+)"/.exec(Buffer.from(stdout).toString()) ?? []
    if (path === '/') return 'missing'
    const answer = await dbusSend([...service, path, 'org.freedesktop.DBus.Properties.Get', ...property], signal)
    // GNOME Keyring names one that it would have to make first.
    if (/does not exist|UnknownObject/.test(answer.stderr)) return 'missing'
    return /\bboolean true\b/.test(Buffer.from(answer.stdout).toString()) ? 'locked' : undefined
  } catch (thrown) {
    if (thrown instanceof MailtideError) return undefined
    throw thrown
  }
}
