import type { ServerProfile, Wait } from './profile.ts'

const second = 1000
const minute = 60 * second

/** No server is obeyed for longer than this. */
const longest = 24 * 60 * minute

/** What servers say when they have had enough for now; the first text that is found counts. */
const waits: readonly Wait[] = [
  { says: 'account exceeded command or bandwidth limits', milliseconds: 15 * minute },
  { says: 'too many simultaneous connections', milliseconds: minute },
  // Dovecot, of mail_max_userip_connections.
  { says: 'maximum number of connections from user+ip exceeded', milliseconds: minute },
  { says: 'too many connections', milliseconds: minute },
  { says: 'too many commands', milliseconds: minute },
  { says: 'too many requests', milliseconds: minute },
  { says: 'rate limit', milliseconds: minute },
  // Gmail says so of a command that succeeded, slowly.
  { says: '[throttled]', milliseconds: 10 * second },
  // Exchange, where it names no time.
  { says: 'request is throttled', milliseconds: 5 * minute },
  { says: 'throttl', milliseconds: minute },
  // Exchange, while a mailbox is being moved or its server is busy.
  { says: 'user is authenticated but not connected', milliseconds: 30 * second },
  // RFC 5530
  { says: '[inuse]', milliseconds: 10 * second },
  { says: '[unavailable]', milliseconds: 30 * second },
]

/**
 * How many milliseconds to wait before the next command, if an answer asks for it; undefined if it doesn't.
 *
 * The text is that of a status response (OK, NO, BAD, BYE), tagged or not, with its response code: never of data, in which
 * a stranger may have written anything.
 */
export function backoffOf(responseText: string, profile?: Pick<ServerProfile, 'waits'>): number | undefined {
  const text = responseText.toLowerCase()
  const suggested = /suggested backoff time: *(\d+) *milliseconds/.exec(text)?.[1]
  if (suggested !== undefined) return Math.min(Number(suggested), longest)
  const isSaid = ({ says }: Wait) => text.includes(says.toLowerCase())
  return (profile?.waits.find(isSaid) ?? waits.find(isSaid))?.milliseconds
}
