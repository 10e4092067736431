import { type Login, passwordNames, userNames } from './login.ts'

const anyField = /^\s*([\w.-]+)\s*[:=]\s*(.*?)\s*$/
const colonField = /^\s*([^:]+?)\s*:\s*(.*?)\s*$/

/**
 * Reads an entry as `pass` advises to write it: the password in the first line, `field: value` lines below, the user in
 * `user:`, `username:` or `login:`. With a field named, its value is the password. No password is no login.
 */
export function readEntry(text: string, field?: string): Login | undefined {
  const [first = '', ...below] = text.split(/\r?\n/)
  const lookUp = fieldsIn(below, colonField)
  const password = field === undefined ? first : lookUp([field])
  return password ? { password, user: lookUp(userNames) } : undefined
}

/**
 * The same for a text that follows no advice: `=` may stand for the colon, and the first line too may be a field, if it is
 * called like a password or a user, or one is asked for.
 */
export function loginInLines(text: string, field?: string): Login | undefined {
  const lines = text.split(/\r?\n/)
  const [first = ''] = lines
  const [, name = ''] = anyField.exec(first) ?? []
  const isNamed = [...passwordNames, ...userNames].includes(name.toLowerCase())
  const lookUp = fieldsIn(isNamed || field !== undefined ? lines : lines.slice(1), anyField)
  const names = field === undefined ? passwordNames : [field]
  const password = isNamed || field !== undefined ? lookUp(names) : first
  return password ? { password, user: lookUp(userNames) } : undefined
}

/** Looks up fields, in any case: of several names the first that has a value. */
function fieldsIn(lines: readonly string[], pattern: RegExp): (names: readonly string[]) => string | undefined {
  const values = new Map<string, string>()
  for (const line of lines) {
    const [, name, value] = pattern.exec(line) ?? []
    if (name !== undefined && value) values.set(name.toLowerCase(), value)
  }
  return (names) => names.map((name) => values.get(name.toLowerCase())).find((value) => value)
}
