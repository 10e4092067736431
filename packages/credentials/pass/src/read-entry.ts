/** What an entry of the store says. */
export interface Entry {
  readonly password: string
  readonly user: string | undefined
}

/**
 * Reads an entry as `pass` advises to write it: the password in the first line, `field: value` lines below, the user in
 * `user:`, `username:` or `login:`. With a field named, its value is the password. No password is no entry.
 */
export function readEntry(text: string, field?: string): Entry | undefined {
  const [first = '', ...below] = text.split(/\r?\n/)
  const values = new Map<string, string>()
  for (const line of below) {
    const [, name, value] = /^\s*([^:]+?)\s*:\s*(.*?)\s*$/.exec(line) ?? []
    if (name !== undefined && value) values.set(name.toLowerCase(), value)
  }
  const password = field === undefined ? first : values.get(field.toLowerCase())
  const user = values.get('user') ?? values.get('username') ?? values.get('login')
  return password ? { password, user } : undefined
}
