import { nameNotSayable } from './errors.ts'

/**
 * The query that finds what is in one Maildir, by its path relative to the root of notmuch's mail. A quotation mark
 * is written twice within quotation marks (notmuch-search-terms(7)); queries are read from lines.
 */
export function folderQuery(path: string): string {
  if (/[\x00-\x1f\x7f]/.test(path)) throw nameNotSayable(path, 'notmuch')
  return `folder:"${path.replaceAll('"', '""')}"`
}

/** How a directory below a root is called from there; undefined for one that is not below it. */
export function relativePath(root: string, path: string): string | undefined {
  const above = root.replace(/\/+$/, '')
  if (path === (above || '/')) return ''
  return path.startsWith(`${above}/`) ? path.slice(above.length + 1) : undefined
}

/** The deepest directory that holds all of these. */
export function commonRoot(paths: readonly string[]): string {
  const [first = [], ...others] = paths.map((path) => path.replace(/\/+$/, '').split('/'))
  const differs = first.findIndex((name, index) => others.some((other) => other[index] !== name))
  return (differs === -1 ? first : first.slice(0, differs)).join('/') || '/'
}
