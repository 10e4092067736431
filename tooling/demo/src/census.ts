import type { Resident } from '@mailtide/sample-mail'

/** Takes the first message with such flags that was not taken before. */
export type Take = (suits: (flags: string) => boolean) => Resident

/** Hands out messages of one folder, oldest first, each once. */
export function takeFrom(all: readonly Resident[], folder: string): Take {
  const left = all.filter((one) => one.folder === folder)
  return (suits) => {
    const index = left.findIndex(({ flags }) => suits(flags))
    const [found] = index < 0 ? [] : left.splice(index, 1)
    if (!found) throw new Error(`the demo wants more messages in ${folder}`)
    return found
  }
}

/** The same messages, this one with other flags than it had. */
export function reflagged(all: readonly Resident[], which: Resident, flags: string): Resident[] {
  return all.map((one) => (isSame(one, which) ? { ...one, flags } : one))
}

/** The same messages without this one. */
export function without(all: readonly Resident[], which: Resident): Resident[] {
  return all.filter((one) => !isSame(one, which))
}

/** Whether these are copies of one message, whatever their flags. */
export function isSame(one: Resident, other: Resident): boolean {
  return one.whole === other.whole && one.folder === other.folder
}

/** These letters and that one, in a Maildir's order. */
export function withLetter(letters: string, letter: string): string {
  return [...letters, letter].sort().join('')
}
