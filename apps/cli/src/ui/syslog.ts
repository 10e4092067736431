import { spawn } from 'node:child_process'
import type { Level, Line } from '../lines/line.ts'
import { printable } from '../lines/printable.ts'

/** The local syslog. */
export interface Syslog {
  write(line: Line): void
  /** What was written is still delivered. */
  close(): void
}

/** RFC 5424, 6.2.1. */
const severities: Readonly<Record<Level, number>> = { debug: 7, info: 6, warning: 4, error: 3 }

/** A line as `logger --prio-prefix` takes it: its severity in angle brackets, and no control character. */
export function syslogLine({ level, text, continues }: Line): string {
  const label = level === 'error' || level === 'warning' ? `${level.toUpperCase()}: ` : ''
  return `<${severities[level]}>${continues ? '' : label}${printable(text)}\n`
}

/**
 * Opens the local syslog through one `logger` (of util-linux), started at the first line: Node has no datagram sockets of
 * the file system, and so can't write to `/dev/log` itself. `unreachable` is told, once, if there is no logger or nobody
 * listens.
 */
export function openSyslog(unreachable: (reason: string) => void): Syslog {
  let child: ReturnType<typeof start> | undefined
  let isLost = false

  function lose(reason: string): void {
    if (isLost) return
    isLost = true
    unreachable(reason)
  }
  function start() {
    // Without --socket-errors, a logger that nobody listens to says nothing about it.
    const flags = ['--socket-errors=on', '--prio-prefix', `--id=${process.pid}`, '--tag', 'mailtide', '--size', '8KiB']
    // In a session of its own Ctrl-C doesn't end it before our last line.
    const logger = spawn('logger', flags, { stdio: ['pipe', 'ignore', 'pipe'], detached: true })
    let complaint = ''
    logger.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = `${complaint}${text}`.slice(0, 500)
    })
    logger.stdin.on('error', () => undefined)
    logger.on('error', (error) => lose(`the program logger cannot be started: ${error.message}`))
    logger.on('close', (code) => {
      if (code !== 0 || complaint !== '') lose(complaint.trim() || `the program logger ended with ${code}`)
    })
    return logger
  }
  return {
    write(line) {
      if (isLost) return
      child ??= start()
      child.stdin.write(syslogLine(line))
    },
    close() {
      child?.stdin.end()
    },
  }
}
