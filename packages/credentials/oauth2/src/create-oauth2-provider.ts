import { type Credential, type CredentialProvider, createSecret, MailtideError } from '@mailtide/contracts'
import type { Surroundings } from './authorization-server.ts'
import { refreshTokens } from './refresh.ts'
import { refreshCandidates } from './refresh-candidates.ts'
import { createTokenMemory } from './token-memory.ts'
import type { TokenStore } from './token-store.ts'
import type { Tokens } from './tokens.ts'
import { whileWanted } from './while-wanted.ts'

/** A setting that is looked up each time it is needed: OfflineIMAP's `_eval` options may answer something else then. */
export type Setting = () => Promise<string | undefined> | string | undefined

/** Where access tokens come from. Line ends around settings are dropped, and empty ones count as missing. */
export interface OAuth2CredentialOptions extends Surroundings {
  /** The address for refreshing (`oauth2_request_url`). Without it nothing is refreshed. */
  readonly tokenEndpoint?: Setting
  readonly clientId?: Setting
  readonly clientSecret?: Setting
  /** One that was configured. Those of a login, and those that came in its place, are in the store. */
  readonly refreshToken?: Setting
  /** One that was configured: used until the server refuses it, if nothing fresher came of a refresh. */
  readonly accessToken?: Setting
  /** Where tokens stay between runs. Without it a refresh token that came in place of another lives as long as this. */
  readonly store?: TokenStore
}

/**
 * A provider of access tokens: those that were configured, or refreshed ones (RFC 6749, 6), each used until shortly before
 * it expires. An account is refreshed once at a time, whoever asks; `refused` leads to a new token.
 */
export function createOAuth2Provider(options: OAuth2CredentialOptions): CredentialProvider {
  const { now = Date.now } = options
  const memory = createTokenMemory(options.store)
  const underWay = new Map<string, Promise<Tokens | undefined>>()

  return {
    async find({ account, refused }, signal) {
      signal.throwIfAborted()
      const tokens = await memory.recall(account, signal)
      if (tokens && !refused && isFresh(tokens)) return credentialOf(tokens)
      const configured = await look(options.accessToken)
      signal.throwIfAborted()
      if (configured !== undefined && !refused) return { kind: 'access-token', secret: createSecret(configured) }
      const refreshed = await whileWanted(refreshOnce(account), signal)
      if (refreshed) return credentialOf(refreshed)
      // Looked up anew, it may be another one than the server refused.
      return configured === undefined ? undefined : { kind: 'access-token', secret: createSecret(configured) }
    },
  }

  function isFresh({ accessToken, expiresAt }: Tokens): boolean {
    return accessToken !== undefined && (expiresAt === undefined || expiresAt.getTime() > now())
  }

  /** Goes on when whoever asked first has left: a refresh token that was replaced must be kept. */
  function refreshOnce(account: string): Promise<Tokens | undefined> {
    const running = underWay.get(account)
    if (running) return running
    const started = refresh(account, new AbortController().signal).finally(() => underWay.delete(account))
    underWay.set(account, started)
    return started
  }

  async function refresh(account: string, signal: AbortSignal): Promise<Tokens | undefined> {
    const tokenEndpoint = await look(options.tokenEndpoint)
    if (tokenEndpoint === undefined) return undefined
    const client = { id: (await look(options.clientId)) ?? '', secret: await look(options.clientSecret) }
    const configured = await look(options.refreshToken)
    const tried = new Set<string>()
    let failure: unknown
    // First what is known; then, should that be worthless, what the store holds by now.
    for (const read of [memory.recall, memory.reread]) {
      for (const tokens of refreshCandidates(configured, await read(account, signal))) {
        const token = tokens.refreshToken.reveal()
        if (tried.has(token)) continue
        tried.add(token)
        try {
          const answer = await refreshTokens({ account, tokenEndpoint, client, tokens }, options, signal)
          await memory.keep(account, answer, signal)
          return answer
        } catch (thrown) {
          if (!(thrown instanceof MailtideError) || thrown.code !== 'credentials/login-again') throw thrown
          failure ??= thrown
        }
      }
    }
    if (failure !== undefined) throw failure
    return undefined
  }
}

async function look(setting: Setting | undefined): Promise<string | undefined> {
  const text = (await setting?.())?.replace(/^[\r\n]+|[\r\n]+$/g, '')
  return text === '' ? undefined : text
}

function credentialOf({ accessToken, expiresAt }: Tokens): Credential | undefined {
  return accessToken && { kind: 'access-token', secret: accessToken, ...(expiresAt && { expiresAt }) }
}
