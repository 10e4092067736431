/** A name as it stands between commas (RFC 5801, 4; RFC 5802, 5.1). */
export function gs2Name(name: string): string {
  return name.replaceAll('=', '=3D').replaceAll(',', '=2C')
}
