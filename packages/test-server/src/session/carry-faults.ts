import { type CommandFaults, noFaults } from '../faults/fault-list.ts'
import type { Session } from './session.ts'

/** Sets up what befalls the connection itself: cuts after so many octets, counted from `start`, and a slow line. */
export function armFaults({ connection }: Session, faults: CommandFaults, start: number): void {
  if (faults.isEmpty) return
  for (const { at } of faults.all('cut')) {
    if (typeof at === 'string') continue
    if ('received' in at) connection.cutAfterReceiving(start + at.received)
    else connection.cutAfterSending(connection.unsent + at.sent)
  }
  const throttle = faults.find('throttle')
  if (throttle) connection.limitSpeed(throttle.bytesPerSecond)
}

/** Ends what befell one command. */
export async function liftFaults({ connection, respond }: Session): Promise<void> {
  const { faults } = respond
  respond.faults = noFaults
  if (!faults.find('throttle')) return
  await connection.flush()
  connection.limitSpeed(undefined)
}

/** Waits as long as the faults make the server stall at this moment of a command. False: the client went away meanwhile. */
export async function outlast(
  { connection }: Session,
  faults: CommandFaults,
  moment: 'before-effect' | 'after-effect',
): Promise<boolean> {
  for (const fault of faults.all('stall')) {
    if ((fault.afterEffect ? 'after-effect' : 'before-effect') !== moment) continue
    await connection.flush()
    await releaseOf([connection.closed, faults.removed(fault)], fault.milliseconds)
    if (connection.closed.aborted) return false
  }
  return true
}

function releaseOf(signals: readonly AbortSignal[], milliseconds: number | undefined): Promise<void> {
  if (signals.some(({ aborted }) => aborted)) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = milliseconds === undefined ? undefined : setTimeout(release, milliseconds)
    function release(): void {
      clearTimeout(timer)
      for (const signal of signals) signal.removeEventListener('abort', release)
      resolve()
    }
    for (const signal of signals) signal.addEventListener('abort', release)
  })
}
