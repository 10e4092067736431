import { type CommandFaults, noFaults } from '../faults/fault-list.ts'
import type { Connection } from '../wire/connection.ts'
import { escapePattern } from '../wire/escape-pattern.ts'
import type { ResponseParts } from '../wire/format.ts'

/** Writes responses, as far and in such words as the faults of the moment let it. */
export interface Responder {
  /** An untagged response, without its `* ` and its line end. */
  untagged(text: string): void
  /** One with octets in it. */
  untaggedParts(parts: ResponseParts): void
  /** The answer that ends a command. */
  tagged(tag: string, status: string, text: string, code?: string): void
  /** Asks the client to go on. */
  continuation(text: string): void
  faults: CommandFaults
}

/** Above this many octets, whoever writes a lot should wait for `flush`. */
export const flushLimit = 256 * 1024

/** Writes to a connection. */
export function createResponder(connection: Connection): Responder {
  const responder: Responder = {
    untagged: (text) => line(`* ${text}`),
    untaggedParts([first, ...rest]) {
      const parts = [`* ${first}`, ...rest, '\r\n']
      if (responder.faults.isEmpty) for (const part of parts) connection.write(part)
      else writeAltered(parts)
    },
    tagged(tag, status, text, code) {
      line(`${tag} ${status} ${code === undefined ? '' : `[${code}] `}${text}`)
    },
    continuation: (text) => line(`+ ${text}`),
    faults: noFaults,
  }

  function line(text: string): void {
    if (responder.faults.isEmpty) connection.write(`${text}\r\n`)
    else writeAltered([`${text}\r\n`])
  }

  function writeAltered(parts: ResponseParts): void {
    const name = /^\* (?:\d+ )?([^ \r\n]+)/.exec(String(parts[0]))?.[1]
    if (responder.faults.all('drop').some(({ untagged }) => untagged.toUpperCase() === name?.toUpperCase())) return
    const altered = parts.map((part) => (typeof part === 'string' ? alter(part) : part))
    if (altered[0] === undefined) return
    for (const part of altered) if (part !== undefined) connection.write(part)
  }

  function alter(part: string): string | undefined {
    const end = part.endsWith('\r\n') ? '\r\n' : ''
    let text = end ? part.slice(0, -2) : part
    for (const { code } of responder.faults.all('hide-code')) text = text.replace(codePattern(code), '')
    for (const { line: rewrite } of responder.faults.all('rewrite')) {
      const rewritten = rewrite(text)
      if (rewritten === undefined) return undefined
      text = rewritten
    }
    return text + end
  }

  return responder
}

function codePattern(code: string): RegExp {
  return new RegExp(`\\[${escapePattern(code)}(?: [^\\]]*)?\\] ?`, 'i')
}
