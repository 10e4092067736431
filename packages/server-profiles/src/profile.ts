/** Every profile there is. */
export type ProfileName =
  | 'gmail'
  | 'exchange'
  | 'icloud'
  | 'yahoo'
  | 'fastmail'
  | 'proton-bridge'
  | 'davmail'
  | 'coremail'
  | 'qq'
  | 'workmail'
  | 'zoho'
  | 'mailru'
  | 'dovecot'
  | 'cyrus'
  | 'courier'
  | 'generic'

/** Something to be careful about. */
export type Habit =
  /** UIDs are listed that cannot be fetched: set them aside and go on; they were never deleted. */
  | 'phantom-uids'
  /** One bad message fails the FETCH of a whole range: halve it until the bad one is found. */
  | 'ranges-fail'
  /** UIDVALIDITY changes at restarts and updates: pair anew by fingerprint. */
  | 'unstable-uids'
  /** SEARCH by a header misses messages or tells them twice: look for uploads by UIDNEXT. */
  | 'search-lies'
  /** IDLE is missing, or there and tells nothing: ask now and then as well. */
  | 'idle-lies'
  /** A set such as `9:1` is refused. */
  | 'ascending-sets-only'
  /** MODSEQ 0 and CHANGEDSINCE 0 are refused. */
  | 'modseq-zero-is-bad'
  /** FETCH RFC822 brings nothing: BODY.PEEK[] does. */
  | 'rfc822-is-empty'
  /** What is absent is gone only if a second look agrees. */
  | 'confirm-deletions'
  /** What is uploaded and there already, in the trash even, is the same message: APPEND answers with its UID, and it keeps its date. */
  | 'merges-twins'
  /** Answers take long: no short deadlines. */
  | 'slow'
  /** All folders may be below `INBOX.`: read NAMESPACE. */
  | 'prefix-inbox'
  /** Special folders have names in the user's language: know them by their role. */
  | 'localised-names'

/** What is known of a kind of mail server. */
export interface ServerProfile {
  readonly name: ProfileName
  /** As its users call it. */
  readonly title: string
  /** The most connections an account may have, all programs together; undefined where nobody knows. */
  readonly connectionLimit: number | undefined
  /** How many of them to use, for syncing and IDLE together, unless the user says otherwise. */
  readonly connections: number
  /** Extensions that are not to be used even where they are offered, by the names in CAPABILITY. */
  readonly avoid: readonly string[]
  /** The outermost folders that hold no mail, in lower case: ask `holdsMail`. */
  readonly notMail: readonly string[]
  /** How a message is deleted: by `\Deleted` and EXPUNGE, or by moving it to the folder whose role is trash. */
  readonly deletion: 'expunge' | 'move-to-trash'
  /** What EXPUNGE does outside the trash: it removes for good, or takes the message out of this folder alone. */
  readonly expunge: 'removes' | 'unlabels'
  /** SELECT is refused until ID (RFC 2971) was sent after logging in. */
  readonly idAfterLogin: boolean
  /** Octets of a command line with its tag and its line end, literals not counted. */
  readonly longestCommand: number
  /** Octets of the biggest message that APPEND takes; undefined where only the server can tell (RFC 7889). */
  readonly appendLimit: number | undefined
  /** After how many minutes IDLE has to be renewed (RFC 2177). */
  readonly idleMinutes: number
  readonly habits: readonly Habit[]
  /** How long to wait after an answer that contains a text (in any case), where that differs from what holds for all. */
  readonly waits: readonly Wait[]
  /** Why the above is so. */
  readonly notes: readonly Note[]
}

/** How long to wait after an answer that contains this text. */
export interface Wait {
  readonly says: string
  readonly milliseconds: number
}

/** Something that was seen, and where it was reported: an RFC, a page, or an issue as `owner/repository#number`. */
export interface Note {
  readonly text: string
  readonly source: string
}
