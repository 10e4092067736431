import { accountSpeaker, countOf } from '../lines/names.ts'
import { createDress } from '../lines/show-lines.ts'
import { createPrompt, type Prompt, type Terminal } from '../login/prompt.ts'
import { cutTo } from './cells.ts'
import type { Every } from './every.ts'
import { createProgress } from './progress.ts'
import type { UserInterface, Writer } from './user-interface.ts'

/** What `ttyui` may do besides writing lines: on a terminal that can move its cursor. */
export interface Screen {
  columns(): number
  readonly isColoured: boolean
}

/** What `ttyui` works with. */
export interface TtyParts {
  /** Standard error, as in OfflineIMAP. */
  readonly writer: Writer
  /** Milliseconds of any clock that only goes forward. */
  readonly now: () => number
  /** Undefined where lines are all that can be written. */
  readonly screen: Screen | undefined
  readonly every: Every
  readonly terminal: Omit<Terminal, 'output'>
}

const clearLine = '\r\x1b[K'
/** The line of progress is written so often at most. */
const pause = 100

/** OfflineIMAP's `ttyui`; on a terminal its last line says what is under way. */
export function createTtyUi({ writer, now, screen, every, terminal }: TtyParts): UserInterface {
  const dress = createDress('ttyui', screen?.isColoured)
  const progress = createProgress(now)
  let drawn = ''
  let drawnAt = Number.NEGATIVE_INFINITY
  /** What was to be shown while somebody was typing. */
  let waiting = ''
  let questions = 0
  const sleepers = new Map<string, () => void>()

  function draw(text: string): void {
    if (!screen || questions > 0) return
    drawn = cutTo(text, screen.columns() - 1)
    drawnAt = now()
    writer.write(`${clearLine}${drawn}`)
  }
  function write(text: string): void {
    if (text === '') return
    if (questions > 0) waiting += text
    else if (drawn === '') writer.write(text)
    else writer.write(`${clearLine}${text}${drawn}`)
  }
  function clear(): void {
    if (drawn !== '') writer.write(clearLine)
    drawn = ''
  }

  return {
    prompt: whileSilent(createPrompt({ ...terminal, output: writer })),
    show({ lines, event, names }) {
      write(lines.map(dress).join(''))
      if (!event) return
      if (event.type === 'sleeping') countMinutes(event)
      if (event.type === 'awake') sleepers.get(event.account)?.()
      progress.note(event, names)
      const text = progress.text()
      if (text === undefined) clear()
      else if (now() - drawnAt >= pause) draw(text)
    },
    close() {
      for (const stop of sleepers.values()) stop()
      clear()
    },
  }

  /** As OfflineIMAP does: at each minute of sleep, how many are left. */
  function countMinutes({ account, seconds }: { readonly account: string; readonly seconds: number }): void {
    let left = Math.ceil(seconds / 60)
    const stop = every(60_000, () => {
      left--
      const text = `Next refresh in ${countOf(left, 'minute')}`
      if (left > 0) write(dress({ level: 'info', text, speaker: accountSpeaker({ account }) }))
    })
    sleepers.set(account, stop)
  }

  /** Nothing is written into the line in which a password is asked for. */
  function whileSilent(ask: Prompt | undefined): Prompt | undefined {
    if (!ask) return undefined
    return async (...question) => {
      clear()
      questions++
      try {
        return await ask(...question)
      } finally {
        questions--
        if (questions === 0) write(waiting)
        if (questions === 0) waiting = ''
      }
    }
  }
}
