/** The rules of one repository: which of its folders are synced, and what the other side calls them. */
export interface NamingRules {
  /** IMAP has no folder with an empty name, and INBOX in any case is INBOX (RFC 9051, 5.1); a Maildir tree is exact. */
  readonly kind: 'imap' | 'maildir'
  /** What parts the levels of this repository's names; empty for a server without levels. */
  readonly separator: string
  /**
   * `nametrans`: what the other side calls these folders, still written with this side's separator. Undefined for a
   * folder that has no name there. Answers in the order of the names. Default: the same names.
   */
  translate?(names: readonly string[]): Promise<readonly (string | undefined)[]>
  /** Undoes `translate`: takes and gives this side's separators. Serves the other side where it has no `translate`. */
  invert?(names: readonly string[]): Promise<readonly (string | undefined)[]>
  /** `folderfilter`: which of these folders are synced, by their own names. Default: all. */
  accepts?(names: readonly string[]): Promise<readonly boolean[]>
  /** `folderincludes`: exempt from `accepts`. On the remote they need not have been listed. */
  readonly includes?: readonly string[]
  /** Whether folders are created here (`createfolders`, and not `readonly`). Default: yes. */
  readonly createFolders?: boolean
  /** The source text of the rules, for messages. */
  readonly describe?: { readonly nametrans?: string; readonly folderfilter?: string }
}
