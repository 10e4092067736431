/** A folder's name as IMAP4rev1 spells it (RFC 3501, 5.1.3), which is also how OfflineIMAP names its directories. */
export function modifiedUtf7(name: string): string {
  return name
    .replaceAll('&', '&-')
    .replace(
      /[^\x20-\x7e]+/g,
      (run) => `&${Buffer.from(run, 'utf16le').swap16().toString('base64').replace(/=+$/, '').replaceAll('/', ',')}-`,
    )
}
