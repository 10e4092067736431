import { createSecret, MailtideError, type SecretStore } from '@mailtide/contracts'
import { notKept, secretTooLong } from './errors.ts'
import { byFirst, createKeyringPrograms, isLocked, type KeyringProgramsOptions } from './keyring-programs.ts'
import { createKeyringState } from './keyring-state.ts'
import { asOneLine, fromOneLine } from './one-line.ts'

/** Under what, and how, secrets are kept. */
export interface KeyringStoreOptions extends KeyringProgramsOptions {
  /** The service of all entries; the names are their users. Default: `mailtide`. */
  readonly service?: string
}

/**
 * A store in the keyring that python-keyring has, or the keychain of macOS: entries of one service, each by its name. A
 * text that is not one line of printable ASCII, or looks like hexadecimal, stands there in base64.
 */
export function createKeyringStore(options: KeyringStoreOptions = {}): SecretStore {
  const { service = 'mailtide', platform = process.platform } = options
  const programs = createKeyringPrograms(options)
  const state = createKeyringState(options)
  // What fits into a line of `security -i` in base64 and hexadecimal, and into the input of secret-tool in base64.
  const longest = platform === 'darwin' ? 1400 : 6000

  return {
    longest,
    async isUsable(signal) {
      try {
        return await state.whyClosed(signal)
      } catch (thrown) {
        if (thrown instanceof MailtideError) return thrown.message
        throw thrown
      }
    },

    async read(name, signal) {
      const entry = { service, user: name }
      try {
        if (await state.isUnmade(signal)) return undefined
        const line = await byFirst(programs, (program) => program.read(entry, signal))
        return line === undefined ? undefined : createSecret(fromOneLine(line))
      } catch (thrown) {
        if (isLocked(thrown) && !(await state.mayHold(entry, signal))) return undefined
        throw thrown
      }
    },

    async write(name, secret, signal) {
      const entry = { service, user: name }
      const text = secret.reveal()
      if (Buffer.byteLength(text) > longest) throw secretTooLong(name)
      const line = asOneLine(text)
      await byFirst(programs, async (program) => {
        await program.write(entry, line, signal)
        if ((await program.read(entry, signal)) !== line) throw notKept(service, name)
      })
    },

    async remove(name, signal) {
      if (await state.isUnmade(signal)) return
      await byFirst(programs, (program) => program.remove({ service, user: name }, signal))
    },
  }
}
