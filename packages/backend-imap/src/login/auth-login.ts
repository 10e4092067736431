import { type Mechanism, octets } from './mechanism.ts'

/** LOGIN (draft-murchison-sasl-login): name and password as they are, one after the other, whatever the server asks. */
export const authLogin: Mechanism = {
  needs: 'password',
  carriesIdentity: false,
  shows: 'password',
  begin({ user, secret }) {
    const answers = [user, secret]
    return { initial: undefined, respond: () => octets(answers.shift() ?? '') }
  },
}
