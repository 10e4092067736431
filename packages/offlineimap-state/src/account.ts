import type { Flag } from '@mailtide/contracts'

/** Whose state: an account of an rc file, with the names as they stand there. */
export interface OfflineImapAccount {
  /** `[general] metadata`, with tilde and variables already replaced. */
  readonly metadata: string
  readonly account: string
  readonly localRepository: string
  readonly remoteRepository: string
  /** `customflag_a` to `customflag_z` of the Maildir: each letter's keyword. */
  readonly keywords?: Readonly<Record<string, Flag>>
}

/** A pair of folders under OfflineIMAP's own names: UTF-8 with `utf8foldernames`, otherwise as they are on the wire. */
export interface OfflineImapFolder {
  /** The remote's own name, with the remote's separator. */
  readonly remoteName: string
  /** What the remote's `nametrans` made of it, with the remote's separator still; empty for the top folder. */
  readonly visibleName: string
  readonly remoteSeparator: string
  /** The local repository's own name, with its own separator; empty for the top folder. */
  readonly localName: string
}
