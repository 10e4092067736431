import { join } from 'node:path'
import { createSecret, MailtideError, type SecretStore } from '@mailtide/contracts'
import { notKept, storeMissing } from './errors.ts'
import { createPassProgram, type PassOptions, refusalOf, statusOf } from './pass-program.ts'
import { isAbsent, showEntry } from './show-entry.ts'

/** Where, and how, secrets are kept. */
export interface PassStoreOptions extends PassOptions {
  /** The directory of the password store in which the entries are. Default: `mailtide`. */
  readonly directory?: string
}

/** Nobody is asked for a passphrase meanwhile. */
const patience = 5000

/**
 * A store in pass: the entries `mailtide/NAME`, each a text as it is, encrypted to whom pass encrypts there (`.gpg-id`).
 * Characters of a name that mean something in a path are written as `%2F`.
 */
export function createPassStore(options: PassStoreOptions = {}): SecretStore {
  const { directory = 'mailtide', timeout = patience } = options
  const pass = createPassProgram(options)
  const quickPass = createPassProgram({ ...options, timeout: Math.min(timeout, patience) })
  const entryOf = (name: string) => `${directory}/${name.replace(/[%/\0-\x1f]|^\./g, encoded)}`

  async function isInitialised(): Promise<boolean> {
    const places = [pass.directory, join(pass.directory, directory)]
    const found = await Promise.all(places.map((place) => statusOf(join(place, '.gpg-id'))))
    return found.some((status) => status?.isFile())
  }

  return {
    async isUsable(signal) {
      try {
        const result = await quickPass.run(['version'], directory, signal)
        if (result.exitCode !== 0) throw refusalOf(result, 'say', 'its version')
        return (await isInitialised()) ? undefined : storeMissing(pass.directory).message
      } catch (thrown) {
        if (thrown instanceof MailtideError) return thrown.message
        throw thrown
      }
    },

    async read(name, signal) {
      const text = await showEntry(pass, entryOf(name), signal)
      return text === undefined ? undefined : createSecret(text)
    },

    async write(name, secret, signal) {
      const entry = entryOf(name)
      const text = secret.reveal()
      const result = await pass.run(['insert', '--multiline', '--force', '--', entry], entry, signal, text)
      if (result.exitCode !== 0) throw refusalOf(result, 'insert', entry)
      if ((await showEntry(pass, entry, signal)) !== text) throw notKept(entry)
    },

    async remove(name, signal) {
      const entry = entryOf(name)
      const result = await pass.run(['rm', '--force', '--', entry], entry, signal)
      if (result.exitCode !== 0 && !isAbsent(result)) throw refusalOf(result, 'rm', entry)
    },
  }
}

function encoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`
}
