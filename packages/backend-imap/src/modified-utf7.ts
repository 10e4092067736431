/**
 * Writes a folder name in modified UTF-7 (RFC 3501, 5.1.3): printable ASCII as it is, `&` as `&-`, the rest as UTF-16 in
 * base64 between `&` and `-`, with `,` for `/`.
 */
export function encodeUtf7(name: string): string {
  return name.replace(/&|[^\x20-\x7e]+/g, (part) => {
    if (part === '&') return '&-'
    const octets = Buffer.from(part, 'utf16le').swap16()
    return `&${octets.toString('base64').replace(/=+$/, '').replaceAll('/', ',')}-`
  })
}

/** Reads modified UTF-7; undefined for what encoding would not write in just this way. */
export function decodeUtf7(name: string): string | undefined {
  const decoded = name.replace(/&([^-]*)-/g, (_, base64: string) => {
    if (base64 === '') return '&'
    const octets = Buffer.from(base64.replaceAll(',', '/'), 'base64')
    return octets.length % 2 === 0 ? octets.swap16().toString('utf16le') : ''
  })
  return encodeUtf7(decoded) === name ? decoded : undefined
}
