/** How much a line matters. */
export type Level = 'debug' | 'info' | 'warning' | 'error'

/** One line for people, before a user interface dresses it up. Its text may still hold anything a server sent. */
export interface Line {
  readonly level: Level
  readonly text: string
  /** Goes on with what the line before says. */
  readonly continues?: boolean
  /** What a hook printed, and how it ended. */
  readonly isOfHook?: boolean
  /** Who says it, where several work at once: `Account sync home`. */
  readonly speaker?: string
}
