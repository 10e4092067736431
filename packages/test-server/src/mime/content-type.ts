/** What a part holds (RFC 2045, 5.1). */
export interface ContentType {
  /** In lower case. */
  readonly type: string
  /** In lower case. */
  readonly subtype: string
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>
}

const parameterPattern = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]+))/g

/** Reads a Content-Type; what cannot be read is plain text (RFC 2045, 5.2). */
export function parseContentType(value: string): ContentType {
  const match = /^\s*([^\s/;]+)\/([^\s/;]+)/.exec(value)
  if (!match) return { type: 'text', subtype: 'plain', parameters: new Map() }
  return { type: match[1]!.toLowerCase(), subtype: match[2]!.toLowerCase(), parameters: parseParameters(value) }
}

/** The parameters behind a value such as that of Content-Type or Content-Disposition. */
export function parseParameters(value: string): Map<string, string> {
  const parameters = new Map<string, string>()
  for (const [, name, quoted, plain] of value.matchAll(parameterPattern)) {
    parameters.set(name!.toLowerCase(), quoted === undefined ? plain! : quoted.replace(/\\(.)/g, '$1'))
  }
  return parameters
}
