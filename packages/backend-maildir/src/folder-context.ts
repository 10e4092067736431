import type { BaseNames } from './base-names.ts'
import type { InfoSeparator } from './file-name.ts'
import type { FlagLetters } from './flag-letters.ts'
import type { MessageFiles } from './message-files.ts'

/** What everything that is done in one folder has to know. */
export interface FolderContext {
  /** The folder's Maildir. */
  readonly directory: string
  /** What `FMD5=` says in this folder: the MD5 of its local name. */
  readonly hash: string
  readonly files: MessageFiles
  readonly letters: FlagLetters
  readonly baseNames: BaseNames
  readonly infoSeparator: InfoSeparator
  readonly durable: boolean
  readonly mtimeFromReceivedAt: boolean
  readonly now: () => Date
}
