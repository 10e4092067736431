import { type IncomingMessage, noFlags, type Unreadable } from '@mailtide/contracts'
import { bodyOf } from '@mailtide/message-bytes'
import { type BodyStream, createBodyStream, isStreamed } from './body-stream.ts'
import type { Listener } from './connection.ts'
import { isBusy, isThrottled, refused, unreadable } from './errors.ts'
import { peekFetchRow } from './fetch-row.ts'
import type { Patience } from './patience.ts'
import { searchUids } from './search.ts'
import type { Session } from './session.ts'
import type { Completion } from './status-text.ts'
import { idOf, isInRanges, setsFor, splitUids, type UidSet } from './uid-set.ts'

/** Messages of one FETCH: enough to fill the line, few enough to be thrown away when nobody wants them any more. */
const messagesAtOnce = 100
/** FETCH commands in flight at once. */
const window = 3
/** Octets that may wait to be taken before reading pauses. */
const mostWaiting = 4 * 1024 * 1024
/** Refusals in a row, with nothing read, after which it isn't a matter of single messages. */
const hopeless = { usually: 8, whereRangesFail: 100 }

/** The folder that is read. */
export interface ReadPlace {
  readonly session: Session
  readonly name: string
  readonly patience: Patience
}

interface Arrival {
  readonly message: IncomingMessage | Unreadable
  readonly octets: number
  readonly stream?: BodyStream
}

/** Yields the bodies of these messages as they arrive; what is gone is left out. */
export async function* readMessages(
  { session, name, patience }: ReadPlace,
  uids: readonly number[],
  signal: AbortSignal,
): AsyncGenerator<IncomingMessage | Unreadable> {
  const { connection, readFlags, readRow, server } = session
  const setLimits = setsFor(server, 0, messagesAtOnce)
  /** What was asked for a second time, since the server brought nothing or put it off. */
  const second = new Set<number>()
  const taker = {}
  const arrivals: Arrival[] = []
  const todo = splitUids(uids, setLimits).reverse()
  let waiting = 0
  let inFlight = 0
  let bodies = 0
  let refusals = 0
  let streaming: BodyStream | undefined
  let failure: { readonly error: unknown } | undefined
  let isOver = false
  let wake = Promise.withResolvers<void>()
  const abort = () => fail(signal.reason)
  signal.addEventListener('abort', abort, { once: true })

  try {
    signal.throwIfAborted()
    for (;;) {
      const arrival = arrivals.shift()
      if (arrival) {
        count(-arrival.octets)
        yield arrival.message
        arrival.stream?.discard()
        continue
      }
      if (failure) throw failure.error
      fill()
      if (inFlight === 0) return
      await wake.promise
      wake = Promise.withResolvers()
    }
  } finally {
    isOver = true
    todo.length = 0
    arrivals.length = 0
    streaming?.discard()
    connection.hold(taker, false)
    signal.removeEventListener('abort', abort)
  }

  function fill(): void {
    while (inFlight < window && waiting < mostWaiting && !failure && !isOver) {
      const set = todo.pop()
      if (!set) return
      inFlight++
      void fetchSet(set)
        .catch(fail)
        .finally(() => {
          inFlight--
          fill()
          wake.resolve()
        })
    }
  }

  async function fetchSet(set: UidSet): Promise<void> {
    const missing = new Set(set.uids)
    await patience.pass(signal)
    const end = await connection.ask([`UID FETCH ${set.text} (UID FLAGS INTERNALDATE BODY.PEEK[])`], listenFor(missing))
    const left = [...missing]
    if (end.status === 'OK') {
      if (left.length > 0) await askAgain(left)
      return
    }
    const { rangesFail = false } = server.habits
    if (await mayAskAgain(end, left)) {
      todo.push(...splitUids(left, setLimits))
      return
    }
    if (isThrottled(end)) throw refused(`to read ${name}`, end, 'folder')
    if (left.length > 1) {
      const middle = left.length >> 1
      todo.push(...splitUids(left.slice(middle), setLimits), ...splitUids(left.slice(0, middle), setLimits))
    } else if (left[0] !== undefined) {
      refusals++
      if (refusals >= hopeless[rangesFail ? 'whereRangesFail' : 'usually'] && bodies === 0)
        throw refused(`to read ${name}`, end, 'folder')
      giveUp(left[0], end.text)
    }
  }

  /** After a pause everything, however often the server asks for one; what may have reasons of its own, only once. */
  async function mayAskAgain(end: Completion, left: readonly number[]): Promise<boolean> {
    if (end.pause === undefined) return false
    if (!isBusy(end)) return true
    const isFirst = left.every((uid) => !second.has(uid))
    for (const uid of left) second.add(uid)
    return isFirst && patience.rest(end.pause, signal)
  }

  /**
   * A message that didn't come may be one that others removed just now, which their connection knows and ours doesn't. One
   * that is there is asked for once more, and then given up.
   */
  async function askAgain(uids: readonly number[]): Promise<void> {
    await session.refresh()
    const again: number[] = []
    for (const { text, uids: some } of splitUids(uids, setLimits)) {
      const present = await searchUids(session, `UID ${text}`)
      for (const uid of some.filter((each) => isInRanges(present, each))) {
        if (second.has(uid)) giveUp(uid, 'the server sent no body')
        else again.push(uid)
        second.add(uid)
      }
    }
    todo.push(...splitUids(again, setLimits))
  }

  function listenFor(missing: Set<number>): Listener {
    return {
      taker,
      literal(textSoFar, size) {
        const row = isStreamed(size) && !isOver ? peekFetchRow(textSoFar) : undefined
        if (!row || !missing.delete(row.uid)) return undefined
        const { uid, receivedAt } = row
        const flags = readFlags(row.flags)
        const stream = createBodyStream({
          size,
          begun: (body) => arrive({ message: { id: idOf(uid), flags, receivedAt, body }, octets: 0, stream }),
          waiting: count,
        })
        streaming = stream
        return stream
      },
      hear({ kind, reader }) {
        if (kind !== 'FETCH') return false
        const row = readRow(reader)
        if (streaming) {
          streaming = undefined
          return true
        }
        const { uid, body } = row
        // Dovecot answers several FETCHes as one: rows of a later command come before the end of an earlier one.
        if (!missing.has(uid)) return false
        if (body) {
          missing.delete(uid)
          const receivedAt = row.receivedAt && { receivedAt: row.receivedAt }
          const message = { id: idOf(uid), flags: row.flags ?? noFlags, ...receivedAt, body: bodyOf(body) }
          arrive({ message, octets: body.length })
        }
        return true
      },
    }
  }

  function giveUp(uid: number, reason: string): void {
    arrive({ message: { id: idOf(uid), error: unreadable(uid, reason) }, octets: 0 })
  }

  function arrive(arrival: Arrival): void {
    if (isOver) return
    arrivals.push(arrival)
    if ('body' in arrival.message) bodies++
    count(arrival.octets)
    wake.resolve()
  }

  function count(octets: number): void {
    waiting += octets
    connection.hold(taker, !isOver && waiting >= mostWaiting)
  }

  function fail(error: unknown): void {
    failure ??= { error }
    streaming?.fail(error)
    wake.resolve()
  }
}
