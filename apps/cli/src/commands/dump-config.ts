import { type ParsedRc, type Problem, parseRc, type RcFile, readExpression } from '@mailtide/config'
import type { Evaluator } from '../python/evaluator.ts'
import { dumpFolders, type FolderAnswers } from './dump-folders.ts'
import { dumpMailboxes, type MailboxAnswers } from './dump-mailboxes.ts'
import { type BySection, dumpValues } from './dump-values.ts'
import { createFailures, type Failures } from './failures.ts'
import { repositoryExpressions } from './repository-expressions.ts'
import type { Sample } from './sample.ts'
import { type Json, toJson } from './to-json.ts'

/** What a configuration says, with everything evaluated, in the words of Python's ConfigParser. */
export interface Dump {
  readonly parses: boolean
  readonly error?: string
  /** Where Python refuses the file: the same answer, duplicates and byte order marks being passed over. */
  readonly lenient?: Dump
  readonly accounts?: readonly string[]
  readonly values?: BySection
  readonly valueErrors?: BySection
  readonly pythonfileError?: string
  readonly evals?: Readonly<Record<string, Readonly<Record<string, Json>>>>
  readonly evalErrors?: BySection
  readonly folders?: Readonly<Record<string, readonly FolderAnswers[]>>
  readonly foldersort?: Readonly<Record<string, readonly string[]>>
  readonly mbnames?: MailboxAnswers
}

/** What a dump is made from. */
export interface DumpInput {
  readonly text: string
  readonly file: string
  /** Count for what is evaluated; `values` shows what stands in the file. */
  readonly overrides: readonly string[]
  readonly sample: Sample
  /** Opens an evaluator with the pythonfile that is in force. */
  open(rc: RcFile): Evaluator
  /** Told what could not be evaluated, and why. */
  report(failure: unknown): void
  /** Told which overrides cannot be read. */
  warn(problem: Problem): void
}

/** The options that come to something else than a function. */
const evaluated = [
  'remotehosteval',
  'remoteporteval',
  'remoteusereval',
  'remotepasseval',
  'oauth2_client_id_eval',
  'oauth2_client_secret_eval',
  'oauth2_access_token_eval',
  'oauth2_refresh_token_eval',
  'folderincludes',
  'idlefolders',
]

/** Tells what a configuration says. */
export async function dumpConfig(input: DumpInput): Promise<Dump> {
  const { rc: written, fault, lenientFault } = parseRc(input.text, input.file)
  const said = lenientFault === undefined ? await dumpParsed(written, input) : refused(lenientFault)
  return fault === undefined ? said : { parses: false, error: fault, lenient: said }
}

function refused(error: NonNullable<ParsedRc['fault']>): Dump {
  return { parses: false, error }
}

async function dumpParsed(written: RcFile, input: DumpInput): Promise<Dump> {
  const rc = input.overrides.length === 0 ? written : withOverrides(input)
  const values = { parses: true, ...dumpValues(written) }
  const evaluator = input.open(rc)
  const failures = createFailures(input.report)
  try {
    const pythonfileError = await loadPythonFile(rc, evaluator, input)
    if (pythonfileError !== undefined) return { ...values, pythonfileError }
    const evals = await evaluateOptions(rc, evaluator, failures)
    const { folders, foldersort } = await dumpFolders(rc, input.sample, evaluator, failures)
    const mbnames = rc.has('mbnames') ? await dumpMailboxes(rc, input.sample, evaluator, failures) : undefined
    const evalErrors = failures.bySection()
    return {
      ...values,
      ...(Object.keys(evals).length > 0 && { evals }),
      ...(Object.keys(evalErrors).length > 0 && { evalErrors }),
      folders,
      ...(Object.keys(foldersort).length > 0 && { foldersort }),
      ...(mbnames && { mbnames }),
    }
  } finally {
    await evaluator.close()
  }
}

function withOverrides({ text, file, overrides, warn }: DumpInput): RcFile {
  const { rc, problems } = parseRc(text, file, overrides)
  // What stands in the file has a line.
  for (const problem of problems.filter(({ line }) => line === undefined)) warn(problem)
  return rc
}

/** Evaluates something that cannot fail, so that what fails is the pythonfile. */
async function loadPythonFile(rc: RcFile, evaluator: Evaluator, input: DumpInput): Promise<string | undefined> {
  const named = readExpression(rc, 'general', 'pythonfile')
  if (named === undefined) return undefined
  try {
    await evaluator.evaluate({ ...named, text: 'None' })
    return undefined
  } catch (thrown) {
    return createFailures(input.report).classOf(thrown)
  }
}

async function evaluateOptions(rc: RcFile, evaluator: Evaluator, failures: Failures) {
  const found: Record<string, Record<string, Json>> = {}
  for (const expression of repositoryExpressions(rc, evaluated)) {
    const { section, option } = expression
    const value = await failures.catching(expression, () => evaluator.evaluate(expression))
    if (value !== undefined) found[section] = { ...found[section], [option]: toJson(value) }
  }
  return found
}
