import type { Line } from '../lines/line.ts'
import { createDress } from '../lines/show-lines.ts'
import { createPrompt, type Keyboard } from '../login/prompt.ts'
import { version } from '../version.ts'
import type { Every } from './every.ts'
import { type FrameInput, frameOf, type LogLine } from './frame.ts'
import { createLights } from './lights.ts'
import { createTypedKeys } from './typed-keys.ts'
import type { UserInterface, Writer } from './user-interface.ts'

/** A terminal that can move its cursor, and the process around it. */
export interface FullScreen {
  readonly input: Keyboard
  readonly output: Writer
  size(): { readonly rows: number; readonly columns: number }
  /** Both call back until the returned function is called. `onExit` has to be told whatever ends the process. */
  onResize(callback: () => void): () => void
  onExit(callback: () => void): () => void
}

/** What `blinkenlights` works with. */
export interface BlinkenlightsParts {
  readonly screen: FullScreen
  /** Where lines go before the screen is taken and after it was given back. */
  readonly plain: Writer
  /** Milliseconds of any clock that only goes forward. */
  readonly now: () => number
  readonly every: Every
  readonly isColoured: boolean
  /** `q` and Ctrl-C: as if by the signal. */
  quit(): void
}

/** Private modes of xterm, which all terminals know: the other screen (1049), no cursor (25l), no wrapping (7l). */
const takeScreen = '\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J'
const giveScreenBack = '\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l'
const logKept = 1000
const redraw = 50

/** OfflineIMAP's `blinkenlights`: the whole screen, with a light for each thread of work. */
export function createBlinkenlights(parts: BlinkenlightsParts): UserInterface {
  const { screen, plain, now, every, isColoured, quit } = parts
  const dress = createDress('ttyui')
  const lights = createLights(now)
  const log: LogLine[] = []
  const wakers = new Map<string, () => void>()
  const wishes = new Set<string>()
  /** Warnings and errors, for the terminal that stays. */
  const remaining: Line[] = []
  let shown: readonly string[] = []
  let placed = ''
  let question: string | undefined
  let isStale = false
  let state: 'before' | 'taken' | 'after' = 'before'
  let undo: (() => void)[] = []
  const keys = createTypedKeys(screen.input, {
    interrupt: quit,
    key(letter) {
      if (letter === 'q' || letter === 'Q') {
        log.push({ text: 'Stopping as soon as it is safe', activity: 'account' })
        quit()
      }
      const account = /^[1-9]$/.test(letter) ? lights.accounts[Number(letter) - 1] : undefined
      if (account) wake(account.name)
    },
  })
  const plainPrompt = createPrompt({ input: screen.input, output: plain, interrupt: quit })
  const ownPrompt = createPrompt({
    input: keys.input,
    output: {
      write(text: string) {
        // The question, and the line end after the answer.
        if (text === '\n') {
          if (question !== undefined) log.push({ text: question, activity: 'connecting' })
          question = undefined
        } else question = text
        draw()
        return true
      },
    },
    interrupt: quit,
  })

  /** Who is at work does not sleep the next time. */
  function wake(account: string): void {
    const waker = wakers.get(account)
    if (waker) waker()
    else wishes.add(account)
  }

  function take(): void {
    state = 'taken'
    screen.input.setRawMode(true)
    screen.output.write(takeScreen)
    undo = [
      every(redraw, () => isStale && draw()),
      every(1000, draw),
      screen.onResize(() => {
        shown = []
        screen.output.write('\x1b[2J')
        draw()
      }),
      screen.onExit(restore),
      keys.listen(),
    ]
    draw()
  }

  function restore(): void {
    if (state !== 'taken') return
    state = 'after'
    for (const step of undo.splice(0)) step()
    screen.output.write(giveScreenBack)
    screen.input.setRawMode(false)
    screen.input.pause()
    plain.write(remaining.map(dress).join(''))
  }

  function draw(): void {
    if (state !== 'taken') return
    isStale = false
    const banner: FrameInput['banner'] = [` mailtide ${version}`, 'Copyright the mailtide authors, MIT licence ']
    const input = { ...screen.size(), banner, log, question, accounts: lights.accounts, now: now(), isColoured }
    const frame = frameOf(input)
    const changed = frame.rows.flatMap((row, index) => {
      return row === shown[index] ? [] : [`\x1b[${index + 1};1H\x1b[K${row}`]
    })
    shown = frame.rows
    const { cursor } = frame
    const place = cursor ? `\x1b[${cursor.row};${cursor.column}H\x1b[?25h` : '\x1b[?25l'
    if (changed.length === 0 && place === placed) return
    placed = place
    screen.output.write(`${changed.join('')}${place}`)
  }

  return {
    prompt: async (...subject) => (state === 'taken' ? ownPrompt : plainPrompt)?.(...subject),
    show({ lines, event }) {
      const activity = event ? lights.note(event) : 'account'
      for (const line of lines) {
        const isBad = line.level === 'warning' || line.level === 'error'
        const label = isBad && !line.continues ? `${line.level.toUpperCase()}: ` : ''
        log.push({ text: `${label}${line.text}`, activity: isBad ? 'warning' : activity })
        if (state === 'taken' && isBad) remaining.push(line)
        if (state !== 'taken') plain.write(dress(line))
      }
      log.splice(0, log.length - logKept)
      isStale = true
      if (event?.type === 'run-started' && state === 'before') take()
    },
    onWake(account, callback) {
      wakers.set(account, callback)
      if (wishes.delete(account)) queueMicrotask(callback)
      return () => wakers.delete(account)
    },
    close: restore,
  }
}
