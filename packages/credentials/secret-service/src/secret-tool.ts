import { type AskingOptions, askProgram, failureOf } from './ask-program.ts'

/** What an item is found by. */
export type Attributes = Readonly<Record<string, string>>

/** An item as `secret-tool search` lists it. */
export interface ListedItem {
  /** The end of its D-Bus path: `/12`. */
  readonly path: string
  readonly label: string
  /** Undefined while its collection is locked. */
  readonly secret: string | undefined
}

/**
 * The secret of the first item with these attributes. The service may ask the user to unlock it; undefined if it stays
 * locked.
 */
export async function lookUp(
  command: string,
  attributes: Attributes,
  asking: AskingOptions,
): Promise<string | undefined> {
  const args = ['lookup', '--', ...Object.entries(attributes).flat()]
  const { exitCode, stdout, stderr } = await askProgram(command, args, asking)
  if (exitCode === 0) return Buffer.from(stdout).toString()
  // It says nothing at all of a secret that is not there, or locked.
  if (exitCode === 1 && !/^secret-tool: /m.test(stderr.replaceAll(' | ', '\n'))) return undefined
  throw failureOf(command, stderr)
}

/** Stores an item, in the place of one with the same attributes. The service may ask the user to unlock it. */
export async function store(
  command: string,
  { label, attributes }: { readonly label: string; readonly attributes: Attributes },
  secret: string,
  asking: AskingOptions,
): Promise<void> {
  const args = ['store', `--label=${label}`, '--', ...Object.entries(attributes).flat()]
  const { exitCode, stderr } = await askProgram(command, args, { ...asking, input: secret })
  // It complains of a text that is too long, and ends with 0.
  if (exitCode !== 0 || stderr.includes('too long')) throw failureOf(command, stderr)
}

/** Removes all items with these attributes, as far as they are not locked. None is no error. */
export async function clear(command: string, attributes: Attributes, asking: AskingOptions): Promise<void> {
  const args = ['clear', '--', ...Object.entries(attributes).flat()]
  const { exitCode, stderr } = await askProgram(command, args, asking)
  // 1 without a word: there was nothing, or nothing that could be removed.
  if (exitCode !== 0 && (exitCode !== 1 || stderr !== '')) throw failureOf(command, stderr)
}

/** How items are listed. */
export interface SearchOptions extends AskingOptions {
  /** Whether the service may ask the user to unlock them. Default: no. */
  readonly unlock?: boolean
}

/** All items with these attributes, and the values that their attributes of certain names have. */
export async function search(command: string, attributes: Attributes, { unlock, ...asking }: SearchOptions) {
  const options = unlock ? ['--all', '--unlock'] : ['--all']
  const args = ['search', ...options, '--', ...Object.entries(attributes).flat()]
  const { exitCode, stdout, stderr } = await askProgram(command, args, asking)
  if (exitCode !== 0) throw failureOf(command, stderr)
  const listed = Buffer.from(stdout).toString()
  // Attributes stand in stdout or stderr, depending on the version.
  const lines = [...listed.split('\n'), ...stderr.split(' | ')]
  return {
    items: itemsIn(listed),
    valuesOf(names: readonly string[]): ReadonlySet<string> {
      const values = lines.map((line) => /^attribute\.(\S+) = (.+)$/.exec(line) ?? [])
      return new Set(values.flatMap(([, name = '', value]) => (names.includes(name) && value ? [value] : [])))
    },
  }
}

/**
 * Reads the list of items:
 *
 *     [/12]
 *     label = My mail
 *     secret = hunter2
 *     created = 2026-11-23 01:09:01
 */
function itemsIn(listed: string): ListedItem[] {
  const item = /^\[(\S+)\]\nlabel = (.*)\n(?:secret = ([\s\S]*?)\n)?created = /gm
  return [...listed.matchAll(item)].map(([, path = '', label = '', secret]) => ({ path, label, secret }))
}
