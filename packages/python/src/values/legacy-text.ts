import { decodeUtf8 } from './codecs.ts'

// Python 2 had one type for what Python 3 splits into str and bytes. Where Python 3 refuses to mix the two,
// mailtide reads the bytes as text, so that functions written for Python 2 go on working.

/** Bytes as the text that they most likely are. */
export function legacyText(bytes: Uint8Array): string {
  return decodeUtf8(bytes, 'replace')
}
