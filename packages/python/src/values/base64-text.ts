import { raise } from './raised.ts'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Bytes in base64. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    const count = Math.min(3, bytes.length - at) + 1
    for (let index = 0; index < 4; index++) text += index < count ? letters[(group >> (18 - index * 6)) & 63] : '='
  }
  return text
}

/** The bytes that base64 stands for. Characters that are none of its letters are passed over, as Python does. */
export function decodeBase64(text: Uint8Array): Uint8Array {
  const bytes: number[] = []
  let group = 0
  let count = 0
  let padding = 0
  for (const byte of text) {
    if (byte === 0x3d) {
      padding++
      if (count >= 2 && count + padding >= 4) return Uint8Array.from(bytes)
      continue
    }
    const value = letters.indexOf(String.fromCharCode(byte))
    if (value === -1) continue
    padding = 0
    group = ((group << 6) | value) & 0xffffff
    count = (count + 1) % 4
    if (count !== 1) bytes.push((group >> ((4 - (count || 4)) * 2)) & 0xff)
  }
  if (count !== 0) throw raise('Error', 'Incorrect padding')
  return Uint8Array.from(bytes)
}
