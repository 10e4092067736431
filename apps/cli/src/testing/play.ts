import { createEventLines } from '../lines/event-lines.ts'
import type { Happening } from '../ui/happening.ts'
import type { UserInterface } from '../ui/user-interface.ts'
import { names } from './run-events.ts'

/** A writer that keeps what was written, escapes made visible. */
export function createPaper() {
  let text = ''
  return {
    write(more: string) {
      text += more
      return true
    },
    text: () => text.replaceAll('\x1b', '␛').replaceAll('\r', '␍').replaceAll('\x07', '␇'),
  }
}

/** A clock that moves only when it is told to. */
export function createClock(milliseconds = 0) {
  let time = milliseconds
  return {
    now: () => time,
    pass(more: number) {
      time += more
    },
  }
}

/** Tells a user interface of events, with their lines, as a run does. `before` is called before each. */
export function play(ui: UserInterface, events: readonly Happening[], before: () => void = () => undefined): void {
  // The account takes as long as in the golden files of lines.
  const clock = createClock()
  const now = () => {
    clock.pass(65_000)
    return clock.now()
  }
  const linesOf = createEventLines(names, { now })
  for (const event of events) {
    before()
    const isOfRun = event.type === 'run-started' || event.type === 'run-finished'
    const isLoop = event.type === 'sleeping' || event.type === 'awake' || event.type === 'account-left'
    ui.show({ event, lines: isOfRun || isLoop ? [] : linesOf(event), ...(!isOfRun && { names }) })
  }
}
