/** What can be counted of a mailbox (RFC 3501, 6.3.10; RFC 7162). */
export type StatusItem = 'MESSAGES' | 'RECENT' | 'UIDNEXT' | 'UIDVALIDITY' | 'UNSEEN' | 'HIGHESTMODSEQ'

/** Which commands a fault befalls. Without any of these: the next command, whichever it is. */
export interface FaultScope {
  /**
   * The command's name (`APPEND`, `UID FETCH`), a pattern for its text without the tag, or a question about that text.
   * `GREETING` is the moment at which the server greets.
   */
  readonly command?: string | RegExp | ((text: string) => boolean)
  /** Only the nth connection of the server, from 1. */
  readonly connection?: number
  /** Lets this many matching commands pass first. */
  readonly skip?: number
  /** How many commands it befalls: 1 unless told, `Infinity` for good. */
  readonly times?: number
}

/** One way in which a server goes wrong. */
export type FaultKind =
  /**
   * Closes the connection: before or after the command's effect, its answer unsent either way; or once so many octets were
   * received or sent, counted from the first octet of the command, or of the connection where no command is named.
   */
  | { readonly kind: 'cut'; readonly at: 'before-effect' | 'after-effect' | CutCount }
  /** Answers NO or BAD, or says BYE and closes; the command has its effect, and its untagged answers, only if told. */
  | {
      readonly kind: 'refuse'
      readonly status: 'NO' | 'BAD' | 'BYE'
      readonly text: string
      readonly afterEffect?: boolean
      /** Says BYE with this text after it, and closes. */
      readonly bye?: string
    }
  /** Stops answering on this connection: for good, until the fault is removed, or for so many milliseconds. */
  | { readonly kind: 'stall'; readonly milliseconds?: number; readonly afterEffect?: boolean }
  /** Sends slowly, and says `[THROTTLED]` in the tagged answer as Gmail does. */
  | { readonly kind: 'throttle'; readonly bytesPerSecond: number }
  /** Passes each line (latin1, without its line end and without literals) through a function; undefined drops the response. */
  | { readonly kind: 'rewrite'; readonly line: (line: string) => string | undefined }
  /** Leaves out untagged responses of this name: `FETCH`, `EXISTS`, `VANISHED`, `STATUS`, `LIST`, … */
  | { readonly kind: 'drop'; readonly untagged: string }
  /** Leaves a response code out of every answer: `APPENDUID`, `COPYUID`, `HIGHESTMODSEQ`, … */
  | { readonly kind: 'hide-code'; readonly code: string }
  /**
   * Lists these messages, but can't bring them: a FETCH of bodies leaves them out, or ends with NO at the first of them, what
   * comes before it having been told. In the mailbox of this name (UTF-8), or in any.
   */
  | {
      readonly kind: 'unreadable'
      readonly uids: readonly number[]
      readonly mailbox?: string
      readonly answer: 'nothing' | { readonly no: string }
    }
  /** Leaves an item (`UID`, `RFC822`, `BODY[]`, …) out of FETCH responses, or tells NIL in its place. */
  | { readonly kind: 'without-item'; readonly item: string; readonly nil?: boolean }
  /** Tells messages in FETCH, and numbers in SEARCH, the last one first. */
  | { readonly kind: 'unsorted' }
  /** Tells other numbers of a mailbox (its name in UTF-8; all, if none is named) in STATUS and LIST-STATUS; undefined omits one. */
  | {
      readonly kind: 'misreport-status'
      readonly mailbox?: string
      readonly items: Partial<Record<StatusItem, number | bigint | undefined>>
    }

/** After how many octets a connection is cut. */
export type CutCount = { readonly received: number } | { readonly sent: number }

/** One way in which a server goes wrong, and when. */
export type Fault = FaultScope & FaultKind
