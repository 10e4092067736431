/** The one function of the network that is needed here. */
export type Fetch = (address: string, init: RequestInit) => Promise<Response>

const mostOctets = 1024 * 1024

/**
 * A `fetch` for what authorization servers really answer: the size is limited, JSON is taken for JSON whatever its header
 * says, and `token_type` may be missing. An ID token is left out: it tells who the user is, which nobody asked, and could
 * not be checked at a server of which only the token endpoint is known.
 */
export function carefulFetch(fetch: Fetch): Fetch {
  return async (address, init) => {
    const response = await fetch(address, init)
    const text = await readAtMost(response, mostOctets)
    const type = response.headers.get('content-type') ?? 'text/plain'
    const json = parseObject(text)
    if (json) {
      delete json['id_token']
      if (typeof json['access_token'] === 'string') json['token_type'] ??= 'Bearer'
    }
    const headers = { 'content-type': json ? 'application/json' : type }
    return new Response(json ? JSON.stringify(json) : text || null, { status: response.status, headers })
  }
}

async function readAtMost(response: Response, limit: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    size += chunk.length
    if (size > limit) throw new Error('the answer is too long')
  }
  return Buffer.concat(chunks).toString()
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    // Not JSON: whoever asked will say so.
    return undefined
  }
}
