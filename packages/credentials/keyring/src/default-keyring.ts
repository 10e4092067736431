import { MailtideError } from '@mailtide/contracts'
import type { Ask } from './keyring-program.ts'

/**
 * Why somebody would be asked for a password if an entry were written to the secret service now; undefined if nobody
 * would. Asks `dbus-send`; where that is missing or fails, nothing is known to be in the way.
 */
export async function whyClosed(dbusSend: Ask, signal: AbortSignal): Promise<string | undefined> {
  const service = ['--session', '--print-reply', '--dest=org.freedesktop.secrets']
  const property = ['string:org.freedesktop.Secret.Collection', 'string:Locked']
  const call = ['/org/freedesktop/secrets/aliases/default', 'org.freedesktop.DBus.Properties.Get', ...property]
  try {
    const { stdout, stderr } = await dbusSend([...service, ...call], signal)
    if (/does not exist at path/.test(stderr)) return 'It has no default keyring yet'
    return /\bboolean true\b/.test(Buffer.from(stdout).toString()) ? 'Its keyring is locked' : undefined
  } catch (thrown) {
    if (thrown instanceof MailtideError) return undefined
    throw thrown
  }
}
