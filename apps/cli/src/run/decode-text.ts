/** A text file as text, and the first line that was not in UTF-8, if there is one. */
export interface DecodedText {
  readonly text: string
  /** Counted from 1. */
  readonly foreignLine?: number
}

/** Decodes UTF-8; a line that is none is read as Windows-1252, in which old files of Western Europe were written. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const whole = attempt(strict, bytes)
  if (whole !== undefined) return { text: whole }
  const western = new TextDecoder('windows-1252')
  const lines = linesOf(bytes).map((line) => attempt(strict, line))
  const text = linesOf(bytes).map((line, index) => lines[index] ?? western.decode(line))
  return { text: text.join('\n'), foreignLine: lines.indexOf(undefined) + 1 }
}

function attempt(decoder: TextDecoder, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = []
  let start = 0
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    lines.push(bytes.subarray(start, end))
    start = end + 1
  }
  return [...lines, bytes.subarray(start)]
}
