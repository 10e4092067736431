import { readFileSync } from 'node:fs'

/** Memory of everything below a process, as Linux shows it in `/proc`: MiB, most at any look so far. */
export interface MemoryWatch {
  /** Looks for the last time. Undefined where there is no `/proc`. */
  stop(): number | undefined
}

const mebi = 1024 * 1024

/** Looks again and again at the processes that this one started, and those started by them. */
export function watchMemory(parent: number): MemoryWatch {
  const started = performance.now()
  let peak = 0
  const look = () => {
    const residents = descendantsOf(parent).map(memoryOf)
    const together = residents.reduce((sum, { now }) => sum + now, 0)
    peak = Math.max(peak, together, ...residents.map(({ most }) => most))
  }
  let timer: NodeJS.Timeout
  const lookAgain = () => {
    look()
    // Short runs want close looks; in long ones the looking itself must not count.
    timer = setTimeout(lookAgain, performance.now() - started < 300 ? 4 : 25)
  }
  lookAgain()
  return {
    stop() {
      clearTimeout(timer)
      return peak === 0 ? undefined : peak / mebi
    },
  }
}

function descendantsOf(process: number): number[] {
  const children = read(`/proc/${process}/task/${process}/children`).split(' ').filter(Boolean).map(Number)
  return children.flatMap((child) => [child, ...descendantsOf(child)])
}

function memoryOf(process: number): { readonly now: number; readonly most: number } {
  const status = read(`/proc/${process}/status`)
  const octets = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024
  return { now: octets('VmRSS'), most: octets('VmHWM') }
}

/** Empty for a process that has just ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return ''
  }
}
