import { encodeWords, withParting } from './encoded-words.ts'

const longestLine = 78

// A longer label is cut into encoded words, so that a line never comes near the 998 octets of RFC 5322, 2.1.1.
const longestPlain = 200

/** Whether this header parts labels by spaces, as mutt's `X-Label` does; all others do so by commas. */
export function isPartedBySpaces(headerName: string): boolean {
  return headerName === 'X-Label' || headerName === 'Keywords'
}

/**
 * The header that holds these labels, folded where it is long.
 *
 * | header                | labels                                                       |
 * | --------------------- | ------------------------------------------------------------ |
 * | `X-Label`, `Keywords` | `X-Label: \Important work`                                   |
 * | any other             | `X-Keywords: \Important, My work`                            |
 * | any, not plain ASCII  | `X-Keywords: =?utf-8?Q?B=C3=BCro,?= work` (RFC 2047)         |
 *
 * RFC 2047 rather than bare UTF-8: servers alter or refuse 8-bit octets in the header of what is uploaded to them, and
 * mutt has to be told what they mean, while encoded words are read everywhere. A label that holds what parts labels is
 * written so as well, and comes back whole.
 */
export function formatLabels(headerName: string, labels: readonly string[], lineEnd: string): string {
  const bySpaces = isPartedBySpaces(headerName)
  let line = `${headerName}:`
  let lines = ''
  for (const word of wordsOf(labels, bySpaces)) {
    if (lines + line !== `${headerName}:` && line.length + 1 + word.length > longestLine) {
      lines += line + lineEnd
      line = ''
    }
    line += ` ${word}`
  }
  return lines + line + lineEnd
}

/** Labels as words that a space or a fold may stand between. */
function wordsOf(labels: readonly string[], bySpaces: boolean): string[] {
  const isPlain = (label: string) => isPlainText(label) && !label.includes(bySpaces ? ' ' : ',')
  const comma = bySpaces ? '' : ','
  return labels.flatMap((label, index) => {
    const next = labels[index + 1]
    if (isPlain(label)) return [next === undefined ? label : label + comma]
    const words = encodeWords(label)
    const last = words.pop() ?? ''
    if (next === undefined) return [...words, last]
    // White space between two encoded words is no text (RFC 2047, 6.2): what parts them has to be in the first.
    return [...words, withParting(last, isPlain(next) ? comma : `${comma} `)]
  })
}

function isPlainText(label: string): boolean {
  return (
    label.length <= longestPlain && /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(label) && !label.includes('=?')
  )
}
