import { createHash } from 'node:crypto'
import type { SampleMessage } from './generate-mail.ts'
import { modifiedUtf7 } from './modified-utf7.ts'

/** One message where it was found, in a form that can be compared with the same message elsewhere. */
export interface Resident {
  /** The folder's segments in modified UTF-7, joined by `/`. */
  readonly folder: string
  /** Hash of all bytes, line ends taken as LF. */
  readonly whole: string
  /** Hash of what follows the header, line ends taken as LF. */
  readonly body: string
  /** Letters of its flags, as in a Maildir's file names. */
  readonly flags: string
}

/** How exactly messages are compared: some programs add header lines of their own. */
export type Exactness = 'whole' | 'body'

/** Letters of the flags that a Maildir can hold, in their order there. */
export const flagLetters: ReadonlyMap<string, string> = new Map([
  ['\\draft', 'D'],
  ['\\flagged', 'F'],
  ['\\answered', 'R'],
  ['\\seen', 'S'],
  ['\\deleted', 'T'],
])

/** What a message found somewhere amounts to. */
export function residentOf(folder: string, bytes: Buffer, flags: string): Resident {
  const text = bytes.toString('latin1').replaceAll('\r\n', '\n')
  const bodyStart = text.indexOf('\n\n')
  return { folder, whole: hash(text), body: hash(bodyStart < 0 ? '' : text.slice(bodyStart + 2)), flags }
}

/** What the generated mail amounts to once it lies somewhere. */
export function censusOf(mail: Iterable<SampleMessage>): Resident[] {
  return Array.from(mail, ({ folder, bytes, flags }) =>
    residentOf(folder.map(modifiedUtf7).join('/'), bytes, lettersOf(flags)),
  )
}

/** The letters of these flags; other flags have none. */
export function lettersOf(flags: Iterable<string>): string {
  return Array.from(flags, (flag) => flagLetters.get(flag.toLowerCase()) ?? '')
    .sort()
    .join('')
}

/** In words, what is wrong with `found`: nothing at all if it holds the same messages with the same flags. */
export function differences(expected: readonly Resident[], found: readonly Resident[], by: Exactness): string[] {
  const missing = surplus(expected, found, (one) => `${one.folder}\n${one[by]}`)
  const extra = surplus(found, expected, (one) => `${one.folder}\n${one[by]}`)
  const reflagged = surplus(expected, found, (one) => `${one.folder}\n${one[by]}\n${one.flags}`)
  return [
    ...sentence(missing, 'missing or altered'),
    ...sentence(extra, 'too many or altered'),
    ...(missing.length === 0 ? sentence(reflagged, 'with other flags') : []),
  ]
}

function sentence(residents: readonly Resident[], what: string): string[] {
  const [first] = residents
  return first ? [`${residents.length} messages ${what}, one of them in ${first.folder}`] : []
}

/** Those of `some` that are not in `others`, each as often as it is missing there. */
function surplus(some: readonly Resident[], others: readonly Resident[], key: (one: Resident) => string): Resident[] {
  const left = new Map<string, number>()
  for (const other of others) left.set(key(other), (left.get(key(other)) ?? 0) + 1)
  return some.filter((one) => {
    const count = left.get(key(one)) ?? 0
    left.set(key(one), count - 1)
    return count <= 0
  })
}

function hash(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('base64')
}
