import { keyringLocked, keyringMissing, programFailed } from './errors.ts'
import { type Ask, type KeyringEntry, type KeyringProgram, printed } from './keyring-program.ts'

const unlocking =
  'Unlock it with a keyring program; without a desktop by gnome-keyring-daemon --unlock, with the password on stdin.'

/** `secret-tool`: the entries that python-keyring has in the secret service. */
export function createSecretTool(ask: Ask): KeyringProgram {
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
      if (exitCode !== 0) throw failureOf(stderr)
    },
  }
}

function failureOf(said: string) {
  if (/locked/i.test(said)) return keyringLocked(unlocking)
  if (/autolaunch|address is empty|could not connect|message bus|not provided by any/i.test(said))
    return keyringMissing(said)
  return programFailed('secret-tool', said)
}
