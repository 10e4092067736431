/** Where an authorization server answers, and what to ask it for. */
export interface OAuth2Provider {
  /** Where the user gives leave in a browser (RFC 6749, 3.1). */
  readonly authorizationEndpoint?: string
  /** Where tokens come from (RFC 6749, 3.2). */
  readonly tokenEndpoint: string
  /** Where the login of a machine without a browser begins (RFC 8628, 3.1). */
  readonly deviceEndpoint?: string
  /** What IMAP and lasting access need. */
  readonly scopes: readonly string[]
  /** Further parameters of the browser's address. */
  readonly parameters?: Readonly<Record<string, string>>
  /** What the server calls itself (RFC 9207), where it says so and that is one and the same for everybody. */
  readonly issuer?: string
  /** How the loopback address has to be written. `127.0.0.1` unless told. */
  readonly redirectHost?: '127.0.0.1' | 'localhost'
}

/** The names of {@link oauth2Presets}. */
export type OAuth2PresetName = 'gmail' | 'outlook' | 'yahoo' | 'fastmail'

/**
 * What is known of the big providers. The client id is always the user's own: it is given out by the provider.
 *
 * Google gives a refresh token only for `access_type=offline`, and again only for `prompt=consent`; its device flow is
 * not open to the scope of Gmail. Microsoft takes any port of `http://localhost` for registered desktop applications.
 */
export const oauth2Presets: Readonly<Record<OAuth2PresetName, OAuth2Provider>> = {
  gmail: {
    authorizationEndpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenEndpoint: 'https://oauth2.googleapis.com/token',
    scopes: ['https://mail.google.com/'],
    parameters: { access_type: 'offline', prompt: 'consent' },
    issuer: 'https://accounts.google.com',
  },
  outlook: {
    authorizationEndpoint: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
    tokenEndpoint: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
    deviceEndpoint: 'https://login.microsoftonline.com/common/oauth2/v2.0/devicecode',
    scopes: ['https://outlook.office.com/IMAP.AccessAsUser.All', 'offline_access'],
    redirectHost: 'localhost',
  },
  yahoo: {
    authorizationEndpoint: 'https://api.login.yahoo.com/oauth2/request_auth',
    tokenEndpoint: 'https://api.login.yahoo.com/oauth2/get_token',
    scopes: ['mail-w'],
    redirectHost: 'localhost',
  },
  fastmail: {
    authorizationEndpoint: 'https://api.fastmail.com/oauth/authorize',
    tokenEndpoint: 'https://api.fastmail.com/oauth/refresh',
    scopes: ['https://www.fastmail.com/dev/protocol-imap'],
    issuer: 'https://api.fastmail.com',
  },
}
