import type { OAuth2Config } from '@mailtide/config'
import type { CredentialProvider } from '@mailtide/contracts'
import type { Evaluator } from '../python/evaluator.ts'
import type { CredentialSource } from './credential-source.ts'
import { presetOf, settingOf } from './oauth2-settings.ts'
import { isSimple, openProvider } from './open-provider.ts'
import { openTokenStore } from './token-stores.ts'

/** What access tokens are made with. */
export interface TokenContext {
  readonly account: string
  readonly metadata: string
  readonly evaluator: Evaluator
  /** `TYPE:host:port`. */
  readonly proxy: string | undefined
}

/** The access tokens of an account; undefined where the rc file says nothing of OAuth2. */
export function createAccessTokens(config: OAuth2Config, context: TokenContext): CredentialSource | undefined {
  if (!usesOAuth2(config)) return undefined
  let opened: Promise<CredentialProvider> | undefined
  return {
    async find(request, signal) {
      opened ??= open(config, request.host, context)
      return (await opened).find({ account: context.account, ...request }, signal)
    },
  }
}

/** Whether an rc file says how to get access tokens. */
export function usesOAuth2({ tokenProvider, accessToken, refreshToken, clientId }: OAuth2Config): boolean {
  return [tokenProvider, accessToken, refreshToken, clientId].some((setting) => setting !== undefined)
}

async function open(config: OAuth2Config, host: string, context: TokenContext): Promise<CredentialProvider> {
  const { tokenProvider, accessToken, refreshToken } = config
  if (isSimple(tokenProvider)) return openProvider(tokenProvider, 'access-token')
  const { createOAuth2Provider, oauth2Presets } = await import('@mailtide/credentials-oauth2')
  const setting = (value: Parameters<typeof settingOf>[0]) => settingOf(value, context.evaluator)
  const endpoint = config.requestUrl ?? presetOf(config, host, oauth2Presets)?.tokenEndpoint
  // Who configures access tokens alone has another program that knows when they are due.
  const refreshes = accessToken === undefined || refreshToken !== undefined
  return createOAuth2Provider({
    accessToken: setting(accessToken),
    ...(refreshes && {
      tokenEndpoint: setting(endpoint),
      clientId: setting(config.clientId),
      clientSecret: setting(config.clientSecret),
      refreshToken: setting(refreshToken),
      store: await openTokenStore(config, context.metadata),
    }),
    ...(await proxied(context.proxy)),
  })
}

/** What makes requests go through a proxy. */
export async function proxied(proxy: string | undefined) {
  if (proxy === undefined) return {}
  const { createProxiedFetch, parseProxy } = await import('@mailtide/proxy-connect')
  return { fetch: createProxiedFetch(parseProxy(proxy)) }
}
