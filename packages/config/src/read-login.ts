import { createSecret, type Secret } from '@mailtide/contracts'
import type { ImapConfig, LoginConfig, OAuth2Config } from './config.ts'
import type { Expression } from './expression.ts'
import { nearest } from './nearest.ts'
import type { imapOptions } from './options-imap.ts'
import { type ProviderChoice, passwordProviders, tokenProviders, tokenStores } from './provider-choice.ts'
import type { SectionReader } from './section-reader.ts'

type ImapReader = SectionReader<typeof imapOptions>

/** Ways to log in that an account can name. */
const mechanisms: readonly string[] = [
  'GSSAPI',
  'EXTERNAL',
  'OAUTHBEARER',
  'XOAUTH2',
  'SCRAM-SHA-256',
  'SCRAM-SHA-1',
  'CRAM-MD5',
  'PLAIN',
  'LOGIN',
]

/** Reads how an account logs in. */
export function readLogin(reader: ImapReader, type: ImapConfig['type']): LoginConfig {
  const user = reader.expression('remoteusereval') ?? notEmpty(reader.text('remoteuser'))
  const userProvider = readProvider(reader, 'remoteuserprovider', passwordProviders)
  const identity = notEmpty(reader.text('remote_identity'))
  const named = readMechanisms(reader)
  const clientCertificate = reader.text('sslclientcert')
  const clientKey = reader.text('sslclientkey')
  if (clientKey !== undefined && clientCertificate === undefined) {
    reader.problem('error', 'sslclientkey', 'sslclientkey is set without sslclientcert', 'Set both, or none.')
  }
  return {
    ...(user === undefined ? {} : { user }),
    ...(userProvider && { userProvider }),
    ...readPassword(reader),
    ...(named && { mechanisms: named }),
    ...(identity === undefined ? {} : { authorizationIdentity: identity }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
    ...(clientKey === undefined ? {} : { clientKey }),
    oauth2: readOAuth2(reader, type),
  }
}

type Password = Pick<LoginConfig, 'passwordProvider' | 'passwordExpression' | 'password' | 'passwordFile'>
type PasswordOption = 'remotepassprovider' | 'remotepasseval' | 'remotepass' | 'remotepassfile'

/** mailtide's own way first, then OfflineIMAP's order: remotepasseval, then remotepass, then remotepassfile. */
function readPassword(reader: ImapReader): Password {
  const passwordProvider = readProvider(reader, 'remotepassprovider', passwordProviders)
  const passwordExpression = reader.expression('remotepasseval')
  const password = notEmpty(reader.text('remotepass'))
  const passwordFile = reader.text('remotepassfile')
  const ways: readonly (readonly [PasswordOption, Password])[] = [
    ...(passwordProvider ? [['remotepassprovider', { passwordProvider }] as const] : []),
    ...(passwordExpression ? [['remotepasseval', { passwordExpression }] as const] : []),
    ...(password === undefined ? [] : [['remotepass', { password: createSecret(password) }] as const]),
    ...(passwordFile === undefined ? [] : [['remotepassfile', { passwordFile }] as const]),
  ]
  const [first, ...others] = ways
  // Who keeps OfflineIMAP's way beside mailtide's can go back any time.
  for (const [name] of first?.[0] === 'remotepassprovider' ? [] : others) {
    reader.problem('warning', name, `${name} is not read: ${first?.[0]} comes first`, 'Delete one.')
  }
  return first?.[1] ?? {}
}

type ProviderOption = 'remoteuserprovider' | 'remotepassprovider' | 'oauth2_access_token_provider'

function readProvider<Name extends string>(
  reader: ImapReader,
  option: ProviderOption,
  names: readonly Name[],
): ProviderChoice<Name> | undefined {
  const text = notEmpty(reader.text(option))
  if (text === undefined) return undefined
  const [, written = text, argument = ''] = /^([^:]*):(.*)$/s.exec(text) ?? []
  const name = names.find((each) => each === written)
  if (name !== undefined) return { name, argument, option, origin: reader.originOf(option) }
  const meant = nearest(written, names)
  const guess = meant === undefined ? '' : `Did you mean ${meant}? `
  reader.problem(
    'error',
    option,
    `${option} names no provider that there is: '${written}'`,
    `${guess}Write NAME:ARGUMENT; the names are ${names.join(', ')}.`,
  )
  return undefined
}

function readMechanisms(reader: ImapReader): readonly string[] | undefined {
  if (!reader.isSet('auth_mechanisms')) return undefined
  const named = reader.list('auth_mechanisms').map((name) => name.toUpperCase())
  for (const name of named.filter((each) => !mechanisms.includes(each))) {
    const meant = nearest(name, mechanisms)
    const guess = meant === undefined ? '' : `Did you mean ${meant}? `
    const hint = `${guess}There are ${mechanisms.join(', ')}.`
    reader.problem('error', 'auth_mechanisms', `auth_mechanisms names '${name}', which is no way to log in`, hint)
  }
  return named.length === 0 ? undefined : [...new Set(named)]
}

/** The plain option comes before the one that is computed, as in OfflineIMAP. */
function readOAuth2(reader: ImapReader, type: ImapConfig['type']): OAuth2Config {
  const tokenProvider = readProvider(reader, 'oauth2_access_token_provider', tokenProviders)
  const clientId = notEmpty(reader.text('oauth2_client_id')) ?? reader.expression('oauth2_client_id_eval')
  const scopes = notEmpty(reader.text('oauth2_scopes'))?.split(/\s+/)
  return {
    ...(tokenProvider && { tokenProvider }),
    ...(clientId === undefined ? {} : { clientId }),
    ...secretOr('clientSecret', reader.text('oauth2_client_secret'), reader.expression('oauth2_client_secret_eval')),
    ...secretOr('refreshToken', reader.text('oauth2_refresh_token'), reader.expression('oauth2_refresh_token_eval')),
    ...secretOr('accessToken', reader.text('oauth2_access_token'), reader.expression('oauth2_access_token_eval')),
    ...readAddress(reader, 'oauth2_request_url', 'requestUrl'),
    ...readAddress(reader, 'oauth2_authorization_url', 'authorizationUrl'),
    ...readAddress(reader, 'oauth2_device_url', 'deviceUrl'),
    ...(scopes && { scopes }),
    ...(type === 'Gmail' ? { preset: 'gmail' as const } : {}),
    tokenStore: readTokenStore(reader),
  }
}

function secretOr<Name extends string>(
  name: Name,
  text: string | undefined,
  expression: Expression | undefined,
): { readonly [_ in Name]?: Secret | Expression } {
  const value = text === undefined || text === '' ? expression : createSecret(text)
  return (value === undefined ? {} : { [name]: value }) as { readonly [_ in Name]?: Secret | Expression }
}

type AddressOption = 'oauth2_request_url' | 'oauth2_authorization_url' | 'oauth2_device_url'

function readAddress<Name extends string>(
  reader: ImapReader,
  option: AddressOption,
  name: Name,
): { readonly [_ in Name]?: string } {
  const text = notEmpty(reader.text(option))
  if (text !== undefined && !/^https?:\/\/[^\s/]/.test(text)) {
    reader.problem('error', option, `${option} is no address: '${text}'`, 'It begins with https://.')
  }
  return (text === undefined ? {} : { [name]: text }) as { readonly [_ in Name]?: string }
}

function readTokenStore(reader: ImapReader): OAuth2Config['tokenStore'] {
  const name = reader.text('oauth2_token_store') ?? 'auto'
  const known = tokenStores.find((each) => each === name)
  if (known === undefined) {
    const meant = nearest(name, tokenStores)
    const hint = `${meant === undefined ? '' : `Did you mean ${meant}? `}There are ${tokenStores.join(', ')}.`
    reader.problem('error', 'oauth2_token_store', `oauth2_token_store is '${name}', which there is not`, hint)
  }
  return known ?? 'auto'
}

function notEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}
