import { createHash, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { serverUnproven } from '../errors.ts'
import { gs2Name } from './gs2-name.ts'
import { type LoginFacts, type Mechanism, octets } from './mechanism.ts'
import { preparePassword } from './prepare-password.ts'

const deriveKey = promisify(pbkdf2)

// RFC 7677, 4 demands 4096 at least; the most is what a patient user bears.
const fewestIterations = 4096
const mostIterations = 5_000_000

/**
 * SCRAM without channel binding (RFC 5802, RFC 7677): both sides prove that they know the password, neither says it.
 *
 * | who    | message                                                    |
 * | ------ | ---------------------------------------------------------- |
 * | client | `n,a=identity,n=user,r=nonce`                              |
 * | server | `r=nonce and more,s=salt,i=iterations`                     |
 * | client | `c=biws,r=nonce and more,p=proof`                          |
 * | server | `v=signature`: anyone who cannot give it is not the server |
 */
export function scram(digest: 'sha1' | 'sha256'): Mechanism {
  return { needs: 'password', carriesIdentity: true, shows: 'proof', begin: (facts) => beginScram(digest, facts) }
}

function beginScram(digest: 'sha1' | 'sha256', facts: LoginFacts) {
  const { user, authorizationIdentity, secret, host } = facts
  const identity = authorizationIdentity && `a=${gs2Name(authorizationIdentity)}`
  const header = `n,${identity},`
  const nonce = facts.nonce()
  const first = `n=${gs2Name(user)},r=${nonce}`
  let expected: Buffer | undefined
  let proven = false

  return {
    initial: octets(header + first),
    respond(challenge: Uint8Array) {
      const text = Buffer.from(challenge).toString()
      return expected ? checkSignature(text, expected) : prove(text)
    },
    finish() {
      if (!proven) throw serverUnproven(host, 'it let us in without proof')
    },
  }

  async function prove(challenge: string): Promise<Uint8Array> {
    const [, wholeNonce, salt = '', count] = /^r=([^,]+),s=([^,]+),i=(\d{1,9})(?:,|$)/.exec(challenge) ?? []
    if (wholeNonce === undefined) throw serverUnproven(host, 'its challenge is not one of SCRAM')
    const iterations = Number(count)
    if (!wholeNonce.startsWith(nonce) || wholeNonce === nonce) throw serverUnproven(host, 'it changed the nonce')
    if (!(iterations >= fewestIterations && iterations <= mostIterations)) {
      throw serverUnproven(host, `it wants ${count} iterations`)
    }
    const length = digest === 'sha1' ? 20 : 32
    const salted = await deriveKey(preparePassword(secret), Buffer.from(salt, 'base64'), iterations, length, digest)
    const unproven = `c=${Buffer.from(header).toString('base64')},r=${wholeNonce}`
    const message = `${first},${challenge},${unproven}`
    const clientKey = hmac(salted, 'Client Key')
    const signature = hmac(createHash(digest).update(clientKey).digest(), message)
    const proof = Buffer.from(clientKey.map((octet, index) => octet ^ signature[index]!))
    expected = hmac(hmac(salted, 'Server Key'), message)
    return octets(`${unproven},p=${proof.toString('base64')}`)
  }

  function checkSignature(text: string, wanted: Buffer): Uint8Array {
    const given = Buffer.from(/^v=([^,]*)/.exec(text)?.[1] ?? '', 'base64')
    proven = given.length === wanted.length && timingSafeEqual(given, wanted)
    // `e=` is how a server says that our proof was wrong: its tagged answer tells the same.
    if (!proven && !text.startsWith('e=')) throw serverUnproven(host, 'its signature is wrong')
    return octets('')
  }

  function hmac(key: Buffer, text: string): Buffer {
    return createHmac(digest, key).update(text).digest()
  }
}
