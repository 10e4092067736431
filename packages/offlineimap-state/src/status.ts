/** What OfflineIMAP remembers of one message. */
export interface StatusEntry {
  /** On the remote. */
  readonly uid: number
  /** Maildir letters: `FS`. */
  readonly letters: string
  readonly labels: readonly string[]
  /** The local file's mtime in whole seconds, where labels are synchronised; else 0. */
  readonly mtime: number
}

/** What OfflineIMAP remembers of the messages that a pair of folders has in common. */
export interface OfflineImapStatus {
  readonly file: string
  readonly format: 'sqlite' | 'flat'
  readonly count: number
  /** By ascending UID. Can be walked more than once; a big one is never held whole in memory. */
  readonly entries: Iterable<StatusEntry>
}

/** The labels in their stored form: sorted, parted by comma and blank. */
export function formatLabels(labels: readonly string[]): string {
  return [...labels].sort().join(', ')
}

/** The labels of such a text; none of none. */
export function parseLabels(text: string): string[] {
  return text
    .split(',')
    .map((label) => label.trim())
    .filter((label) => label !== '')
}
