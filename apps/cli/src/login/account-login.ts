import type { AccountConfig, Config, ImapConfig, LoginConfig } from '@mailtide/config'
import { asMailtideError, type Credential, type CredentialProvider } from '@mailtide/contracts'
import { noCredential, noUser } from '../errors.ts'
import type { Evaluator } from '../python/evaluator.ts'
import { evaluateText } from '../python/text-of.ts'
import { createAccessTokens } from './access-tokens.ts'
import { type CredentialGroup, createCredentialChain } from './credential-chain.ts'
import type { CredentialSource, LoginRequest } from './credential-source.ts'
import { openProvider, type SimpleChoice } from './open-provider.ts'
import type { Prompt } from './prompt.ts'
import { createRcPassword } from './rc-password.ts'
import { systemPasswords } from './system-passwords.ts'
import { userIn } from './user-provider.ts'

/** How an account logs in, from its first login to its last. */
export interface AccountLogin {
  /** Who logs in; undefined where only the store of the password knows. */
  user(host: string, port: number, signal: AbortSignal): Promise<string | undefined>
  /** For each login. Rejects if nothing is known; undefined if there is nothing else than what the server refused. */
  find(request: LoginRequest, signal: AbortSignal): Promise<Credential | undefined>
  /** Told what the server took, and where. */
  accepted(credential: Credential, request: Omit<LoginRequest, 'refused'>): void
  /** Resolves once what was accepted is stored where `update-keyring` wants it, or its failure was told. */
  settled(): Promise<void>
}

/** What an account's login is made from. */
export interface LoginContext {
  readonly general: Config['general']
  readonly evaluator: Evaluator
  /** Undefined where nobody can be asked. */
  readonly prompt: Prompt | undefined
  warn(text: string): void
}

/** Creates the login of one of an account's repositories. Nothing is asked for yet. */
export function createAccountLogin(
  account: AccountConfig,
  { name, login }: ImapConfig,
  context: LoginContext,
): AccountLogin {
  const { general, evaluator, prompt } = context
  const { passwordProvider, userProvider } = login
  const system = systemPasswords(account.name, general.ignoreKeyring)
  const [netrc] = system
  const configured = passwordProvider ? providerSource(passwordProvider) : createRcPassword(login, evaluator)
  const passwords: CredentialGroup = {
    sources: configured ? [configured] : [...system, ...(prompt ? [promptSource(prompt)] : [])],
    keepsAnswer: true,
  }
  const { authProxy: proxy } = account
  const accessTokens = createAccessTokens(login.oauth2, {
    account: account.name,
    metadata: general.metadata,
    evaluator,
    proxy,
  })
  const tokens: CredentialGroup = { sources: accessTokens ? [accessTokens] : [], keepsAnswer: false }
  const groups = { password: passwords, 'access-token': tokens }
  const kinds = wantedKinds(login)
  const chain = createCredentialChain(kinds.map((kind) => groups[kind]))
  const kept = new Set<string>()
  let keeping: Promise<void> = Promise.resolve()
  let user: Promise<string | undefined> | undefined

  async function findUser(request: LoginRequest, signal: AbortSignal): Promise<string | undefined> {
    if (userProvider) return userIn(userProvider, { account: account.name, ...request }, signal)
    if (typeof login.user === 'string') return login.user
    if (login.user) return evaluateText(login.user, evaluator)
    // What names the password names the user as well.
    return passwordProvider || accessTokens ? undefined : (await netrc?.find(request, signal))?.user
  }

  async function keep(credential: Credential, request: Omit<LoginRequest, 'refused'>): Promise<void> {
    const { createKeyringProvider } = await import('@mailtide/credentials-keyring')
    const provider = createKeyringProvider()
    const told = { account: account.name, ...request, refused: false }
    try {
      await provider.keep?.(told, credential, new AbortController().signal)
    } catch (thrown) {
      context.warn(`the password is not stored in the keyring: ${asMailtideError(thrown, 'account').message}`)
    }
  }

  return {
    user(host, port, signal) {
      // What failed once may work the next time: a keyring that is unlocked by then.
      user ??= findUser({ host, port, user: undefined, refused: false }, signal).catch((thrown: unknown) => {
        user = undefined
        throw thrown
      })
      return user
    },
    async find(request, signal) {
      const credential = await chain.find(request, signal)
      // Mechanisms that need neither (GSSAPI, EXTERNAL) say themselves what they lack.
      if (!credential && (request.refused || kinds.length === 0)) return undefined
      if (!credential) throw noCredential(account.name, name, kinds.length === 1 ? kinds[0] : undefined)
      if (request.user === undefined && credential.user === undefined) throw noUser(name)
      return credential
    },
    accepted(credential, request) {
      const secret = credential.secret.reveal()
      if (!general.updateKeyring || credential.kind !== 'password' || kept.has(secret)) return
      kept.add(secret)
      keeping = keeping.then(() => keep(credential, request))
    },
    settled: () => keeping,
  }

  function promptSource(ask: Prompt): CredentialSource {
    return {
      async find({ host, user: who, refused }, signal) {
        const whose = who === undefined ? '' : `user '${who}' on `
        const again = refused ? 'The server refused it. ' : ''
        const question = `${again}Enter the password of ${whose}${host} (account ${account.name}): `
        const secret = await ask(question, signal, { account: account.name, user: who, refused })
        return secret && { kind: 'password', secret }
      },
    }
  }

  function providerSource(choice: SimpleChoice): CredentialSource {
    let opened: Promise<CredentialProvider> | undefined
    return {
      async find(request, signal) {
        opened ??= openProvider(choice, 'password')
        return (await opened).find({ account: account.name, ...request }, signal)
      },
    }
  }
}

/** The kinds of credentials that an account's mechanisms need, in the order of the mechanisms. */
function wantedKinds({ mechanisms }: LoginConfig): Credential['kind'][] {
  if (!mechanisms) return ['access-token', 'password']
  const kinds = mechanisms.flatMap((name): Credential['kind'][] => {
    if (name === 'XOAUTH2' || name === 'OAUTHBEARER') return ['access-token']
    return name === 'GSSAPI' || name === 'EXTERNAL' ? [] : ['password']
  })
  return [...new Set(kinds)]
}
