import type { ImapOptions } from './options.ts'

/** What a server shows of itself while somebody logs in. */
export interface ServerSigns {
  /** The words of its greeting; empty before the first connection. */
  readonly greeting: string
  /** In upper case. */
  readonly capabilities: ReadonlySet<string>
  /** What it answered to ID (RFC 2971), keys in lower case; empty before it did, and where it has no such command. */
  readonly id: ReadonlyMap<string, string | null>
}

/** How a server wants to be treated, beyond what the protocol says. */
export interface ServerHabits {
  /** Extensions that are not to be used although it offers them, such as `QRESYNC`. */
  readonly avoid?: readonly string[]
  /** How many connections to use at most; in place of the option `connections`. */
  readonly connections?: number
  /** Octets that a command line may have, its literals not counted. */
  readonly longestCommand?: number
  /** Octets of the biggest message that it takes, where it doesn't tell (APPENDLIMIT, RFC 7889). */
  readonly appendLimit?: number
  /** What it no longer lists is believed gone only if a second look agrees. */
  readonly confirmDeletions?: boolean
  /** It takes its time: silence is borne five times as long. */
  readonly slow?: boolean
  /** One message that it cannot read fails a whole FETCH, and there may be many of them. */
  readonly rangesFail?: boolean
  /** Minutes after which IDLE has to be begun anew, where the default is too long. */
  readonly idleMinutes?: number
  /** IDLE is offered and tells nothing: looks are all there is. */
  readonly idleLies?: boolean
  /** How many milliseconds a status response asks us to wait, if it does: `NO [INUSE] …`, without tag and `* `. */
  readonly backoff?: (response: string) => number | undefined
}

/** What is known of the server of an account, from all its connections. */
export interface KnownServer {
  readonly habits: ServerHabits
  /** How many connections may be open at once. */
  readonly connections: number
  avoids(capability: string): boolean
  /** Octets that a set of UIDs may have in a command that holds so many others. */
  roomForSet(others: number): number
  learn(signs: Partial<ServerSigns>): void
}

/** What servers have to take at the least (RFC 2683, 3.2.1.5). */
const usualCommand = 8000
/** Room for the tag, the command's name and items that are the same everywhere. */
const frame = 120

/** Begins with what is known of a server before it has said anything. */
export function createKnownServer({ adapt, avoid = [], connections = 1 }: ImapOptions): KnownServer {
  let signs: ServerSigns = { greeting: '', capabilities: new Set(), id: new Map() }
  let habits: ServerHabits = {}
  let avoided = new Set<string>()
  learn({})
  return {
    get habits() {
      return habits
    },
    get connections() {
      return Math.max(1, habits.connections ?? connections)
    },
    avoids: (capability) => avoided.has(capability),
    roomForSet: (others) =>
      Math.max(32, Math.min(habits.longestCommand ?? usualCommand, usualCommand) - frame - others),
    learn,
  }

  function learn(more: Partial<ServerSigns>): void {
    signs = { ...signs, ...more }
    habits = adapt?.(signs) ?? {}
    avoided = new Set([...avoid, ...(habits.avoid ?? [])].map((name) => name.toUpperCase()))
  }
}
