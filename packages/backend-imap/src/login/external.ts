import { type Mechanism, sayOnce } from './mechanism.ts'

/** EXTERNAL (RFC 4422, A): the TLS certificate of the client says who it is. */
export const external: Mechanism = {
  needs: 'nothing',
  carriesIdentity: true,
  shows: 'nothing',
  begin: ({ authorizationIdentity }) => sayOnce(authorizationIdentity),
}
