import { gs2Name } from './gs2-name.ts'
import { type Mechanism, octets } from './mechanism.ts'
import { describeTokenRefusal } from './token-refusal.ts'
import { objectionToControls } from './xoauth2.ts'

/** OAUTHBEARER (RFC 7628): an access token, whose mail it is for, and which server it is meant for. */
export const oauthbearer: Mechanism = {
  needs: 'access-token',
  carriesIdentity: true,
  shows: 'access-token',
  objection: objectionToControls,
  begin({ user, authorizationIdentity, secret, host, port }) {
    let complaint: string | undefined
    const name = gs2Name(authorizationIdentity || user)
    return {
      initial: octets(`n,a=${name},\x01host=${host}\x01port=${port}\x01auth=Bearer ${secret}\x01\x01`),
      respond(challenge) {
        complaint = describeTokenRefusal(challenge)
        // RFC 7628, 3.2.3: what has failed is ended by this octet.
        return octets('\x01')
      },
      complaint: () => complaint,
    }
  },
}
