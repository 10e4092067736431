const escapeSequences = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[@-_]/g

/**
 * What a program said, on one line and fit for a terminal or a log: colours go, lines are joined, and any other control
 * character, bidirectional ones included, is shown as a replacement character.
 */
export function harmlessText(bytes: Uint8Array): string {
  const lines = new TextDecoder()
    .decode(bytes)
    .replace(escapeSequences, '')
    .replaceAll('\t', ' ')
    .split(/[\r\n]+/)
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' | ')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd')
}
