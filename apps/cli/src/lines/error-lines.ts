import type { MailtideError } from '@mailtide/contracts'
import type { Level, Line } from './line.ts'

/** What happened and where on one line, what to do on a line of its own, and with `-d` where in the program. */
export function errorLines(
  error: MailtideError,
  details: { readonly where?: string; readonly level?: Level; readonly showStack?: boolean } = {},
): Line[] {
  const { where, level = 'error', showStack = false } = details
  const lines: Line[] = [{ level, text: `${error.message}${where === undefined ? '' : ` (${where})`}` }]
  if (error.hint !== undefined) lines.push({ level, text: `  ${error.hint}`, continues: true })
  if (showStack) lines.push(...stackLines(error))
  return lines
}

function stackLines(thrown: unknown): Line[] {
  if (!(thrown instanceof Error)) return []
  const frames = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const own: Line[] = [`${thrown.name}: ${thrown.message}`, ...frames].map((text) => ({ level: 'debug', text }))
  return [...own, ...stackLines(thrown.cause)]
}
