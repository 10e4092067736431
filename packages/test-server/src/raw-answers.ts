import type { RawAnswer, RawClient } from './raw-client.ts'

/** What matters of a FETCH response, whatever its order and wording. */
export interface FetchedRow {
  readonly uid?: number
  /** Sorted, without `\Recent`. */
  readonly flags?: readonly string[]
  /** The last literal in it. */
  readonly body?: string
}

/** The FETCH responses of an answer. A flag's new mod-sequence alone is left out: not every server tells it apart. */
export function fetched({ untagged }: Pick<RawAnswer, 'untagged'>): FetchedRow[] {
  return untagged.flatMap((response) => {
    if (!/^\d+ FETCH \(/.test(response)) return []
    const uid = /[( ]UID (\d+)/.exec(response)?.[1]
    const flags = /FLAGS \(([^)]*)\)/.exec(response)?.[1]
    const literal = /\{(\d+)\}\r\n/.exec(response)
    const start = literal ? literal.index + literal[0].length : 0
    const row = {
      ...(uid !== undefined && { uid: Number(uid) }),
      ...(flags !== undefined && { flags: sortedFlags(flags) }),
      ...(literal && { body: response.slice(start, start + Number(literal[1])) }),
    }
    return flags === undefined && !literal && /MODSEQ/.test(response) ? [] : [row]
  })
}

/** The flags of a list without its brackets. */
export function sortedFlags(list: string): string[] {
  return list
    .split(' ')
    .filter((flag) => flag !== '' && flag !== '\\Recent')
    .sort()
}

/** The untagged responses that contain a word, such as `EXISTS`. */
export function untagged(answer: Pick<RawAnswer, 'untagged'>, word: string): string[] {
  return answer.untagged.filter((response) => response.includes(word))
}

/** The status and the response code's name: `NO TRYCREATE`. */
export function outcome({ status, text }: RawAnswer): string {
  const code = /^\[([^\] ]+)/.exec(text)?.[1]
  return code === undefined ? status : `${status} ${code}`
}

/** The number behind a word, such as HIGHESTMODSEQ, anywhere in an answer. */
export function numberAfter(answer: RawAnswer, word: string): bigint {
  const found = new RegExp(`${word} \\(?(\\d+)`).exec([...answer.untagged, answer.text].join('\n'))
  return BigInt(found?.[1] ?? 0)
}

/** Reads responses until one of them contains a word. */
export async function untilHeard(client: RawClient, word: string): Promise<string> {
  for (;;) {
    const response = await client.next()
    if (response === undefined) return 'the connection has ended'
    if (response.includes(word)) return response
  }
}
