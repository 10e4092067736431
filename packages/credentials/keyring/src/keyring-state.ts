import { stateOfDefaultKeyring } from './default-keyring.ts'
import type { KeyringEntry } from './keyring-program.ts'
import {
  byFirst,
  createKeyringAsk,
  createKeyringPrograms,
  isUnusable,
  type KeyringProgramsOptions,
} from './keyring-programs.ts'
import { createSecretTool } from './secret-tool.ts'

/** What can be known of the keyring without anybody being asked for a password. */
export interface KeyringState {
  /** Why an entry cannot be written now; undefined if nothing is known to be in the way. Rejects if there is no keyring. */
  whyClosed(signal: AbortSignal): Promise<string | undefined>
  /** Whether there is a service of keyrings and no keyring in it: python-keyring would have one made on reading. */
  isUnmade(signal: AbortSignal): Promise<boolean>
  /**
   * Whether a locked keyring may hold this entry: python-keyring does not say, and `secret-tool` does, where it is there.
   */
  mayHold(entry: KeyringEntry, signal: AbortSignal): Promise<boolean>
}

/** A service only has to start. */
const patience = 5000

/** Asks the programs what they know, and `dbus-send` where the entries are in the secret service. */
export function createKeyringState(options: KeyringProgramsOptions): KeyringState {
  const quick = { ...options, timeout: Math.min(options.timeout ?? patience, patience) }
  const { platform = process.platform } = options
  const programs = createKeyringPrograms(quick)
  const dbusSend = createKeyringAsk(options.programs?.dbusSend ?? 'dbus-send', quick)
  const secretTool = createSecretTool(createKeyringAsk(options.programs?.secretTool ?? 'secret-tool', quick))
  const keeper = (signal: AbortSignal) => byFirst(programs, (program) => program.keeper(signal))
  return {
    async whyClosed(signal) {
      if ((await keeper(signal)) !== 'secret-service') return undefined
      const state = await stateOfDefaultKeyring(dbusSend, signal)
      if (state === 'locked') return 'Its keyring is locked'
      return state === 'missing' ? 'It has no default keyring yet' : undefined
    },
    async isUnmade(signal) {
      if (platform === 'darwin' || (await stateOfDefaultKeyring(dbusSend, signal)) !== 'missing') return false
      return (await keeper(signal)) === 'secret-service'
    },
    async mayHold(entry, signal) {
      if (platform === 'darwin') return true
      return secretTool.isListed(entry, signal).catch((thrown) => {
        if (isUnusable(thrown)) return true
        throw thrown
      })
    },
  }
}
