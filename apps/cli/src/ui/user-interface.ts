import type { Line } from '../lines/line.ts'
import type { AccountNames } from '../lines/names.ts'
import type { Prompt } from '../login/prompt.ts'
import type { Happening } from './happening.ts'

/** Something to show: words, and the event that they are about, where they are about one. */
export interface Shown {
  readonly lines: readonly Line[]
  readonly event?: Happening
  /** How the event's account is called. */
  readonly names?: AccountNames
}

/** Shows a run to whoever looks on. Touches nothing before it is first told something. */
export interface UserInterface {
  show(shown: Shown): void
  /** Undefined where nobody can be asked for a password. */
  readonly prompt: Prompt | undefined
  /** Calls back when somebody wants this account to be synced now. Returns what takes the callback back. */
  onWake?(account: string, callback: () => void): () => void
  /** Gives the terminal back. */
  close(): void
}

/** What takes text: standard output, or standard error. */
export type Writer = Pick<NodeJS.WriteStream, 'write'>
