/** A folder as the list of mailboxes shows it, in the words of OfflineIMAP's `[mbnames]`. */
export interface Mailbox {
  /** `accountname` */
  readonly account: string
  /** `foldername`: the local folder's name, which leads from `localFolders` to its directory; empty for the root itself. */
  readonly folder: string
  /**
   * `localfolders`: the absolute path of the account's root. Undefined, and None in a template, for an account between two
   * servers, whose mailboxes are no directories.
   */
  readonly localFolders: string | undefined
}

/** A mailbox that is a directory. */
export interface PlacedMailbox extends Mailbox {
  readonly localFolders: string
}

/** Whether a mailbox is a directory. */
export function isPlaced(box: Mailbox): box is PlacedMailbox {
  return box.localFolders !== undefined
}

/** Where a mailbox is. */
export function pathOf({ folder, localFolders }: PlacedMailbox): string {
  const root = localFolders.replace(/\/+$/, '')
  return folder === '' ? root || '/' : `${root}/${folder}`
}

/** By account, then by folder, in the order of characters as Python compares them. */
export function compareMailboxes(a: Mailbox, b: Mailbox): number {
  return compareTexts(a.account, b.account) || compareTexts(a.folder, b.folder)
}

/** Every mailbox once. */
export function withoutRepeats(boxes: readonly Mailbox[]): Mailbox[] {
  const keyed = boxes.map((box) => [JSON.stringify([box.account, box.folder, box.localFolders]), box] as const)
  return [...new Map(keyed).values()]
}

function compareTexts(a: string, b: string): number {
  const others = [...b]
  for (const [index, character] of [...a].entries()) {
    const difference = codeOf(character) - codeOf(others[index])
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

function codeOf(character: string | undefined): number {
  return character?.codePointAt(0) ?? -1
}
