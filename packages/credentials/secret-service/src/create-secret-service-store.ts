import { createSecret, MailtideError, type SecretStore } from '@mailtide/contracts'
import type { AskingOptions } from './ask-program.ts'
import { stateOfDefaultKeyring } from './default-keyring.ts'
import { collectionLocked, notKept, textTooLong } from './errors.ts'
import { type Attributes, clear, lookUp, search, store } from './secret-tool.ts'

/** How the secret service is asked. */
export interface SecretServiceStoreOptions {
  /** Default: `secret-tool`. */
  readonly secretTool?: string
  /** Tells whether the keyring is locked; where it is not there, that shows only on writing. Default: `dbus-send`. */
  readonly dbusSend?: string
  /** Milliseconds a program, for somebody may have to unlock the keyring. Default: two minutes. */
  readonly timeout?: number
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>
}

/** One more, and `secret-tool` would cut it off. */
const longest = 8191

/** Nobody is asked for a password meanwhile: the service only has to start. */
const patience = 5000

/**
 * A store in the secret service of the desktop (GNOME Keyring, KeePassXC, KWallet): items with the attributes
 * `application=mailtide`, `account=NAME` and the label `mailtide: NAME`, in the default keyring.
 */
export function createSecretServiceStore(options: SecretServiceStoreOptions = {}): SecretStore {
  const { secretTool = 'secret-tool', dbusSend = 'dbus-send', timeout = 120_000, env } = options
  const attributesOf = (name: string): Attributes => ({ application: 'mailtide', account: name })
  const asking = (signal: AbortSignal): AskingOptions => ({ timeout, env, signal })

  async function isListed(attributes: Attributes, signal: AbortSignal): Promise<boolean> {
    return (await search(secretTool, attributes, asking(signal))).items.length > 0
  }

  return {
    longest,
    async isUsable(signal) {
      const quickly = { ...asking(signal), timeout: Math.min(timeout, patience) }
      try {
        // For something that is nowhere, as a search prints the secrets that it finds.
        await search(secretTool, { application: 'mailtide', nothing: 'here' }, quickly)
        const state = await stateOfDefaultKeyring(dbusSend, quickly)
        if (state === 'locked') return 'Its keyring is locked'
        return state === 'missing' ? 'It has no default keyring yet' : undefined
      } catch (thrown) {
        if (thrown instanceof MailtideError) return thrown.message
        throw thrown
      }
    },

    async read(name, signal) {
      const attributes = attributesOf(name)
      const text = await lookUp(secretTool, attributes, asking(signal))
      if (text !== undefined) return createSecret(text)
      if (await isListed(attributes, signal)) throw collectionLocked()
      return undefined
    },

    async write(name, secret, signal) {
      const attributes = attributesOf(name)
      const text = secret.reveal()
      if (Buffer.byteLength(text) > longest) throw textTooLong(name, longest)
      await store(secretTool, { label: `mailtide: ${name}`, attributes }, text, asking(signal))
      if ((await lookUp(secretTool, attributes, asking(signal))) !== text) throw notKept(name)
    },

    async remove(name, signal) {
      const attributes = attributesOf(name)
      await clear(secretTool, attributes, asking(signal))
      if (await isListed(attributes, signal)) throw collectionLocked()
    },
  }
}
