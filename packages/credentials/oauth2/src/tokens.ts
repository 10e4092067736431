import { createHash } from 'node:crypto'
import { createSecret, type Secret } from '@mailtide/contracts'
import type { TokenEndpointResponse } from 'oauth4webapi'

/** What lets an account in, now and later. */
export interface Tokens {
  readonly accessToken?: Secret
  /** From when on the access token is not used any more: a little before it is worthless. */
  readonly expiresAt?: Date
  readonly refreshToken?: Secret
  /** Which configured refresh token these go back to, as a digest; undefined for those of a login. */
  readonly origin?: string
}

/** An access token that will expire in less than this is not handed out. */
const margin = 120

/** The tokens of an answer. A server that sends no new refresh token means the old one to be kept. */
export function tokensOf(answer: TokenEndpointResponse, now: number, previous: Tokens = {}): Tokens {
  const { access_token, expires_in, refresh_token } = answer
  const lifetime = expires_in === undefined ? undefined : expires_in - Math.min(margin, expires_in / 2)
  const refreshToken = refresh_token === undefined ? previous.refreshToken : createSecret(refresh_token)
  return {
    accessToken: createSecret(access_token),
    ...(lifetime !== undefined && { expiresAt: new Date(now + lifetime * 1000) }),
    ...(refreshToken && { refreshToken }),
    ...(previous.origin !== undefined && { origin: previous.origin }),
  }
}

/** Says of a token which it is, without giving it away. */
export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Tokens as a text (JSON), for stores that keep one text an account. It holds the secrets. */
export function formatTokens({ accessToken, expiresAt, refreshToken, origin }: Tokens): string {
  return JSON.stringify({
    refresh_token: refreshToken?.reveal(),
    access_token: accessToken?.reveal(),
    expires_at: expiresAt?.toISOString(),
    origin,
  })
}

/** What {@link formatTokens} wrote; undefined if it is something else. */
export function parseTokens(text: string): Tokens | undefined {
  const fields = parseFields(text)
  if (!fields) return undefined
  const textOf = (name: string) => (typeof fields[name] === 'string' && fields[name] !== '' ? fields[name] : undefined)
  const refreshToken = textOf('refresh_token')
  const accessToken = textOf('access_token')
  const expiresAt = new Date(textOf('expires_at') ?? Number.NaN)
  const origin = textOf('origin')
  if (refreshToken === undefined && accessToken === undefined) return undefined
  return {
    ...(refreshToken !== undefined && { refreshToken: createSecret(refreshToken) }),
    ...(accessToken !== undefined && { accessToken: createSecret(accessToken) }),
    ...(!Number.isNaN(expiresAt.getTime()) && { expiresAt }),
    ...(origin !== undefined && { origin }),
  }
}

function parseFields(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    // Damaged, or never ours: the caller says so in its own words, which hold nothing of the text.
    return undefined
  }
}
