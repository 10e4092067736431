import type { ProgramResult } from '@mailtide/run-program'
import { keyringLocked, keyringMissing, programFailed, programMissing } from './errors.ts'
import { type Ask, type KeyringProgram, printed } from './keyring-program.ts'

/** python-keyring, as `keyring` or as `python3 -m keyring`: whatever backend the user has chosen for it. */
export function createPythonKeyring(ask: Ask, before: readonly string[] = []): KeyringProgram {
  return {
    async read({ service, user }, signal) {
      const result = await ask([...before, '--', 'get', service, user], signal)
      if (result.exitCode === 0) return printed(result)
      if (result.exitCode === 1 && result.stderr === '') return undefined
      throw failureOf(result)
    },
    async write({ service, user }, secret, signal) {
      // It takes one line end away, and old versions take an input without one for empty.
      const result = await ask([...before, '--', 'set', service, user], signal, `${secret}\n`)
      if (result.exitCode !== 0) throw failureOf(result)
    },
  }
}

function failureOf({ stderr }: ProgramResult) {
  const last = stderr.split(' | ').at(-1) ?? ''
  if (/No module named '?keyring\b/.test(last)) return programMissing('python-keyring')
  if (/\b(?:NoKeyringError|InitError)\b/.test(last)) return keyringMissing(last)
  if (last.includes('KeyringLocked')) {
    return keyringLocked(
      'Unlock it with a keyring program; without a desktop by gnome-keyring-daemon --unlock, with the password on stdin.',
    )
  }
  return programFailed('python-keyring', last)
}
