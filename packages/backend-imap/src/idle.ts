import type { Session } from './session.ts'
import type { Completion } from './status-text.ts'

/** A connection on which the server speaks when it has something to say (IDLE, RFC 2177). */
export interface Idling {
  /** The command's end; it comes unasked from a server that wants no more of it. */
  readonly ended: Promise<Completion>
  /** Ends it. From then on the server owes an answer. */
  leave(): Promise<Completion>
}

/** Begins to idle. What the server says meanwhile is for whoever overhears the connection. */
export function startIdle({ connection }: Session): Idling {
  let isAccepted = false
  let isLeaving = false
  const ended = connection.ask(['IDLE'], {
    isPatient: () => isAccepted && !isLeaving,
    proceed() {
      if (isAccepted) return
      isAccepted = true
      if (isLeaving) connection.say('DONE')
    },
  })
  // A lost connection is told to whoever waits for the end; there need not be anybody.
  void Promise.allSettled([ended])
  return {
    ended,
    leave() {
      if (!isLeaving) {
        isLeaving = true
        if (isAccepted) connection.say('DONE')
      }
      return ended
    },
  }
}
