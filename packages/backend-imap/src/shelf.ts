import { connectionLost } from './errors.ts'
import type { Session } from './session.ts'

/** What becomes of connections that nobody uses for a while. */
export interface UnusedConnections {
  /** Seconds after which one is logged out; unless told, none is before the repository is closed. */
  readonly restAfter?: number
  /** Seconds between NOOPs on each of them; unless told, there are none. */
  readonly keepAlive?: number
}

/** Connections that nobody uses. */
export interface Shelf {
  readonly size: number
  put(session: Session): void
  /** One that works, best of all one that has this folder selected. One that was left alone for too long is none. */
  take(folder: string | undefined): Session | undefined
  /** Takes all. */
  clear(): Session[]
}

/** What a shelf needs. */
export interface ShelfSetting {
  readonly host: string
  readonly care: UnusedConnections
  now(): number
  logOut(session: Session): void
}

/** Milliseconds between two looks at what is due. */
const tick = 5000

/** An empty shelf. */
export function createShelf({ host, care, now, logOut }: ShelfSetting): Shelf {
  const since = new Map<Session, { left: number; asked: number }>()
  const restAfter = (care.restAfter ?? Number.POSITIVE_INFINITY) * 1000
  const keepAlive = (care.keepAlive ?? Number.POSITIVE_INFINITY) * 1000
  /** A machine that slept did not tend its connections: who knows what became of them. */
  const longest = Math.min(restAfter, keepAlive) + 4 * tick
  let timer: NodeJS.Timeout | undefined

  function tend(): void {
    for (const [session, times] of since) {
      if (session.connection.failure) since.delete(session)
      else if (isLost(times)) drop(session)
      else if (now() - times.left >= restAfter) {
        since.delete(session)
        logOut(session)
      } else if (now() - times.asked >= keepAlive) {
        times.asked = now()
        void Promise.allSettled([session.refresh()])
      }
    }
    if (since.size === 0) stop()
  }

  function isLost({ asked }: { readonly asked: number }): boolean {
    return now() - asked > longest
  }

  function drop(session: Session): void {
    since.delete(session)
    session.connection.destroy(connectionLost(host, 'it was left alone for too long'))
  }

  function stop(): void {
    clearInterval(timer)
    timer = undefined
  }

  return {
    get size() {
      return since.size
    },
    put(session) {
      since.set(session, { left: now(), asked: now() })
      if (timer || longest === Number.POSITIVE_INFINITY) return
      timer = setInterval(tend, tick)
      timer.unref()
    },
    take(folder) {
      for (const [session, times] of since) {
        if (session.connection.failure) since.delete(session)
        else if (isLost(times)) drop(session)
      }
      const sessions = [...since.keys()]
      const session = sessions.find(({ selected }) => selected?.name === folder) ?? sessions[0]
      if (session) since.delete(session)
      return session
    },
    clear() {
      const sessions = [...since.keys()]
      since.clear()
      stop()
      return sessions
    },
  }
}
