/** Where a text was written: a line of the rc file, or a flag of the command line. */
export interface Origin {
  /** The rc file's name, or the flag as it was given, without a value that might be secret. */
  readonly file: string
  /** Counted from 1; absent for a flag, and for what is missing from the whole file. */
  readonly line?: number
}

/** One mistake in a configuration. An error stops the run, a warning does not. */
export interface Problem extends Origin {
  readonly severity: 'error' | 'warning'
  readonly section?: string
  readonly option?: string
  readonly message: string
  /** What to do about it. */
  readonly hint?: string
}

/** The same mistake is told once, as an error if it is one anywhere, in the order of the file. */
export function orderedProblems(problems: readonly Problem[]): Problem[] {
  const told = new Map<string, Problem>()
  for (const problem of problems) {
    const key = JSON.stringify([problem.file, problem.line, problem.option, problem.message])
    const earlier = told.get(key)
    if (earlier === undefined || (earlier.severity === 'warning' && problem.severity === 'error')) {
      told.set(key, problem)
    }
  }
  return [...told.values()].sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
}

/** `file:line: error: message (hint)`, the form that editors and people know. */
export function formatProblem(problem: Problem): string {
  const place = problem.line === undefined ? problem.file : `${problem.file}:${problem.line}`
  const hint = problem.hint === undefined ? '' : ` (${problem.hint})`
  return `${place}: ${problem.severity}: ${problem.message}${hint}`
}
