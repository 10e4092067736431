/**
 * A text with everything secret in it replaced, also where it is written in base64, alone or as part of something longer:
 * of a secret within that, the octets that share a character with their neighbours stay.
 */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .flatMap((secret) => (secret === '' ? [] : [secret, ...encodingsOf(secret)]))
    .reduce((line, secret) => line.replaceAll(secret, '[secret]'), text)
}

// Three octets are four characters, so there are three ways in which a secret can begin.
function encodingsOf(secret: string): string[] {
  const octets = Buffer.from(secret)
  const within = [0, 1, 2].map((before) => {
    const base64 = Buffer.concat([Buffer.alloc(before), octets]).toString('base64')
    return base64.slice(Math.ceil((before * 4) / 3), Math.floor(((before + octets.length) * 4) / 3))
  })
  return [octets.toString('base64'), ...within.filter(({ length }) => length >= shortest)]
}

// What is shorter would be found by chance.
const shortest = 4
