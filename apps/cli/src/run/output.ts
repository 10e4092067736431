import { closeSync, openSync, writeSync } from 'node:fs'
import { release } from 'node:os'
import { unwritableLog } from '../errors.ts'
import type { Line } from '../lines/line.ts'
import { createDress, logLine, type UiName } from '../lines/show-lines.ts'
import { version } from '../version.ts'

/** Where everything that is told goes: the user interface, and the log file if there is one. */
export interface Output {
  show(line: Line): void
  /** Writes down what was shown before the log file was known, and goes on there from now on. */
  logTo(file: string, words: readonly string[]): void
  close(): void
}

/** Opens a user interface: `ttyui` and `quiet` write to standard error, `basic` to standard output. */
export function createOutput(ui: UiName, options: { readonly showDebug: boolean }): Output {
  const dress = createDress(ui)
  const stream = ui === 'basic' ? process.stdout : process.stderr
  // Whoever reads us may go away; the mail is to arrive all the same.
  stream.on('error', () => undefined)
  let log: number | undefined
  const write = (line: Line) => log !== undefined && writeSync(log, logLine(line, new Date()))
  return {
    show(line) {
      if (line.level === 'debug' && !options.showDebug) return
      const text = dress(line)
      if (text !== '') stream.write(text)
      write(line)
    },
    logTo(file, words) {
      try {
        log = openSync(file, 'a', 0o600)
      } catch (thrown) {
        throw unwritableLog(file, thrown)
      }
      const system = `Node ${process.version}, ${process.platform} ${release()}`
      write({ level: 'info', text: `mailtide ${version}, ${system}, started with ${shownWords(words)}` })
    },
    close() {
      if (log !== undefined) closeSync(log)
      log = undefined
    },
  }
}

/** The command line without the values of `-k`, of which one may be a password. */
export function shownWords(words: readonly string[]): string {
  const shown = words.map((word, index) => {
    const follows = /^-[oq1]*k$/.test(words[index - 1] ?? '')
    return follows || /^-[oq1]*k./.test(word) ? word.replace(/=.*$/s, '=…') : word
  })
  return JSON.stringify(shown)
}
