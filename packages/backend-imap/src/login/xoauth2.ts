import { type LoginFacts, type Mechanism, octets } from './mechanism.ts'
import { describeTokenRefusal } from './token-refusal.ts'

/** XOAUTH2, Google's own, which Microsoft and Yahoo speak as well: an access token and whose mail it is for. */
export const xoauth2: Mechanism = {
  needs: 'access-token',
  carriesIdentity: true,
  shows: 'access-token',
  objection: objectionToControls,
  begin({ user, authorizationIdentity, secret }) {
    let complaint: string | undefined
    return {
      initial: octets(`user=${authorizationIdentity || user}\x01auth=Bearer ${secret}\x01\x01`),
      respond(challenge) {
        complaint = describeTokenRefusal(challenge)
        return octets('')
      },
      complaint: () => complaint,
    }
  },
}

/** A control character would end its field early. */
export function objectionToControls({ user, authorizationIdentity, secret }: LoginFacts): string | undefined {
  const isUnfit = [user, authorizationIdentity, secret].some((text) => /[\x00-\x1f\x7f]/.test(text))
  return isUnfit ? 'cannot carry control characters' : undefined
}
