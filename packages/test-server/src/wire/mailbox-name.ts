/**
 * A mailbox name as it stands on the wire, in modified UTF-7 (RFC 3501, 5.1.3).
 *
 * | name        | on the wire    |
 * |-------------|----------------|
 * | `Entwürfe`  | `Entw&APw-rfe` |
 * | `R&D`       | `R&-D`         |
 * | `日本語`     | `&ZeVnLIqe-`   |
 */
export function encodeMailboxName(name: string): string {
  return name.replace(/&|[^\x20-\x7e]+/g, (run) => (run === '&' ? '&-' : `&${toModifiedBase64(run)}-`))
}

/** The name that a wire name stands for. One that is not valid modified UTF-7 is given back as it is. */
export function decodeMailboxName(wireName: string): string {
  const name = wireName.replace(/&([^-]*)-/g, (_, run: string) => (run === '' ? '&' : fromModifiedBase64(run)))
  return name.isWellFormed() && encodeMailboxName(name) === wireName ? name : wireName
}

// Modified base64 writes `,` for `/` and leaves the padding away; what it holds is UTF-16, big end first.
function toModifiedBase64(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('base64').replace(/=+$/, '').replaceAll('/', ',')
}

function fromModifiedBase64(run: string): string {
  const octets = Buffer.from(run.replaceAll(',', '/'), 'base64')
  return octets.length % 2 === 0 ? octets.swap16().toString('utf16le') : ''
}
