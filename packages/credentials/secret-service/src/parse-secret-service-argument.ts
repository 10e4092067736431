import { argumentNotUnderstood } from './errors.ts'
import type { Attributes } from './secret-tool.ts'

/** What an item is looked for by: attributes, a label, or what is usual for mail. */
export type SecretServiceArgument =
  | { readonly attributes: Attributes }
  | { readonly label: string }
  | Record<string, never>

/**
 * Reads the argument of `secret-service:`.
 *
 * | written                    | means                                       |
 * | -------------------------- | ------------------------------------------- |
 * | nothing                    | the attributes that are usual for mail      |
 * | `server=host,user=bob`     | these attributes                            |
 * | `Title="Work, at home"`    | the same: in quotes a comma is a comma      |
 * | `Password for Work`        | this label                                  |
 * | `"a label with = in it"`   | this label                                  |
 *
 * In quotes a backslash takes the next character as it is.
 */
export function parseSecretServiceArgument(text: string): SecretServiceArgument {
  const written = text.trim()
  if (written === '') return {}
  const [label] = /^"(?:[^"\\]|\\.)*"$/s.exec(written) ?? []
  if (label !== undefined || !written.includes('=')) return { label: meaningOf(label ?? written) }

  const pieces = written.match(/(?:"(?:[^"\\]|\\.)*"|[^",])+|,/gs) ?? []
  if (pieces.join('') !== written) throw argumentNotUnderstood('has a quote that does not end')
  const attributes = new Map<string, string>()
  for (const piece of pieces.filter((one) => one !== ',')) {
    const [, name, value] = /^\s*([^="]+?)\s*=\s*(.*?)\s*$/s.exec(piece) ?? []
    if (name === undefined || value === undefined)
      throw argumentNotUnderstood('has something that is not ATTRIBUTE=VALUE')
    attributes.set(name, meaningOf(value))
  }
  return { attributes: Object.fromEntries(attributes) }
}

function meaningOf(written: string): string {
  const [, quoted] = /^"((?:[^"\\]|\\.)*)"$/s.exec(written) ?? []
  return quoted === undefined ? written : quoted.replace(/\\(.)/gs, '$1')
}
