import { type FolderPath, segmentsOf } from '@mailtide/contracts'

/** A folder's name for people. Names that are kept as the server has them are decoded from modified UTF-7. */
export function readableFolder(path: string, isUtf8: boolean): string {
  const name = segmentsOf(path as FolderPath)
    .map((segment) => (isUtf8 ? segment : decodeName(segment)))
    .join('/')
  return name === '' ? '(top folder)' : name
}

/** RFC 3501, 5.1.3. What is no modified UTF-7 is shown as it is. */
function decodeName(name: string): string {
  return name.replace(/&([A-Za-z0-9+,]*)-/g, (shift, digits: string) => {
    if (digits === '') return '&'
    const bytes = Buffer.from(digits.replaceAll(',', '/'), 'base64')
    return bytes.length === 0 || bytes.length % 2 === 1 ? shift : bytes.swap16().toString('utf16le')
  })
}
