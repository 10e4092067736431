import type { Resident } from '@mailtide/sample-mail'

/** The messages of one folder, oldest first. */
export function inFolder(all: readonly Resident[], folder: string): Resident[] {
  return all.filter((one) => one.folder === folder)
}

/** The same messages, this one with other flags than it had. */
export function reflagged(all: readonly Resident[], which: Resident, flags: string): Resident[] {
  if (which.flags === flags) throw new Error(`a message of ${which.folder} has the flags ${flags} already`)
  return all.map((one) => (one.whole === which.whole && one.folder === which.folder ? { ...one, flags } : one))
}

/** The same messages without this one. */
export function without(all: readonly Resident[], which: Resident): Resident[] {
  return all.filter((one) => one.whole !== which.whole || one.folder !== which.folder)
}

/** These letters and those, each once, in a Maildir's order. */
export function withLetters(letters: string, added: string): string {
  return [...new Set(letters + added)].sort().join('')
}
