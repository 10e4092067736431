/** One login of an authinfo or netrc file. */
export interface AuthinfoEntry {
  /** Undefined: `default`, which is for any host. */
  host: string | undefined
  user?: string
  password?: string
  port?: string
}

/**
 * Reads an authinfo or netrc file, if the text begins as one does: words `machine NAME`, `login NAME`, `password TEXT`,
 * `port NUMBER-OR-SERVICE`; other pairs mean nothing. `"…"` is one word, in which a backslash escapes. Lines that begin
 * with `#` are comments.
 */
export function parseAuthinfo(text: string): readonly AuthinfoEntry[] | undefined {
  const lines = text.split(/\r?\n/).filter((line) => !/^\s*(?:#|$)/.test(line))
  if (!/^\s*(?:machine|host|default)(?:\s|$)/.test(lines[0] ?? '')) return undefined
  const words = [...lines.join('\n').matchAll(/"((?:[^"\\]|\\.)*)"|\S+/gs)].map(([written, quoted]) => {
    return quoted === undefined ? written : quoted.replace(/\\(.)/gs, '$1')
  })
  const entries: AuthinfoEntry[] = []
  for (let index = 0; index < words.length; ) {
    const name = words[index++]
    if (name === 'default') {
      entries.push({ host: undefined })
      continue
    }
    const value = words[index++]
    const entry = entries.at(-1)
    if (name === 'machine' || name === 'host') entries.push({ host: value ?? '' })
    else if (!entry || value === undefined) continue
    else if (name === 'login' || name === 'user') entry.user = value
    else if (name === 'password') entry.password = value
    else if (name === 'port') entry.port = value
  }
  return entries
}
