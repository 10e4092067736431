import type { ProgramResult } from '@mailtide/run-program'
import { keyringLocked, programFailed, secretTooLong } from './errors.ts'
import { type Ask, type KeyringProgram, printed } from './keyring-program.ts'

/** What `security` ends with (the low octet of the system's own codes). */
const notFound = 44
/** Octets of a line that `security -i` reads. Of a longer one it would take the rest for another command. */
const longestLine = 4095
const lockedCodes: readonly number[] = [36, 51, 128]

/** `security` of macOS: the generic passwords of the keychain, which python-keyring uses there as well. */
export function createMacosSecurity(ask: Ask): KeyringProgram {
  return {
    async read({ service, user }, signal) {
      const result = await ask(['find-generic-password', '-s', service, '-a', user, '-w'], signal)
      if (result.exitCode === notFound) return undefined
      if (result.exitCode !== 0) throw failureOf(result)
      return plainOf(printed(result))
    },
    async write({ service, user }, secret, signal) {
      // On its command line everybody could read the password; its own input nobody else sees.
      const password = Buffer.from(secret).toString('hex')
      const line = `add-generic-password -U -s ${quoted(service)} -a ${quoted(user)} -X ${password}\n`
      if (Buffer.byteLength(line) > longestLine) throw secretTooLong(user)
      const result = await ask(['-i'], signal, line)
      if (result.exitCode !== 0) throw failureOf(result)
    },
    async remove({ service, user }, signal) {
      const result = await ask(['delete-generic-password', '-s', service, '-a', user], signal)
      if (result.exitCode !== 0 && result.exitCode !== notFound) throw failureOf(result)
    },
    async keeper(signal) {
      const result = await ask(['default-keychain'], signal)
      if (result.exitCode !== 0) throw failureOf(result)
      return 'another'
    },
  }
}

function quoted(text: string): string {
  return `"${text.replace(/[\r\n]/g, ' ').replace(/["\\]/g, '\\$&')}"`
}

// It prints a password that is not all printable ASCII in hexadecimal, and does not say so.
function plainOf(shown: string): string {
  if (!/^(?:[0-9a-f]{2})+$/.test(shown)) return shown
  const bytes = Buffer.from(shown, 'hex')
  const text = bytes.toString()
  const isNeeded = /[^\0-\x7f]/.test(text) && !/\p{Cc}/u.test(text) && Buffer.from(text).equals(bytes)
  return isNeeded ? text : shown
}

function failureOf({ exitCode, stderr }: ProgramResult) {
  if (lockedCodes.includes(exitCode)) {
    return keyringLocked('Unlock the keychain (security unlock-keychain), and allow "security" to read this entry.')
  }
  return programFailed('security', stderr)
}
