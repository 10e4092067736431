import { existsSync } from 'node:fs'
import { mbsyncDamaged, mbsyncUnfinished } from './errors.ts'
import { readText } from './read-text.ts'

/** What mbsync knows of the messages of two mailboxes. `far` is mostly the server, `near` the Maildir. */
export interface MbsyncState {
  readonly farUidValidity: string
  readonly nearUidValidity: string
  /** The highest UIDs that mbsync brought from far to near, and from near to far. */
  readonly maxPulledUid: number
  readonly maxPushedUid: number
  readonly messages: readonly MbsyncMessage[]
}

/** One line of it. */
export interface MbsyncMessage {
  /** Undefined where the message is gone on that side, or never came there. */
  readonly far: number | undefined
  readonly near: number | undefined
  /** Maildir letters, P among them: `FS`. */
  readonly letters: string
  /** `~`: expired on the near side by MaxMessages. `>`: near has a placeholder instead of a message beyond MaxSize. */
  readonly marks: string
}

const fields = ['FarUidValidity', 'NearUidValidity', 'MaxPulledUid', 'MaxPushedUid'] as const

/**
 * Reads a state file of isync 1.4 or later: `.mbsyncstate` in a Maildir, or one in `~/.mbsync`. Undefined if there is
 * none. With a journal beside it mbsync was cut off, or is running: that is an error, since only mbsync can finish it.
 *
 * | part   | lines                                                                               |
 * | ------ | ----------------------------------------------------------------------------------- |
 * | header | `FarUidValidity 17`, `NearUidValidity 18`, `MaxPulledUid 4`, `MaxPushedUid 4`, …      |
 * |        | an empty line                                                                       |
 * | body   | `farUID nearUID flags` a message; 0 for none; marks, which are no letters, come first |
 */
export function readMbsyncState(file: string): MbsyncState | undefined {
  if (existsSync(`${file}.journal`)) throw mbsyncUnfinished(file)
  const text = readText(file)
  if (text === undefined) return undefined
  const lines = text.replace(/\n$/, '').split('\n')
  const end = lines.indexOf('')
  if (end === -1) throw mbsyncDamaged(file, 'its header has no end')
  const header = new Map(lines.slice(0, end).map((line) => line.split(' ', 2) as [string, string]))
  const [farUidValidity = '', nearUidValidity = '', pulled, pushed] = fields.map((name) => {
    const value = header.get(name)
    if (value === undefined || !/^\d+$/.test(value)) throw mbsyncDamaged(file, `its header has no ${name}`)
    return value
  })
  const messages = lines.slice(end + 1).map((line, index) => {
    const message = messageOf(line)
    if (!message) throw mbsyncDamaged(file, `line ${end + index + 2} is no message`)
    return message
  })
  return { farUidValidity, nearUidValidity, maxPulledUid: Number(pulled), maxPushedUid: Number(pushed), messages }
}

function messageOf(line: string): MbsyncMessage | undefined {
  const parts = /^(\d+) (\d+) ([^A-Za-z\s]*)([A-Za-z]*)$/.exec(line)
  if (!parts) return undefined
  const [, far = '', near = '', marks = '', letters = ''] = parts
  return { far: Number(far) || undefined, near: Number(near) || undefined, letters, marks }
}
