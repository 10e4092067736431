import type { Measure, Window } from '@mailtide/contracts'

/** Whether a message of this size, as its store keeps it, lies in a window. What isn't known doesn't keep it out. */
export function isInside({ since, maxSize }: Window, { size, receivedAt }: Measure): boolean {
  if (maxSize !== undefined && size > maxSize) return false
  return since === undefined || receivedAt === undefined || receivedAt >= since
}

/** Whether a window may want what another one left out. */
export function isWider(now: Window, before: Window): boolean {
  return (
    reachesFurther(now.maxSize, before.maxSize, 1) || reachesFurther(now.since?.getTime(), before.since?.getTime(), -1)
  )
}

function reachesFurther(now: number | undefined, before: number | undefined, direction: 1 | -1): boolean {
  if (before === undefined) return false
  return now === undefined || (now - before) * direction > 0
}
