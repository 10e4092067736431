import type { UiName } from '../run/choose-ui.ts'
import { createBlinkenlights } from './blinkenlights.ts'
import type { Every } from './every.ts'
import { createJsonUi } from './json-ui.ts'
import { createMachinePrompt } from './machine-prompt.ts'
import { createMachineUi } from './machine-ui.ts'
import { createPlainUi } from './plain-ui.ts'
import { createLineReader } from './read-line.ts'
import { openSyslog } from './syslog.ts'
import { createSyslogUi } from './syslog-ui.ts'
import { createTtyUi } from './tty-ui.ts'
import type { UserInterface } from './user-interface.ts'

/** Opens a user interface on this process's streams; nothing is written before there is something to show. */
export function openUi(ui: UiName, environment: NodeJS.ProcessEnv = process.env): UserInterface {
  const { stdin, stdout, stderr } = process
  const interrupt = () => void process.kill(process.pid, 'SIGINT')
  const now = () => performance.now()
  switch (ui) {
    case 'basic':
      return createPlainUi(ui, stdout)
    case 'quiet':
      return createPlainUi(ui, stderr)
    case 'json':
      return createJsonUi(stdout, () => new Date())
    case 'syslog':
      return createSyslogUi({ open: openSyslog, writer: stderr })
    case 'machineui':
      return createMachineUi({ writer: stdout, readLine: createLineReader(stdin), every, ask: createMachinePrompt })
    case 'blinkenlights':
      return createBlinkenlights({
        screen: {
          input: stdin,
          output: stdout,
          size: () => ({ rows: stdout.rows || usualSize.rows, columns: columnsOf(stdout) }),
          onResize(callback) {
            stdout.on('resize', callback)
            return () => stdout.off('resize', callback)
          },
          onExit(callback) {
            process.on('exit', callback)
            return () => process.off('exit', callback)
          },
        },
        plain: stderr,
        now,
        every,
        isColoured: wantsColour(environment),
        quit: interrupt,
      })
    case 'ttyui': {
      const screen = canMoveCursor(stderr, environment)
        ? { columns: () => columnsOf(stderr), isColoured: wantsColour(environment) }
        : undefined
      return createTtyUi({ writer: stderr, now, screen, every, terminal: { input: stdin, interrupt } })
    }
  }
}

/** Whether a stream is a terminal on which more can be done than to write lines. */
export function canMoveCursor(
  stream: { readonly isTTY?: boolean },
  { TERM: type }: Readonly<Record<string, string | undefined>>,
): boolean {
  return stream.isTTY === true && type !== undefined && type !== '' && type !== 'dumb'
}

/** Terminals that don't know their size say 0. */
const usualSize = { rows: 24, columns: 80 }

function columnsOf(stream: { readonly columns: number }): number {
  return stream.columns || usualSize.columns
}

/** https://no-color.org */
function wantsColour({ NO_COLOR: unwanted = '' }: NodeJS.ProcessEnv): boolean {
  return unwanted === ''
}

const every: Every = (milliseconds, callback) => {
  // What is shown keeps no process alive.
  const timer = setInterval(callback, milliseconds).unref()
  return () => clearInterval(timer)
}
