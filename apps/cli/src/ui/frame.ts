import { printable } from '../lines/printable.ts'
import { cellsOf, cutTo, foldTo } from './cells.ts'
import { clockTime } from './duration.ts'
import type { AccountLights, Activity } from './lights.ts'

/** A line of the log on the screen. */
export interface LogLine {
  readonly text: string
  readonly activity: Activity
}

/** All that the screen shows. */
export interface FrameInput {
  readonly rows: number
  readonly columns: number
  readonly banner: readonly [left: string, right: string]
  readonly log: readonly LogLine[]
  /** What somebody is asked; the cursor stands behind it. */
  readonly question: string | undefined
  readonly accounts: readonly AccountLights[]
  readonly now: number
  readonly isColoured: boolean
}

/** The rows of a screen, each as a terminal takes it, and where the cursor stands, if it is to be seen. */
export interface Frame {
  readonly rows: readonly string[]
  readonly cursor: { readonly row: number; readonly column: number } | undefined
}

/** ECMA-48, 8.3.117: select graphic rendition. */
const colours: Readonly<Record<Activity, string>> = {
  idle: '90',
  deleting: '31',
  sleeping: '31',
  warning: '1;31',
  connecting: '97',
  account: '35',
  structure: '34',
  folder: '36',
  copying: '33',
}
const bannerColours = '1;97;44'
const nameWidth = 12

/** Builds the screen of `blinkenlights`: a banner, the end of the log, and a row of lights for each account. */
export function frameOf(input: FrameInput): Frame {
  const { rows, columns, accounts, isColoured } = input
  const paint = (text: string, codes: string) => (isColoured && text !== '' ? `\x1b[${codes}m${text}\x1b[0m` : text)
  const lights = [
    ...accounts.map((account, index) => lightsRow(account, index + 1, input, paint)),
    ...(rows > accounts.length + 3 ? [controlRow(input, paint)] : []),
  ].slice(0, Math.max(0, rows - 2))
  const room = Math.max(0, rows - 1 - lights.length)
  const log = logRows(input, room).map(({ text, activity }) => paint(text, colours[activity]))
  const banner = isColoured ? paint(bannerRow(input), bannerColours) : `\x1b[7m${bannerRow(input)}\x1b[0m`
  const asked = input.question === undefined ? undefined : foldTo(printable(input.question), columns)
  const column = cellsOf(asked?.at(-1) ?? '') + 1
  const cursor = asked && { row: 1 + log.length, column: Math.min(column, columns) }
  const empty = Array.from({ length: room - log.length }, () => '')
  return { rows: [banner, ...log, ...empty, ...lights].slice(0, rows), cursor }
}

function bannerRow({ banner: [left, right], columns }: FrameInput): string {
  const room = columns - cellsOf(left) - cellsOf(right)
  return cutTo(room > 0 ? `${left}${' '.repeat(room)}${right}` : left.padEnd(columns), columns)
}

/** The last rows of the log, long lines folded; what is asked is the last of all. */
function logRows({ log, question, columns }: FrameInput, room: number): LogLine[] {
  const all = question === undefined ? log : [...log, { text: question, activity: 'connecting' as const }]
  const rows: LogLine[] = []
  for (const { text, activity } of all.toReversed()) {
    if (rows.length >= room) break
    const folded = foldTo(printable(text), columns).map((row) => ({ text: row, activity }))
    rows.unshift(...folded)
  }
  return room === 0 ? [] : rows.slice(-room)
}

/** `3: [  4:36]     personal: @@@`; where there are more than nine, the others have no key. */
function lightsRow(
  { name, wakesAt, threads }: AccountLights,
  number: number,
  { now, columns }: FrameInput,
  paint: (text: string, codes: string) => string,
): string {
  const state = wakesAt === undefined ? 'active' : clockTime((wakesAt - now) / 1000).padStart(6)
  const key = number <= 9 ? String(number) : ' '
  const head = cutTo(`${key}: [${state}] ${fitted(printable(name))}: `, columns)
  const lit = [...threads.values()].slice(0, Math.max(0, columns - cellsOf(head)))
  return `${head}${lit.map((activity) => paint('@', colours[activity])).join('')}`
}

function controlRow({ columns }: FrameInput, paint: (text: string, codes: string) => string): string {
  const head = `0: [active] ${fitted('*Control')}: `
  return columns > head.length ? `${head}${paint('@', colours.idle)}` : cutTo(head, columns)
}

function fitted(name: string): string {
  const cut = cutTo(name, nameWidth)
  return `${' '.repeat(nameWidth - cellsOf(cut))}${cut}`
}
