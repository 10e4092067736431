import { createDress } from '../lines/show-lines.ts'
import type { Syslog } from './syslog.ts'
import type { UserInterface, Writer } from './user-interface.ts'

/** What the user interface `syslog` works with. */
export interface SyslogParts {
  /** Opens the syslog; the callback is told once if it can't be reached. */
  readonly open: (unreachable: (reason: string) => void) => Syslog
  /** Where warnings and errors go if there is no syslog. */
  readonly writer: Writer
}

const keptAtMost = 100_000

/** OfflineIMAP's `syslog`: nothing on the terminal. Warnings and errors are not lost where there is no syslog. */
export function createSyslogUi({ open, writer }: SyslogParts): UserInterface {
  const dress = createDress('quiet')
  /** The end of what syslog has perhaps not taken. */
  let kept = ''
  let isLost = false
  const syslog = open((reason) => {
    isLost = true
    writer.write(dress({ level: 'warning', text: `syslog can't be reached: ${reason}` }))
    writer.write(kept)
    kept = ''
  })
  return {
    prompt: undefined,
    show({ lines }) {
      for (const line of lines) {
        if (isLost) writer.write(dress(line))
        else kept = `${kept}${dress(line)}`.slice(-keptAtMost)
        syslog.write(line)
      }
    },
    close: () => syslog.close(),
  }
}
