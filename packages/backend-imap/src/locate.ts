import type { IncomingMessage } from '@mailtide/contracts'
import { identityOf } from '@mailtide/message-bytes'
import { fetchExactIdentities, fetchRows } from './identities.ts'
import type { Selection, Session } from './session.ts'

/** What was known of a message before it was appended. */
interface Trail {
  readonly token: string
  readonly uidValidity: number
  /** The message can have no smaller UID. */
  readonly uidNext: number
  readonly size: number
  readonly identity: string
}

/**
 * The text by which a message is found again after a crash:
 *
 * | part          | meaning                                                                    |
 * | ------------- | -------------------------------------------------------------------------- |
 * | `1700000000.` | UIDVALIDITY                                                                |
 * | `42.`         | UIDNEXT before the append: the message gets this UID or a larger one       |
 * | `7:`          | tells copies of one message apart                                          |
 * | `518:…`       | size and hash of the header, as in `identityOf`                            |
 */
export function formatToken(uidValidity: number, uidNext: number, serial: number, message: IncomingMessage): string {
  return `${uidValidity}.${uidNext}.${serial}:${identityOf(message.body.size, message.body.head)}`
}

function parseToken(token: string): Trail | undefined {
  const match = /^(\d+)\.(\d+)\.\d+:((\d+):.+)$/.exec(token)
  if (!match) return undefined
  return {
    token,
    uidValidity: Number(match[1]),
    uidNext: Number(match[2]),
    size: Number(match[4]),
    identity: match[3]!,
  }
}

/**
 * Finds appended messages by what their tokens tell: among the UIDs since then, those of the right size are compared by
 * their very octets. Each message is used once; `isTaken` names those that belong to others.
 */
export async function locateTokens(
  session: Session,
  { uidValidity }: Selection,
  tokens: Iterable<string>,
  isTaken: (uid: number) => boolean,
): Promise<Map<string, number>> {
  const trails: Trail[] = []
  for (const token of tokens) {
    const trail = parseToken(token)
    // In another epoch the old UIDs say nothing: the message may be anywhere.
    if (trail) trails.push(trail.uidValidity === uidValidity ? trail : { ...trail, uidNext: 1 })
  }
  const found = new Map<string, number>()
  if (trails.length === 0) return found
  trails.sort((a, b) => a.uidNext - b.uidNext)
  const candidates = await findCandidates(session, trails, isTaken)
  for (const { token, uidNext, identity } of trails) {
    const uid = candidates.find((candidate) => candidate.uid >= uidNext && candidate.identity === identity)
    if (!uid) continue
    found.set(token, uid.uid)
    candidates.splice(candidates.indexOf(uid), 1)
  }
  return found
}

async function findCandidates(session: Session, trails: readonly Trail[], isTaken: (uid: number) => boolean) {
  const from = trails[0]!.uidNext
  const wanted = new Set(trails.map(({ size }) => size))
  const sizes = new Map<number, number>()
  await fetchRows(session, [`${from}:*`], '(UID RFC822.SIZE)', ({ uid, size }) => {
    // "n:*" names the last message even if its UID is smaller than n (RFC 9051, 9: seq-range).
    if (uid >= from && wanted.has(size) && !isTaken(uid)) sizes.set(uid, size)
  })
  const identities = await fetchExactIdentities(session, sizes)
  return [...identities].map(([uid, identity]) => ({ uid, identity })).sort((a, b) => a.uid - b.uid)
}
