import {
  type Appended,
  type Folder,
  type FolderAccess,
  type IncomingMessage,
  type LabelChange,
  MailtideError,
  type OutgoingMessage,
} from '@mailtide/contracts'
import { isWhole, withChangedHeader, withoutHeaders } from '@mailtide/message-bytes'
import { type AppendPlace, appendAll } from './append.ts'
import { storeFlags } from './change-flags.ts'
import { storeLabels } from './change-labels.ts'
import { listChanges } from './changes.ts'
import { alreadyClosed, appendedUnseen, epochChanged, readOnlyFolder, refused } from './errors.ts'
import { fetchIdentities } from './identities.ts'
import { formatToken, locateTokens } from './locate.ts'
import { fetchMeasures } from './measures.ts'
import type { Patience } from './patience.ts'
import type { Lease } from './pool.ts'
import { parsePosition } from './position.ts'
import { readMessages } from './read.ts'
import { markDeleted, removeMessages } from './remove.ts'
import type { Selection } from './session.ts'
import { idOf, uidsOf } from './uid-set.ts'

/** What a folder shares with the repository it is of. */
export interface FolderSurroundings {
  /** A connection of its own for a while, if one is free. */
  spareLease(signal: AbortSignal): Promise<Lease | undefined>
  /** UIDVALIDITY as it was when the folder was last listed. */
  epoch(name: string): number | undefined
  noteEpoch(name: string, uidValidity: number): void
  /** Whether what is removed goes at once, or is only marked. */
  readonly expunges: boolean
  nextSerial(): number
  wait(milliseconds: number, signal: AbortSignal): Promise<void>
  readonly patience: Patience
}

/** When to look again for what a server may still be storing, in milliseconds. */
const secondLooks = [250, 750, 1500]

/**
 * A folder on its own connection. It is selected by the first call, so that opening and listing cost one round trip.
 */
