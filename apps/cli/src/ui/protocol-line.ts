import type { Level, Line } from '../lines/line.ts'

/** Severity, command, thread, and the fields of the text. */
export type ProtocolLine = readonly [severity: Severity, command: string, thread: string, ...fields: readonly string[]]

/** How the protocol of `machineui` calls what matters how much. */
export type Severity = 'msg' | 'warn' | 'error' | 'debug' | 'critical'

const severities: Readonly<Record<Level, Severity>> = { debug: 'debug', info: 'msg', warning: 'warn', error: 'error' }

/** `severity:command:thread:text`, thread and text encoded as in a web form, the fields of the text in lines. */
export function protocolLine([severity, command, thread, ...fields]: ProtocolLine): string {
  return `${severity}:${command}:${formEncoded(thread)}:${formEncoded(fields.join('\n'))}\n`
}

/** Lines for people as the protocol's generic messages; a line and those that continue it are one message. */
export function messageOf(lines: readonly Line[]): ProtocolLine[] {
  const messages: { first: Line; texts: string[] }[] = []
  for (const line of lines) {
    const last = messages.at(-1)
    if (line.continues && last) last.texts.push(line.text)
    else messages.push({ first: line, texts: [line.level === 'error' ? `ERROR: ${line.text}` : line.text] })
  }
  return messages.map(({ first: { level, speaker = 'MainThread', isOfHook }, texts }) => {
    return [severities[level], isOfHook ? 'callhook' : '', speaker, ...texts]
  })
}

/** As Python's `quote_plus` encodes. */
function formEncoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}
