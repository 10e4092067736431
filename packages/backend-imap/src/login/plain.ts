import { type Mechanism, sayOnce } from './mechanism.ts'

/** PLAIN (RFC 4616): the password as it is, and with it whose mail is wanted. */
export const plain: Mechanism = {
  needs: 'password',
  carriesIdentity: true,
  shows: 'password',
  objection: ({ user, authorizationIdentity, secret }) =>
    [user, authorizationIdentity, secret].some((text) => text.includes('\0'))
      ? 'cannot carry octets of value 0'
      : undefined,
  begin: ({ user, authorizationIdentity, secret }) => sayOnce(`${authorizationIdentity}\0${user}\0${secret}`),
}
