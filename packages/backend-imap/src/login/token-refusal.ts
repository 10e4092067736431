/**
 * Reads why a server takes no access token (RFC 7628, 3.2.2; Google's XOAUTH2): JSON with a `status`, which is a word or a
 * status of HTTP, and the `scope` that is wanted.
 */
export function describeTokenRefusal(challenge: Uint8Array): string | undefined {
  const { status, scope } = parse(challenge)
  if (!/^[\w.-]{1,40}$/.test(status)) return undefined
  const wanted = /^[\x21-\x7e ]{1,200}$/.test(scope) ? `; the scope has to be ${scope}` : ''
  switch (status) {
    case '401':
    case 'invalid_token':
      return `the access token has expired or is not valid (${status})${wanted}`
    case '400':
      return `the access token is not valid, or is another user's (${status})${wanted}`
    case '403':
    case 'insufficient_scope':
      return `the access token does not allow this (${status})${wanted}`
    default:
      return `the access token was not taken (${status})${wanted}`
  }
}

function parse(challenge: Uint8Array): { readonly status: string; readonly scope: string } {
  try {
    const told: unknown = JSON.parse(Buffer.from(challenge).toString())
    const fields = typeof told === 'object' && told !== null ? (told as Readonly<Record<string, unknown>>) : {}
    return { status: String(fields['status'] ?? ''), scope: String(fields['scope'] ?? '') }
  } catch {
    // Not everyone sends JSON: the tagged answer has words of its own.
    return { status: '', scope: '' }
  }
}
