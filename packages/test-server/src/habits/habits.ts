/** What a server does that no extension and no fault stands for. None of it is done unless asked for. */
export interface ServerHabits {
  /** The text behind the capabilities in the greeting. */
  readonly greeting?: string
  /** What ID answers (RFC 2971). */
  readonly id?: Readonly<Record<string, string>>
  /** How many connections a user may be logged in on; the next login is refused. */
  readonly connectionLimit?: ConnectionLimit
  /** SELECT and EXAMINE are refused as `Unsafe Login` until ID was sent after logging in. */
  readonly idAfterLogin?: boolean
  /** Octets of a command's first line, its line end not counted; longer ones are BAD. */
  readonly longestCommand?: number
  /** Octets of the biggest message for APPEND: advertised (RFC 7889), and `[TOOBIG]` above it. */
  readonly appendLimit?: number
  /** Literals may come unasked only up to 4,096 octets: LITERAL- (RFC 7888) is offered in place of LITERAL+. */
  readonly literalMinus?: boolean
  /** Sets such as `9:1` are BAD. */
  readonly ascendingSetsOnly?: boolean
  /** A mod-sequence of 0, in FETCH and in SEARCH, is BAD. */
  readonly zeroModSeqIsBad?: boolean
  /** `TestServer.restart` gives every folder a new UIDVALIDITY, and its messages new UIDs. */
  readonly forgetsUids?: boolean
  /** Mail has labels, each of which is a folder, as on Gmail: X-GM-EXT-1 is offered. */
  readonly labels?: LabelOptions
}

/** How many connections a user may have, and what the next one is told. */
export interface ConnectionLimit {
  readonly perUser: number
  /** The refusal with its response code: `[ALERT] Too many simultaneous connections. (Failure)`. */
  readonly text: string
  /** Says so in an untagged NO as well. */
  readonly untagged?: boolean
}

/** How a server with labels is. */
export interface LabelOptions {
  /** The language of the names of special folders: English, if none is given. */
  readonly language?: LabelLanguage
  /** What the names of special folders are below: `[Gmail]`, if nothing is given. */
  readonly root?: string
  /** Messages of the same octets are different ones, as on other servers: where they are one, uploading a twin adds nothing. */
  readonly keepsTwins?: boolean
  /** A message is expunged as soon as it is marked as `\Deleted`: the user's choice on the web, and there the usual one. */
  readonly autoExpunge?: boolean
  /** What becomes of a message that loses its last label by EXPUNGE: the user's choice on the web. `archive`, if none. */
  readonly whenExpunged?: 'archive' | 'trash' | 'delete'
}

/** Languages in which the special folders have names here. */
export type LabelLanguage = 'en' | 'de' | 'es' | 'fr' | 'pl'
