import { asMailtideError, type BothSides, type MessageId, type Pair, type Side } from '@mailtide/contracts'
import type { OpenFolders } from './open-folders.ts'
import type { SyncContext } from './sync-context.ts'
import { differenceBetween, type Fingerprint, fingerprintOf } from './verify-fingerprint.ts'
import type { Difference, OctetHash } from './verify-request.ts'

/** Messages of each side whose fingerprints are held at once; bounds the memory. */
const comparedAtOnce = 64

/** What a look at every octet found. */
export interface ComparedOctets {
  readonly differences: readonly Difference[]
  readonly compared: number
  readonly altered: number
}

/** Reads both messages of every pair and compares all their octets. One that vanished meanwhile is passed over. */
export async function compareOctets(
  context: SyncContext,
  open: OpenFolders['open'],
  pairs: Iterable<Pair>,
  createHash: () => OctetHash,
): Promise<ComparedOctets> {
  const differences: Difference[] = []
  let compared = 0
  let altered = 0
  for (const group of groupsOf(pairs)) {
    context.signal.throwIfAborted()
    const [locals, remotes] = await Promise.all([
      readSide(context, open, 'local', group, createHash),
      readSide(context, open, 'remote', group, createHash),
    ])
    for (const pair of group) {
      const ids: BothSides<MessageId> = { local: pair.local, remote: pair.remote }
      const found = { local: locals.get(pair.local), remote: remotes.get(pair.remote) }
      if (!found.local || !found.remote) continue
      if ('error' in found.local || 'error' in found.remote) {
        for (const side of ['local', 'remote'] as const) {
          const { [side]: message } = found
          if (message && 'error' in message) differences.push({ kind: 'unreadable', side, ids, error: message.error })
        }
        continue
      }
      compared++
      const difference = differenceBetween(found.local, found.remote)
      if (difference === 'none') continue
      if (difference === 'altered') {
        altered++
        continue
      }
      const sizes = { local: found.local.size, remote: found.remote.size }
      differences.push({ kind: 'octets', ids, sizes, ...(difference !== 'anywhere' && difference) })
    }
  }
  return { differences, compared, altered }
}

type Found = Fingerprint | { readonly error: ReturnType<typeof asMailtideError> }

async function readSide(
  { signal }: SyncContext,
  open: OpenFolders['open'],
  side: Side,
  pairs: readonly Pair[],
  createHash: () => OctetHash,
): Promise<ReadonlyMap<MessageId, Found>> {
  const found = new Map<MessageId, Found>()
  const folder = await open[side]()
  const ids = pairs.map((pair) => pair[side])
  for await (const message of folder.read(ids, signal)) {
    if ('error' in message) found.set(message.id, { error: asMailtideError(message.error, 'message') })
    else found.set(message.id, await fingerprintOf(message.body, createHash()))
  }
  return found
}

function* groupsOf(pairs: Iterable<Pair>): Generator<readonly Pair[]> {
  let group: Pair[] = []
  for (const pair of pairs) {
    if (group.push(pair) < comparedAtOnce) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}
