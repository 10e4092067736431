import { createHmac } from 'node:crypto'
import { type Mechanism, octets } from './mechanism.ts'

/** CRAM-MD5 (RFC 2195): proves the password without saying it. */
export const cramMd5: Mechanism = {
  needs: 'password',
  carriesIdentity: false,
  shows: 'proof',
  begin: ({ user, secret }) => ({
    initial: undefined,
    respond: (challenge) => octets(`${user} ${createHmac('md5', secret).update(challenge).digest('hex')}`),
  }),
}
