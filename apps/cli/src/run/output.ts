import { closeSync, openSync, writeSync } from 'node:fs'
import { release } from 'node:os'
import { unwritableLog } from '../errors.ts'
import type { Line } from '../lines/line.ts'
import type { AccountNames } from '../lines/names.ts'
import { logLine } from '../lines/show-lines.ts'
import type { Prompt } from '../login/prompt.ts'
import type { Happening } from '../ui/happening.ts'
import { openUi } from '../ui/open-ui.ts'
import { openSyslog, type Syslog } from '../ui/syslog.ts'
import { version } from '../version.ts'
import type { UiName } from './choose-ui.ts'

/** Where everything that is told goes: the user interface, the log file and the syslog if there are such. */
export interface Output {
  /** Shows a line that is about no event. */
  show(line: Line): void
  /** Tells of an event, with the lines that say the same in words. */
  tell(event: Happening, lines?: readonly Line[], names?: AccountNames): void
  /** Undefined where nobody can be asked for a password. */
  readonly prompt: Prompt | undefined
  /** Calls back when somebody wants this account to be synced now. Returns what takes the callback back. */
  onWake(account: string, callback: () => void): () => void
  /** Begins the log file, and goes on there from now on. */
  logTo(file: string, words: readonly string[]): void
  /** Sends everything to syslog, too. */
  sendToSyslog(): void
  close(): void
}

/** Opens a user interface. */
export function createOutput(name: UiName, options: { readonly showDebug: boolean }): Output {
  // Whoever reads us may go away; the mail is to arrive all the same.
  for (const stream of [process.stdout, process.stderr]) {
    if (stream.listenerCount('error') === 0) stream.on('error', () => undefined)
  }
  const ui = openUi(name)
  let log: number | undefined
  let syslog: Syslog | undefined
  const write = (line: Line) => log !== undefined && writeSync(log, logLine(line, new Date()))

  function pass(all: readonly Line[], event?: Happening, names?: AccountNames): void {
    const lines = options.showDebug ? all : all.filter(({ level }) => level !== 'debug')
    if (lines.length > 0 || event) ui.show({ lines, ...(event && { event }), ...(names && { names }) })
    for (const line of lines) {
      write(line)
      syslog?.write(line)
    }
  }
  return {
    show: (line) => pass([line]),
    tell: (event, lines = [], names) => pass(lines, event, names),
    prompt: ui.prompt,
    onWake: (account, callback) => ui.onWake?.(account, callback) ?? (() => undefined),
    logTo(file, words) {
      try {
        log = openSync(file, 'a', 0o600)
      } catch (thrown) {
        throw unwritableLog(file, thrown)
      }
      const system = `Node ${process.version}, ${process.platform} ${release()}`
      write({ level: 'info', text: `mailtide ${version}, ${system}, started with ${shownWords(words)}` })
    },
    sendToSyslog() {
      // The user interface of this name sends everything there already.
      if (name === 'syslog') return
      syslog = openSyslog((reason) => {
        const line: Line = { level: 'warning', text: `syslog can't be reached: ${reason}` }
        ui.show({ lines: [line] })
        write(line)
      })
    },
    close() {
      ui.close()
      syslog?.close()
      if (log !== undefined) closeSync(log)
      log = undefined
    },
  }
}

/** The command line without the values of `-k`, of which one may be a password. */
export function shownWords(words: readonly string[]): string {
  const shown = words.map((word, index) => {
    const follows = /^-[oqs1]*k$/.test(words[index - 1] ?? '')
    return follows || /^-[oqs1]*k./.test(word) ? word.replace(/=.*$/s, '=…') : word
  })
  return JSON.stringify(shown)
}