export function createFolder(lease: Lease, name: string, access: FolderAccess, around: FolderSurroundings): Folder {
  const { session } = lease
  const taken = new Set<number>()
  let uidNext = 0
  let batches = 0
  /** Messages came in that this connection may not know yet: over another one, or where the server tells of none. */
  let isStale = false
  let isClosed = false

  return {
    async isReadOnly(signal) {
      check(signal)
      return (await selected(signal)).readOnly
    },
    async changes(since, known, signal) {
      check(signal)
      isStale = false
      const changes = await patiently(signal, () => listChanges({ session, name, access }, since, known))
      around.noteEpoch(name, session.selected!.selection.uidValidity)
      // Courier's SELECT tells no UIDNEXT: what the listing led to is known all the same.
      uidNext = Math.max(uidNext, parsePosition(changes.cursor.position)?.uidNext ?? 0)
      return changes
    },
    async *read(ids, signal) {
      check(signal)
      await selected(signal)
      yield* readMessages({ session, name, patience: around.patience }, uidsOf(ids), signal)
    },
    async prepare(messages, signal) {
      check(signal)
      const { uidValidity } = await selected(signal)
      const from = Math.max(1, uidNext)
      const stored = await Promise.all(messages.map(withoutLabels))
      return stored.map((message) => formatToken(uidValidity, from, around.nextSerial(), message))
    },
    async append(batch, signal) {
      check(signal)
      const selection = await around.patience.patiently(signal, () => writable(signal))
      const spare = batches > 0 ? await around.spareLease(signal) : undefined
      let isKnown = false
      const announced = () => {
        isKnown = spare === undefined
      }
      batches++
      try {
        const place = { session: spare?.session ?? session, name, selection, announced }
        return await appendPatiently(place, await Promise.all(batch.map(withoutLabels)), signal)
      } finally {
        batches--
        spare?.release()
        // Courier shows nobody his own message before a NOOP.
        isStale ||= !isKnown
      }
    },
    async locate(tokens, known, signal) {
      check(signal)
      const isTaken = (uid: number) => known.has(idOf(uid))
      const found = await patiently(signal, async () => findAppended(await select(signal), tokens, isTaken, signal))
      return new Map(found.entries().map(([token, uid]) => [token, idOf(uid)]))
    },
    async identify(ids, signal) {
      check(signal)
      const identities = await patiently(signal, async () => {
        await select(signal)
        return fetchIdentities(session, uidsOf(ids))
      })
      return new Map(identities.entries().map(([uid, identity]) => [idOf(uid), identity]))
    },
    async measure(ids, form, signal) {
      check(signal)
      const measures = await patiently(signal, async () => {
        await select(signal)
        return fetchMeasures(session, uidsOf(ids), form)
      })
      return new Map(measures.entries().map(([uid, measure]) => [idOf(uid), measure]))
    },
    async changeFlags(changes, signal) {
      check(signal)
      await patiently(signal, async () => storeFlags(session, await writable(signal), changes))
    },
    ...(session.labelsHeader !== undefined && { changeLabels }),
    async remove(ids, signal) {
      check(signal)
      const uids = uidsOf(ids)
      await patiently(signal, async () => {
        await writable(signal)
        await (around.expunges ? removeMessages(session, name, uids) : markDeleted(session, uids))
      })
    },
    async close() {
      if (isClosed) return
      isClosed = true
      lease.release()
    },
  }

  /** What a Maildir holds its labels in stays there: here they are no part of the message. */
  async function withoutLabels<Message extends IncomingMessage>(message: Message): Promise<Message> {
    const { labelsHeader } = session
    if (labelsHeader === undefined || !message.labels) return message
    const body = await withChangedHeader(message.body, (header) => withoutHeaders(header, [labelsHeader]))
    return { ...message, body }
  }

  async function changeLabels(changes: readonly LabelChange[], signal: AbortSignal): Promise<void> {
    check(signal)
    await patiently(signal, async () => {
      await writable(signal)
      await storeLabels(session, changes)
    })
  }

  function check(signal: AbortSignal): void {
    signal.throwIfAborted()
    if (isClosed) throw alreadyClosed('the folder')
    if (session.connection.failure) throw session.connection.failure
  }

  function current(): Selection | undefined {
    const { selected } = session
    return selected?.name === name && selected.access === access ? selected.selection : undefined
  }

  /** Does what can be done again on this connection, as long as there is one. */
  function patiently<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    return around.patience.patiently(signal, () => {
      if (session.connection.failure) throw session.connection.failure
      return interruptible(signal, work())
    })
  }

  function selected(signal: AbortSignal): Promise<Selection> {
    return patiently(signal, () => select(signal))
  }

  /** Selects the folder unless it is, and makes sure that UIDs still mean what they did. */
  async function select(signal: AbortSignal): Promise<Selection> {
    if (!current()) {
      const end = await interruptible(signal, session.select(name, access, ''))
      if (end.status !== 'OK') throw refused(`to open ${name}`, end, 'folder')
    }
    if (isStale) {
      isStale = false
      await interruptible(signal, session.refresh())
    }
    const selection = current()!
    const epoch = around.epoch(name)
    if (epoch !== undefined && epoch !== selection.uidValidity) throw epochChanged(name)
    uidNext = Math.max(uidNext, selection.uidNext)
    return selection
  }

  async function writable(signal: AbortSignal): Promise<Selection> {
    const selection = await select(signal)
    if (access === 'examine' || selection.readOnly) throw readOnlyFolder(name)
    return selection
  }

  /** Stores a batch; what the server puts off, it is asked again to store. What was streamed can't be had again. */
  async function appendPatiently(
    place: Omit<AppendPlace, 'find'>,
    batch: readonly OutgoingMessage[],
    signal: AbortSignal,
  ): Promise<readonly Appended[]> {
    const { patience } = around
    const outcomes = new Map<OutgoingMessage, Appended>()
    for (let tries = 0; ; tries++) {
      await patience.pass(signal)
      const since = patience.asked
      const left = batch.filter((message) => !outcomes.has(message))
      const ends = await interruptible(signal, appendBatch(place, left, signal))
      const refusals = new Map<OutgoingMessage, Error>()
      for (const [index, outcome] of ends.entries()) {
        const message = left[index]!
        const isRefused = 'error' in outcome && isWhole(message.body) && isPutOff(outcome.error)
        if (isRefused) refusals.set(message, outcome.error)
        else outcomes.set(message, outcome)
      }
      const [refusal] = refusals.values()
      if (refusal && (await patience.again(refusal, { since, tries }, signal))) continue
      for (const [message, error] of refusals) outcomes.set(message, { error })
      break
    }
    return batch.map((message) => outcomes.get(message)!)
  }

  async function appendBatch(
    place: Omit<AppendPlace, 'find'>,
    batch: readonly OutgoingMessage[],
    signal: AbortSignal,
  ): Promise<readonly Appended[]> {
    const { selection } = place
    const isTaken = (uid: number) => taken.has(uid)
    // What was stored is not stored again because of what is asked afterwards.
    const find = (tokens: readonly string[]) =>
      patiently(signal, async () => {
        await session.refresh()
        return locateTokens(session, selection, tokens, isTaken)
      })
    const ends = await appendAll({ ...place, find }, batch)
    for (const end of ends) if (typeof end === 'object' && 'uid' in end) take(end.uid)
    const untold = batch.filter((_, index) => ends[index] === 'stored').map(({ token }) => token)
    const found = await patiently(signal, async () => {
      if (untold.length > 0) await session.refresh()
      return findAppended(selection, untold, isTaken, signal)
    })
    return ends.map((end, index): Appended => {
      if (end !== 'stored') return 'uid' in end ? { id: idOf(end.uid) } : end
      const uid = found.get(batch[index]!.token)
      if (uid === undefined) throw appendedUnseen(name)
      take(uid)
      return { id: idOf(uid) }
    })
  }

  /** Looks for appended messages, and looks again for those that a server may still be storing. */
  async function findAppended(
    selection: Selection,
    tokens: readonly string[],
    isTaken: (uid: number) => boolean,
    signal: AbortSignal,
  ): Promise<Map<string, number>> {
    const missing = new Set(tokens)
    const found = new Map<string, number>()
    const used = new Set<number>()
    for (let look = 0; ; look++) {
      const uids = await locateTokens(session, selection, missing, (uid) => used.has(uid) || isTaken(uid))
      for (const [token, uid] of uids) {
        found.set(token, uid)
        used.add(uid)
        missing.delete(token)
      }
      const pause = secondLooks[look]
      if (missing.size === 0 || pause === undefined) return found
      await around.wait(pause, signal)
      await session.refresh()
    }
  }

  function take(uid: number): void {
    taken.add(uid)
    uidNext = Math.max(uidNext, uid + 1)
  }
}

/** Whether a message was refused for no reason of its own, and may be stored later. */
function isPutOff(error: Error): boolean {
  return error instanceof MailtideError && (error.code === 'imap/throttled' || error.code === 'imap/busy')
}

/** Waits for work on the connection, or no longer than the signal wants: what is in flight then ends with the folder. */
async function interruptible<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
