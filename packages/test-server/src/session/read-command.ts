import type { CommandParts } from '../wire/arguments.ts'
import type { Connection } from '../wire/connection.ts'

/** A command as it came in. */
export interface RawCommand {
  readonly tag: string
  /** In upper case; of `UID` commands both words. Empty if the line is no command. */
  readonly name: string
  /** The line without its tag, literals as `{n}`, secrets blotted out. */
  readonly text: string
  readonly parts: CommandParts
  /** Where the arguments begin in the first part. */
  readonly offset: number
}

/** How a command is read. */
export interface ReadOptions {
  /** Up to how many octets a literal may have that comes without being asked for (RFC 7888). */
  readonly unasked: number
  /** Called with the first line, before its literals are asked for. False: they are not wanted. */
  readonly onBegin: (command: RawCommand) => boolean
  /** Asks for a literal. */
  readonly onWait: () => void
}

/** Reads the next command with its literals; undefined when the client is gone. */
export async function readCommand(connection: Connection, options: ReadOptions): Promise<RawCommand | undefined> {
  const first = await connection.readLine()
  if (first === undefined) return undefined
  const command = parseFirstLine(first)
  const wanted = options.onBegin(command)
  const parts: (string | Buffer)[] = [first]
  for (let line = first; ; ) {
    const literal = line.endsWith('}') ? /\{(\d+)(\+?)\}$/.exec(line) : null
    const isSent = literal?.[2] === '+'
    if (!literal || (isSent && Number(literal[1]) > options.unasked) || (!isSent && !wanted)) break
    if (!isSent) options.onWait()
    const octets = await connection.read(Number(literal[1]))
    const rest = octets && (await connection.readLine())
    if (rest === undefined) return undefined
    parts.push(octets!, rest)
    line = rest
  }
  return { ...command, parts, text: redact(command, parts) }
}

function parseFirstLine(line: string): RawCommand {
  const match = /^([^(){ %*"\\+\x00-\x1f\x7f]+) ((?:UID )?[^(){ %*"\\\]\x00-\x1f\x7f]+)/i.exec(line)
  if (!match) return { tag: '', name: '', text: line, parts: [line], offset: 0 }
  const [whole, tag, name] = match
  const command = { tag: tag!, name: name!.toUpperCase(), parts: [line], offset: whole.length, text: '' }
  return { ...command, text: redact(command, [line]) }
}

function redact({ name, tag }: { readonly name: string; readonly tag: string }, parts: CommandParts): string {
  if (name === 'LOGIN') return 'LOGIN [redacted]'
  const text = parts
    .filter((part) => typeof part === 'string')
    .join('')
    .slice(tag === '' ? 0 : tag.length + 1)
  return name === 'AUTHENTICATE' ? text.replace(/^(\S+ \S+) .*/, '$1 [redacted]') : text
}
