const escapeSequences = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[@-_]/g

/** A text on one line and fit for a terminal: colours go, lines are joined, other control characters are replaced. */
export function harmlessText(text: string): string {
  return text
    .replace(escapeSequences, '')
    .replaceAll('\t', ' ')
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' | ')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd')
}
