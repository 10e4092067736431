/** Thrown where a command cannot be carried out; becomes its tagged answer. */
export class CommandError extends Error {
  readonly status: 'NO' | 'BAD'
  /** The response code, without its brackets. */
  readonly code: string | undefined

  constructor(status: 'NO' | 'BAD', text: string, code?: string) {
    super(text)
    this.status = status
    this.code = code
  }
}

/** The command is well formed and refused. */
export function refused(text: string, code?: string): CommandError {
  return new CommandError('NO', text, code)
}

/** The command is not understood. */
export function malformed(text: string): CommandError {
  return new CommandError('BAD', text)
}
