import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'
import type { MechanismRun } from './mechanisms.ts'

const iterations = 4096

/** SCRAM without channel binding (RFC 5802, RFC 7677). */
export function scram(digest: 'sha1' | 'sha256'): MechanismRun {
  return async ({ users, initial, ask }) => {
    const first = initial ?? (await ask(''))
    const [, as = '', bare = '', name = '', nonce = ''] =
      /^[ny],(?:a=([^,]*))?,(n=([^,]*),r=([^,]+))$/.exec(first) ?? []
    const user = unescapeName(name)
    const salt = randomBytes(16)
    const serverNonce = `${nonce}${randomBytes(12).toString('base64')}`
    const challenge = `r=${serverNonce},s=${salt.toString('base64')},i=${iterations}`
    const final = await ask(challenge)
    const [, withoutProof = '', theirs = '', proof = ''] = /^(c=[^,]*,r=([^,]*)),p=(.*)$/.exec(final) ?? []
    // Someone unknown gets a challenge as well, and fails like someone with a wrong password.
    const password = users.get(user)?.user.password ?? randomBytes(16).toString('hex')
    const hmac = (key: string | Buffer, text: string) => createHmac(digest, key).update(text).digest()
    const salted = pbkdf2Sync(password.normalize('NFKC'), salt, iterations, digest === 'sha1' ? 20 : 32, digest)
    const authMessage = `${bare},${challenge},${withoutProof}`
    const clientKey = hmac(salted, 'Client Key')
    const signature = hmac(createHash(digest).update(clientKey).digest(), authMessage)
    const expected = Buffer.from(clientKey.map((octet, index) => octet ^ signature[index]!))
    const given = Buffer.from(proof, 'base64')
    const genuine = theirs === serverNonce && given.length === expected.length && timingSafeEqual(given, expected)
    if (genuine) await ask(`v=${hmac(hmac(salted, 'Server Key'), authMessage).toString('base64')}`)
    return { user, as: unescapeName(as), genuine }
  }
}

function unescapeName(name: string): string {
  return name.replaceAll('=2C', ',').replaceAll('=3D', '=')
}
