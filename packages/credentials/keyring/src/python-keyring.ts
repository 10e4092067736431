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
    async remove({ service, user }, signal) {
      const result = await ask([...before, '--', 'del', service, user], signal)
      const isAbsent = /\bPasswordDeleteError\b/.test(result.stderr) && !result.stderr.includes('KeyringLocked')
      if (result.exitCode !== 0 && !isAbsent) throw failureOf(result)
    },
    async keeper(signal) {
      const result = await ask([...before, '--list-backends'], signal)
      if (result.exitCode !== 0) throw failureOf(result)
      const backends = backendsIn(Buffer.from(result.stdout).toString())
      const best = backends.reduce((first, other) => (other.priority > first.priority ? other : first), noBackend)
      if (best === noBackend) throw keyringMissing('python-keyring has no backend that can be used')
      return /\b(?:SecretService|libsecret)\b/.test(best.name) ? 'secret-service' : 'another'
    },
  }
}

interface Backend {
  readonly name: string
  readonly priority: number
}

/** What only refuses, or forgets, or leads to others, has no priority above this. */
const noBackend: Backend = { name: '', priority: 0 }

/** Reads lines like `keyring.backends.SecretService.Keyring (priority: 5)`. */
function backendsIn(listed: string): Backend[] {
  return [...listed.matchAll(/^(\S+) \(priority: ([-\d.]+)\)/gm)].map(([, name = '', priority]) => {
    return { name, priority: Number(priority) }
  })
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
