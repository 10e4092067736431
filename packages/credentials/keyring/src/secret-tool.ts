import { keyringLocked, keyringMissing, programFailed } from './errors.ts'
import { type Ask, type KeyringEntry, type KeyringProgram, printed } from './keyring-program.ts'

const unlocking =
  'Unlock it with a keyring program; without a desktop by gnome-keyring-daemon --unlock, with the password on stdin.'

/** A program that can also tell whether an entry is there while the keyring is locked. */
export interface SecretTool extends KeyringProgram {
  isListed(entry: KeyringEntry, signal: AbortSignal): Promise<boolean>
}

/** `secret-tool`: the entries that python-keyring has in the secret service. */
export function createSecretTool(ask: Ask): SecretTool {
  const found = ({ service, user }: KeyringEntry) => ['service', service, 'username', user]

  async function isListed(entry: KeyringEntry, signal: AbortSignal): Promise<boolean> {
    const { stdout } = await ask(['search', '--', ...found(entry)], signal)
    return stdout.length > 0
  }

  return {
    async read(entry, signal) {
      const result = await ask(['lookup', '--', ...found(entry)], signal)
      if (result.exitCode === 0) return printed(result)
      if (result.exitCode !== 1 || /(?:^| \| )secret-tool: /.test(result.stderr)) throw failureOf(result.stderr)
      // It says nothing at all of a secret that is not there, or locked.
      if (await isListed(entry, signal)) throw keyringLocked(unlocking)
      return undefined
    },
    async write(entry, secret, signal) {
      const { service, user } = entry
      // As python-keyring would, which looks for its own mark when it replaces an entry.
      const label = `--label=Password for '${user}' on '${service}'`
      const attributes = ['application', 'Python keyring library', ...found(entry)]
      const { exitCode, stderr } = await ask(['store', label, '--', ...attributes], signal, secret)
      // It complains of a text that is too long, and ends with 0.
      if (exitCode !== 0 || stderr.includes('too long')) throw failureOf(stderr)
    },
    async remove(entry, signal) {
      const { exitCode, stderr } = await ask(['clear', '--', ...found(entry)], signal)
      // 1 without a word: there was nothing, or nothing that could be removed.
      if (exitCode !== 0 && (exitCode !== 1 || stderr !== '')) throw failureOf(stderr)
      if (await isListed(entry, signal)) throw keyringLocked(unlocking)
    },
    async keeper(signal) {
      // For something that is nowhere, as a search prints the secrets that it finds.
      const { exitCode, stderr } = await ask(['search', '--', 'application', 'mailtide', 'nothing', 'here'], signal)
      if (exitCode !== 0) throw failureOf(stderr)
      return 'secret-service'
    },
    isListed,
  }
}

function failureOf(said: string) {
  if (/locked/i.test(said)) return keyringLocked(unlocking)
  if (/autolaunch|address is empty|could not connect|message bus|not provided by any/i.test(said))
    return keyringMissing(said)
  return programFailed('secret-tool', said)
}
