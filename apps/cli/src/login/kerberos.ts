import type { ImapOptions } from '@mailtide/backend-imap'

/** How a security context of GSSAPI is opened. */
export type OpenGssapi = NonNullable<ImapOptions['gssapi']>

/** What is used of the package `kerberos`. Texts are base64. */
export interface Kerberos {
  initializeClient(service: string, options: object): Promise<KerberosClient>
}

interface KerberosClient {
  readonly contextComplete: boolean
  readonly response?: string | null
  step(challenge: string): Promise<string | null>
  unwrap(message: string): Promise<string>
  wrap(message: string, options: object): Promise<string>
}

/** The package `kerberos`, where the user has installed it; undefined where there is none. */
export async function loadKerberos(
  load: () => Promise<{ readonly default: Kerberos }> = importKerberos,
): Promise<OpenGssapi | undefined> {
  try {
    return gssapiOf((await load()).default)
  } catch {
    return undefined
  }
}

// Its name is no literal: bundlers and type checkers would want it to be there.
function importKerberos(name = 'kerberos'): Promise<{ readonly default: Kerberos }> {
  return import(name)
}

function gssapiOf({ initializeClient }: Kerberos): OpenGssapi {
  return async (service) => {
    const client = await initializeClient(service, {})
    return {
      async step(token) {
        const answer = await client.step(token === undefined ? '' : toBase64(token))
        return answer ? Buffer.from(answer, 'base64') : undefined
      },
      get isComplete() {
        return client.contextComplete
      },
      unwrap: async (message) => Buffer.from(await client.unwrap(toBase64(message)), 'base64'),
      wrap: async (message) => Buffer.from(await client.wrap(toBase64(message), {}), 'base64'),
    }
  }
}

function toBase64(octets: Uint8Array): string {
  return Buffer.from(octets).toString('base64')
}
