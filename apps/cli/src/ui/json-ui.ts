import { version } from '../version.ts'
import { plainData } from './plain-data.ts'
import type { UserInterface, Writer } from './user-interface.ts'

/** The version of the lines: it changes when a member goes or gets another meaning, not when one is added. */
const jsonVersion = 1

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** One event a line, for programs. Words that belong to no event are events of the type `said`. */
export function createJsonUi(writer: Writer, now: () => Date): UserInterface {
  function write(event: object): void {
    const text = JSON.stringify({ version: jsonVersion, time: now().toISOString(), ...event })
    // JSON escapes the other control characters by itself; these could steer a terminal as well.
    writer.write(`${text.replace(/[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, escaped)}\n`)
  }
  return {
    prompt: undefined,
    show({ lines, event }) {
      if (event) {
        const program = event.type === 'run-started' && { mailtide: version }
        write({ ...(plainData(event) as object), ...program })
        return
      }
      for (const { level, text, speaker } of lines) write({ type: 'said', level, text, ...(speaker && { speaker }) })
    },
    close: () => undefined,
  }
}
