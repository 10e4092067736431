import { type Credential, type CredentialProvider, type CredentialRequest, createSecret } from '@mailtide/contracts'
import type { AskingOptions } from './ask-program.ts'
import { collectionLocked, severalUsers } from './errors.ts'
import { findByLabel } from './find-by-label.ts'
import { type Attributes, lookUp, search } from './secret-tool.ts'

/** Which secret is asked for, and how. */
export interface SecretServiceProviderOptions {
  /** What the item was stored with. */
  readonly attributes?: Attributes
  /** What the item is called, in the place of attributes. */
  readonly label?: string
  /** Default: `secret-tool`. */
  readonly secretTool?: string
  /** For labels only. Default: `dbus-send`. */
  readonly dbusSend?: string
  /** Milliseconds a program, for somebody may have to unlock the keyring. Default: two minutes. */
  readonly timeout?: number
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>
}

const userNames = ['user', 'username', 'UserName', 'login', 'account']

/**
 * A provider that asks the secret service of the desktop (GNOME Keyring, KeePassXC, KWallet), anew each time.
 *
 * Without attributes and label it asks for what others store mail passwords under, in this order: `protocol=imap,
 * server, user`; `service, username` with the host as service, as python-keyring does; `host, user`.
 */
export function createSecretServiceProvider(options: SecretServiceProviderOptions = {}): CredentialProvider {
  const { attributes, label, secretTool = 'secret-tool', dbusSend = 'dbus-send', timeout = 120_000, env } = options

  async function byAttributes(wanted: Attributes, request: CredentialRequest, asking: AskingOptions) {
    const secret = await lookUp(secretTool, wanted, asking)
    if (secret !== undefined && request.user !== undefined) return credentialOf(secret)
    const { items, valuesOf } = await search(secretTool, wanted, asking)
    if (secret === undefined && items.length === 0) return undefined
    if (secret === undefined) throw collectionLocked()
    const [user, ...others] = valuesOf(userNames)
    if (others.length > 0) throw severalUsers()
    return credentialOf(secret, user)
  }

  async function byLabel(wanted: string, { user }: CredentialRequest, asking: AskingOptions) {
    const found = await findByLabel(wanted, { secretTool, dbusSend }, asking)
    const known = found.map((item) => ({ ...item, user: userIn(item.attributes) }))
    const item = known.find((one) => one.user === user) ?? known[0]
    return item && credentialOf(item.secret, item.user)
  }

  return {
    async find(request, signal) {
      const asking = { timeout, env, signal }
      if (label !== undefined) return byLabel(label, request, asking)
      for (const wanted of attributes ? [attributes] : usualAttributes(request)) {
        const credential = await byAttributes(wanted, request, asking)
        if (credential) return credential
      }
      return undefined
    },
  }
}

function usualAttributes({ host, user }: CredentialRequest): Attributes[] {
  return [
    { protocol: 'imap', server: host, ...(user !== undefined && { user }) },
    { service: host, ...(user !== undefined && { username: user }) },
    { host, ...(user !== undefined && { user }) },
  ]
}

function userIn(attributes: Attributes): string | undefined {
  return userNames.map((name) => attributes[name]).find((value) => value)
}

function credentialOf(text: string, user?: string): Credential | undefined {
  const [secret = ''] = text.split(/\r?\n/, 1)
  return secret === ''
    ? undefined
    : { kind: 'password', secret: createSecret(secret), ...(user !== undefined && { user }) }
}
