import type { Body, IncomingMessage } from '@mailtide/contracts'
import { headerLength, identityOf } from '@mailtide/message-bytes'
import { fetchExactIdentities, fetchRows } from './identities.ts'
import type { Selection, Session } from './session.ts'

const lineFeed = 10

/** What was known of a message before it was appended. */
interface Trail {
  readonly token: string
  readonly uidValidity: number
  /** The message can have no smaller UID. */
  readonly uidNext: number
  /** In the form in which it was sent, then in those that servers are known to store. */
  readonly identities: readonly string[]
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
 * | ` 520:…`      | the same of each form that a server may have made of it                    |
 */
export function formatToken(uidValidity: number, uidNext: number, serial: number, message: IncomingMessage): string {
  return `${uidValidity}.${uidNext}.${serial}:${identitiesOf(message.body).join(' ')}`
}

function parseToken(token: string): Trail | undefined {
  const match = /^(\d+)\.(\d+)\.\d+:(\d+:.+)$/.exec(token)
  if (!match) return undefined
  const identities = match[3]!.split(' ')
  return { token, uidValidity: Number(match[1]), uidNext: Number(match[2]), identities }
}

/** Of a message as it is, with its last line ended (Courier), and with an ASCII header (Cyrus: munge8bit). */
function identitiesOf({ size, head }: Body): string[] {
  const identities = [identityOf(size, head), identityOf(size, inAscii(head))]
  if (size === head.length && head.at(-1) !== lineFeed) {
    const ended = Buffer.concat([head, Buffer.from('\r\n')])
    identities.push(identityOf(ended.length, ended), identityOf(ended.length, inAscii(ended)))
  }
  return [...new Set(identities)]
}

/** The header with an X for each octet beyond ASCII. */
function inAscii(head: Uint8Array): Uint8Array {
  return head.subarray(0, headerLength(head)).map((octet) => (octet > 0x7f ? 0x58 : octet))
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
  // What is there just as it was sent belongs to no other.
  for (const exact of [true, false]) {
    for (const { token, uidNext, identities } of trails) {
      if (found.has(token)) continue
      const forms = exact ? identities.slice(0, 1) : identities
      const candidate = candidates.find(({ uid, identity }) => uid >= uidNext && forms.includes(identity))
      if (!candidate) continue
      found.set(token, candidate.uid)
      candidates.splice(candidates.indexOf(candidate), 1)
    }
  }
  return found
}

async function findCandidates(session: Session, trails: readonly Trail[], isTaken: (uid: number) => boolean) {
  const from = trails[0]!.uidNext
  const wanted = new Set(
    trails.flatMap(({ identities }) => identities.map((identity) => Number.parseInt(identity, 10))),
  )
  const sizes = new Map<number, number>()
  await fetchRows(session, [`${from}:*`], '(UID RFC822.SIZE)', ({ uid, size }) => {
    // "n:*" names the last message even if its UID is smaller than n (RFC 9051, 9: seq-range).
    if (uid >= from && wanted.has(size) && !isTaken(uid)) sizes.set(uid, size)
  })
  const identities = await fetchExactIdentities(session, sizes)
  return [...identities].map(([uid, identity]) => ({ uid, identity })).sort((a, b) => a.uid - b.uid)
}
