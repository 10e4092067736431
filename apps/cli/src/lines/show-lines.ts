import type { Level, Line } from './line.ts'
import { printable } from './printable.ts'

/** The user interfaces whose lines are for people. */
export type LinesUi = 'ttyui' | 'basic' | 'quiet'

/** Creates the function that puts one user interface's dress on a line; no text for a line that it does not show. */
export function createDress(ui: LinesUi, isColoured = false): (line: Line) => string {
  if (ui === 'quiet') return (line) => (labels[line.level] === '' ? '' : `${labelled(line)}\n`)
  if (ui === 'basic') return (line) => `${labelled(line)}\n`
  let speaker: string | undefined
  return (line) => {
    const heading = line.speaker !== undefined && line.speaker !== speaker ? `${printable(line.speaker)}:\n` : ''
    speaker = line.speaker
    const colour = isColoured ? colours[line.level] : undefined
    const text = `${line.speaker === undefined ? '' : ' '}${labelled(line)}`
    return `${heading}${colour === undefined ? text : `\x1b[${colour}m${text}\x1b[39m`}\n`
  }
}

const labels: Readonly<Record<Level, string>> = { debug: '', info: '', warning: 'WARNING: ', error: 'ERROR: ' }

// Yellow and red, of the palette that every terminal lets its user choose.
const colours: Readonly<Record<Level, number | undefined>> = {
  debug: undefined,
  info: undefined,
  warning: 33,
  error: 31,
}

/** A line's text behind the label of its level, safe to show. */
function labelled({ level, text, continues }: Line): string {
  return `${continues ? '' : labels[level]}${printable(text)}`
}

/** One line of a log file, as OfflineIMAP writes it: `2026-01-31 08:00:00 INFO: text`, in local time. */
export function logLine({ level, text }: Line, now: Date): string {
  const two = (count: number) => String(count).padStart(2, '0')
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-')
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join(':')
  return `${day} ${time} ${level.toUpperCase()}: ${printable(text)}\n`
}
