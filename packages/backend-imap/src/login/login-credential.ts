import { type Credential, createSecret } from '@mailtide/contracts'
import type { ImapOptions } from '../options.ts'

/** What an account logs in with, asked for when it is needed. */
export interface LoginCredential {
  /** Asks unless that was done. Undefined if there is none. */
  ask(signal: AbortSignal): Promise<Credential | undefined>
  /** The server did not take it. */
  refused(): void
  /** Asks once more, if it was refused and for the first time. False if there is no other. */
  renew(signal: AbortSignal): Promise<boolean>
  /** Whose it is; undefined where that is not known (yet). */
  readonly user: string | undefined
  /** Whether it was asked for in vain. */
  readonly isLacking: boolean
  /** The texts that must not be shown. */
  secrets(): readonly string[]
}

/** Makes one for one login; it asks nothing yet. */
export function createLoginCredential(options: ImapOptions): LoginCredential {
  const { host, port, user, password, credential: find } = options
  const given: Credential[] = []
  let asked: Promise<Credential | undefined> | undefined
  let isLacking = false
  let isRefused = false

  return {
    ask(signal) {
      asked ??= first(signal)
      return asked
    },
    refused() {
      isRefused = true
    },
    async renew(signal) {
      const [refused] = given
      if (!find || !isRefused || !refused || given.length > 1) return false
      const next = await find({ host, port, user, refused: true }, signal)
      if (!next || isSame(next, refused)) return false
      asked = Promise.resolve(note(next))
      return true
    },
    get user() {
      return user ?? given.at(-1)?.user
    },
    get isLacking() {
      return isLacking
    },
    secrets: () => given.map(({ secret }) => secret.reveal()),
  }

  async function first(signal: AbortSignal): Promise<Credential | undefined> {
    if (find) return note(await find({ host, port, user, refused: false }, signal))
    return note(password && { kind: 'password', secret: createSecret(await password()) })
  }

  function note(credential: Credential | undefined): Credential | undefined {
    isLacking = !credential || credential.secret.reveal() === ''
    if (!credential || isLacking) return undefined
    given.push(credential)
    return credential
  }
}

function isSame(one: Credential, other: Credential): boolean {
  return one.kind === other.kind && one.user === other.user && one.secret.reveal() === other.secret.reveal()
}
