/** Passes values on in their order, each `delay` milliseconds after it came; at once where there is no delay. */
export function createDelayLine<T>(delay: number, pass: (value: T) => void): (value: T) => void {
  if (delay <= 0) return pass
  const waiting: { value: T; due: number }[] = []

  function passDue(): void {
    while (waiting.length > 0 && waiting[0]!.due <= performance.now()) pass(waiting.shift()!.value)
    if (waiting.length > 0) setTimeout(passDue, Math.max(1, waiting[0]!.due - performance.now()))
  }

  return (value) => {
    waiting.push({ value, due: performance.now() + delay })
    if (waiting.length === 1) setTimeout(passDue, delay)
  }
}
