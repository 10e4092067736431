/**
 * Text that is safe to show: control characters, which could steer a terminal, and those that turn the direction of
 * writing are shown as escapes. One line stays one line.
 */
export function printable(text: string): string {
  return text.replace(/[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (unit) => {
    const code = unit.charCodeAt(0)
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`
  })
}
