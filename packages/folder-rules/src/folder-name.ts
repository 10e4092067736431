import { type FolderPath, folderPath, segmentsOf } from '@mailtide/contracts'
import type { NamingRules } from './naming-rules.ts'

/** A path as its own repository writes it; undefined if a level contains the separator, so that it would read as two. */
export function nameOf(path: FolderPath, { separator }: NamingRules): string | undefined {
  const name = segmentsOf(path).join(separator)
  return pathOf(name, separator) === path ? name : undefined
}

/** The path of a repository's own name. */
export function pathOf(name: string, separator: string): FolderPath {
  return folderPath(separator === '' ? [name] : name.split(separator))
}

/** Puts one separator for another, as OfflineIMAP does; a name that is nothing but the separator is the top level's. */
export function withSeparator(name: string, from: string, to: string): string {
  const same = from === '' || to === '' || from === to
  return topLevel(same ? name : name.replaceAll(from, to), to)
}

/** OfflineIMAP calls the top level by the empty name or by the separator. */
export function topLevel(name: string, separator: string): string {
  return name === separator ? '' : name
}

/** The one spelling of a name that a repository of this kind takes for the same. */
export function canonicalName(name: string, { kind }: NamingRules): string {
  return kind === 'imap' && name.toUpperCase() === 'INBOX' ? 'INBOX' : name
}

/** A name in quotes, fit for a message: names come from servers and may hold anything. */
export function quoted(name: string): string {
  return JSON.stringify(name).replace(/[\p{Cc}\p{Cf}\p{Surrogate}\u2028\u2029]/gu, '\ufffd')
}
