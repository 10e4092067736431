import { unknownMechanism } from '../errors.ts'
import type { ImapOptions } from '../options.ts'
import { authLogin } from './auth-login.ts'
import { cramMd5 } from './cram-md5.ts'
import { external } from './external.ts'
import { gssapi } from './gssapi.ts'
import type { Mechanism } from './mechanism.ts'
import { oauthbearer } from './oauthbearer.ts'
import { plain } from './plain.ts'
import { scram } from './scram.ts'
import { xoauth2 } from './xoauth2.ts'

/** A mechanism under its name, or why it cannot be had here. */
export type NamedMechanism = readonly [name: string, mechanism: Mechanism | string]

/** The mechanisms an account wants, in its order; all that can be had, the strongest first, if it names none. */
export function wantedMechanisms(options: ImapOptions): readonly NamedMechanism[] {
  const { gssapi: openContext, clientCertificate, mechanisms } = options
  const isCertified = clientCertificate !== undefined && options.encryption !== 'none'
  const known: ReadonlyMap<string, Mechanism | string> = new Map([
    ['GSSAPI', openContext ? gssapi(openContext) : 'GSSAPI needs a Kerberos library, and there is none here'],
    ['EXTERNAL', isCertified ? external : 'EXTERNAL needs TLS and a client certificate'],
    ['OAUTHBEARER', oauthbearer],
    ['XOAUTH2', xoauth2],
    ['SCRAM-SHA-256', scram('sha256')],
    ['SCRAM-SHA-1', scram('sha1')],
    ['CRAM-MD5', cramMd5],
    ['PLAIN', plain],
    ['LOGIN', authLogin],
  ])
  if (!mechanisms) return [...known].filter(([, mechanism]) => typeof mechanism !== 'string')
  return [...new Set(mechanisms.map((name) => name.trim().toUpperCase()))].map((name): NamedMechanism => {
    const mechanism = known.get(name)
    if (mechanism === undefined) throw unknownMechanism(name, [...known.keys()])
    return [name, mechanism]
  })
}
