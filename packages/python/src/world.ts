/** What a program printed and how it ended. */
export interface ProgramResult {
  readonly stdout: Uint8Array
  readonly stderr: Uint8Array
  /** The exit code; negative for a signal, as Python has it. */
  readonly code: number
}

/**
 * All that Python code can reach outside itself. What is absent cannot be reached: the code that needs it fails
 * with an error that names its line. A function that throws is heard as an `OSError` of Python.
 */
export interface World {
  /** Runs a program and waits for it. A text is a line for the shell, a list a program and its arguments. */
  readonly runProgram?: (command: string | readonly string[], input: Uint8Array) => ProgramResult
  /** The whole of a file, or undefined if there is none. */
  readonly readFile?: (path: string) => Uint8Array | undefined
  readonly exists?: (path: string) => boolean
  /** python-keyring's `get_password`. */
  readonly lookupKeyring?: (service: string, user: string) => string | undefined
  readonly environment?: ReadonlyMap<string, string>
  readonly home?: string
  readonly cwd?: string
  readonly hostName?: string
  readonly user?: string
  /** Seconds since 1970, for `time.time()`. */
  readonly now?: () => number
}
