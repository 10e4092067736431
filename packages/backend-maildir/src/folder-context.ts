import type { BaseNames } from './base-names.ts'
import type { InfoSeparator } from './file-name.ts'
import type { FlagLetters } from './flag-letters.ts'
import type { FolderHashes } from './folder-hashes.ts'
import type { MessageFiles } from './message-files.ts'

/** What everything that is done in one folder has to know. */
export interface FolderContext extends FolderHashes {
  /** The folder's Maildir. */
  readonly directory: string
  readonly files: MessageFiles
  readonly letters: FlagLetters
  readonly baseNames: BaseNames
  readonly infoSeparator: InfoSeparator
  readonly durable: boolean
  /** Which header of a file holds the message's labels, if any does. */
  readonly labelsHeader: string | undefined
  readonly mtimeFromReceivedAt: boolean
  readonly timeFromHeader: boolean
  readonly nameTimeFromHeader: boolean
  readonly restoreAccessTime: boolean
  readonly now: () => Date
}
