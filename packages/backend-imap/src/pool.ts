import { alreadyClosed } from './errors.ts'
import type { Session } from './session.ts'
import { createShelf, type UnusedConnections } from './shelf.ts'

/** A connection in someone's hands. */
export interface Lease {
  readonly session: Session
  /** Gives it back; what still has commands in flight, or failed, is not used again. */
  release(): void
  /** Declares it dispensable: calls back once, as soon as others wait for a connection in vain. */
  spare(wanted: () => void): void
}

/** A limited number of connections, opened when there is work for them. */
export interface Pool {
  /**
   * Waits for a connection that is free; prefers one that has this folder selected. Whoever is `patient` does not
   * claim those that are dispensable.
   */
  borrow(signal: AbortSignal, folder?: string, manner?: 'patient'): Promise<Lease>
  /**
   * A connection only if one is free, or can be opened, without taking it from those who wait. Never waits for one: who
   * asks may hold the last.
   */
  borrowSpare(signal: AbortSignal): Promise<Lease | undefined>
  close(): Promise<void>
}

interface Waiter {
  readonly folder: string | undefined
  readonly resolve: (place: Session | 'open') => void
  readonly reject: (error: Error) => void
  readonly isPatient: boolean
}

/** What a pool needs. */
export interface PoolSetting {
  readonly host: string
  readonly unused: UnusedConnections
  /** How many connections may be open. */
  limit(): number
  /** Logs in once. */
  open(signal: AbortSignal): Promise<Session>
  now(): number
}

/** Makes a pool that opens nothing yet. */
export function createPool({ host, unused, limit, open, now }: PoolSetting): Pool {
  const idle = createShelf({ host, care: unused, now, logOut })
  const busy = new Set<Session>()
  const waiting: Waiter[] = []
  const dispensable = new Map<Session, () => void>()
  let most = Number.POSITIVE_INFINITY
  let opening = 0
  let closed = false

  return {
    async borrow(signal, folder, manner) {
      signal.throwIfAborted()
      if (closed) throw alreadyClosed('the repository')
      for (;;) {
        const place = idle.take(folder) ?? reserve() ?? (await waitForPlace(signal, folder, manner === 'patient'))
        if (place !== 'open') return leaseOf(place)
        const session = await openOne(signal)
        if (session) return leaseOf(session)
      }
    },
    async borrowSpare(signal) {
      signal.throwIfAborted()
      const place = closed || waiting.length > 0 ? undefined : (idle.take(undefined) ?? reserve())
      if (place !== 'open') return place && leaseOf(place)
      const session = await openOne(signal)
      return session && leaseOf(session)
    },
    async close() {
      closed = true
      const error = alreadyClosed('the repository')
      for (const waiter of waiting.splice(0)) waiter.reject(error)
      for (const session of busy) session.connection.destroy(error)
      await Promise.all(idle.clear().map(logOut))
    },
  }

  function hasRoom(): boolean {
    return idle.size + busy.size + opening < Math.min(most, limit())
  }

  /** Takes the right to open one more, if there is room. */
  function reserve(): 'open' | undefined {
    if (!hasRoom()) return undefined
    opening++
    return 'open'
  }

  /** Opens a connection; undefined if the server has reached its own limit and there are others to wait for. */
  async function openOne(signal: AbortSignal): Promise<Session | undefined> {
    let session: Session | undefined
    try {
      session = await open(signal)
      busy.add(session)
      if (closed) {
        session.connection.destroy(alreadyClosed('the repository'))
        throw alreadyClosed('the repository')
      }
      return session
    } catch (error) {
      const others = idle.size + busy.size
      if (others === 0 || !isAboutNumbers(error)) throw error
      most = others
      return undefined
    } finally {
      opening--
      if (!session) serveNext()
    }
  }

  async function waitForPlace(
    signal: AbortSignal,
    folder: string | undefined,
    isPatient: boolean,
  ): Promise<Session | 'open'> {
    const { promise, resolve, reject } = Promise.withResolvers<Session | 'open'>()
    const waiter = { folder, resolve, reject, isPatient }
    const abort = () => {
      const index = waiting.indexOf(waiter)
      if (index !== -1) waiting.splice(index, 1)
      reject(signal.reason)
    }
    waiting.push(waiter)
    claim()
    signal.addEventListener('abort', abort, { once: true })
    try {
      return await promise
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }

  function leaseOf(session: Session): Lease {
    busy.add(session)
    return {
      session,
      release() {
        if (!busy.delete(session)) return
        dispensable.delete(session)
        const { connection } = session
        if (connection.inFlight > 0) connection.destroy(alreadyClosed('the folder'))
        if (closed) void logOut(session)
        else if (!connection.failure) idle.put(session)
        serveNext()
      },
      spare(wanted) {
        dispensable.set(session, wanted)
        claim()
      },
    }
  }

  /** Asks back one dispensable connection for each who can't be patient. */
  function claim(): void {
    const claims = waiting.filter(({ isPatient }) => !isPatient).length
    for (const [session, wanted] of [...dispensable].slice(0, claims)) {
      dispensable.delete(session)
      wanted()
    }
  }

  function serveNext(): void {
    const next = waiting.find(({ isPatient }) => !isPatient) ?? waiting[0]
    if (!next) return
    const place = idle.take(next.folder) ?? reserve()
    if (!place) return
    waiting.splice(waiting.indexOf(next), 1)
    // Counted as busy from now on, so that nobody else finds the place free.
    if (place !== 'open') busy.add(place)
    next.resolve(place)
  }
}

/** Says goodbye, but doesn't wait for long. */
async function logOut({ connection }: Session): Promise<void> {
  const ended = alreadyClosed('the repository')
  const timer = setTimeout(() => connection.destroy(ended), 2000)
  await Promise.allSettled([connection.ask(['LOGOUT'])])
  clearTimeout(timer)
  connection.destroy(ended)
}

// Gmail: "Too many simultaneous connections"; Dovecot: "Maximum number of connections from user+IP exceeded".
function isAboutNumbers(error: unknown): boolean {
  return (
    error instanceof Error && /too many|maximum number|connection limit|limit exceeded|: LIMIT\b/i.test(error.message)
  )
}
