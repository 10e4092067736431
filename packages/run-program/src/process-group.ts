import type { ChildProcess } from 'node:child_process'

/** How a program ended. */
export interface Ending {
  readonly exitCode: number
  readonly killedBy: NodeJS.Signals | null
}

/** A program with all that it started. */
export interface ProcessGroup {
  /** Settles when the program has ended and its output is complete; rejects with the reason if it was ended early. */
  readonly ended: Promise<Ending>
  /** Asks all of them to end, and kills them if they do not within the grace period. The first reason counts. */
  end(reason: unknown): void
}

/** How a group is treated. */
export interface ProcessGroupOptions {
  /** Milliseconds between asking and killing, and for those left behind to let go of the output. */
  readonly grace: number
  /** Asked when the program has ended and that time is over: whether more of its output is still on its way. */
  readonly isFlowing?: () => boolean
}

/** The group that a child leads which was started `detached`. */
export function createProcessGroup(child: ChildProcess, options: ProcessGroupOptions): ProcessGroup {
  const { grace, isFlowing = () => false } = options
  const { promise, resolve, reject } = Promise.withResolvers<Ending>()
  let early: { readonly reason: unknown } | undefined
  let timer: NodeJS.Timeout | undefined

  function settle(exitCode: number | null, killedBy: NodeJS.Signals | null): void {
    clearTimeout(timer)
    child.stdout?.destroy()
    child.stderr?.destroy()
    if (early) {
      // The program may have ended and what it started may not.
      signalGroup(child, 'SIGKILL')
      reject(early.reason)
    } else {
      resolve({ exitCode: exitCode ?? -1, killedBy })
    }
  }

  /** A background process that it leaves behind may hold its output open for ever. */
  function awaitOutput(exitCode: number | null, killedBy: NodeJS.Signals | null): void {
    timer = setTimeout(() => (isFlowing() ? awaitOutput : settle)(exitCode, killedBy), grace)
  }

  child.once('close', settle)
  child.once('exit', (exitCode, killedBy) => {
    if (!early) awaitOutput(exitCode, killedBy)
  })

  return {
    ended: promise,
    end(reason) {
      if (early) return
      early = { reason }
      clearTimeout(timer)
      signalGroup(child, 'SIGTERM')
      timer = setTimeout(() => settle(null, 'SIGKILL'), grace)
    },
  }
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch (thrown) {
    // All of them have ended already; macOS says EPERM where only zombies are left.
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
    if (code !== 'ESRCH' && code !== 'EPERM') throw thrown
  }
}
