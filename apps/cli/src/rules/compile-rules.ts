import type { Expression, ImapConfig, MaildirConfig } from '@mailtide/config'
import type { NamingRules, SortNames } from '@mailtide/folder-rules'
import type { HostFunction } from '@mailtide/python-host'
import { wrongValue } from '../python/errors.ts'
import { type Evaluator, isFunction } from '../python/evaluator.ts'
import { textIn } from '../python/text-of.ts'
import { ruleMisplaced } from './errors.ts'
import { readPlain } from './read-plain.ts'

/** The rules of one repository, evaluated; they lack the separator, which a server tells only when it is asked. */
export interface CompiledRules {
  bind(separator: string): NamingRules
  /** `foldersort`. */
  readonly sort?: SortNames
}

/** Every mistake in the rules of one repository, where compiling them stops at the first. */
export async function mistakesInRules(config: MaildirConfig | ImapConfig, evaluator: Evaluator): Promise<unknown[]> {
  const parts = [
    () => compileTranslation(config.nameTranslation, evaluator),
    () => compileFilter(config.folderFilter, evaluator),
    () => readIncludes(config.folderIncludes, evaluator),
    () => compileSort('folderSort' in config ? config.folderSort : undefined, evaluator),
  ]
  const mistakes: unknown[] = []
  for (const compile of parts) await compile().catch((thrown: unknown) => mistakes.push(thrown))
  return mistakes
}

type Translation = Pick<NamingRules, 'translate' | 'invert'>
type Accepts = NonNullable<NamingRules['accepts']>

/** Evaluates what a repository says of its folders. Its functions are asked only when there are folders. */
export async function compileRules(config: MaildirConfig | ImapConfig, evaluator: Evaluator): Promise<CompiledRules> {
  const translation = await compileTranslation(config.nameTranslation, evaluator)
  const bindFilter = await compileFilter(config.folderFilter, evaluator)
  const includes = await readIncludes(config.folderIncludes, evaluator)
  const sort = 'folderSort' in config ? await compileSort(config.folderSort, evaluator) : undefined
  const kind = config.type === 'IMAP' || config.type === 'Gmail' ? 'imap' : 'maildir'
  return {
    bind: (separator) => ({
      kind,
      separator,
      ...translation,
      ...(bindFilter && { accepts: bindFilter(separator) }),
      ...(includes && { includes }),
      createFolders: config.createFolders && !config.readOnly,
      describe: {
        ...(config.nameTranslation && { nametrans: config.nameTranslation.text }),
        ...(config.folderFilter && { folderfilter: config.folderFilter.text }),
      },
    }),
    ...(sort && { sort }),
  }
}

async function compileTranslation(rule: Expression | undefined, evaluator: Evaluator): Promise<Translation> {
  if (rule === undefined) return {}
  const plain = await readPlain(rule)
  if (plain?.kind === 'names') {
    return {
      translate: async (names) => names.map(plain.forward),
      invert: async (names) => names.map(plain.backward),
    }
  }
  if (plain) throw ruleMisplaced(rule)
  const callee = await evaluateFunction(rule, 'a function of a folder', evaluator)
  return {
    async translate(names) {
      const answers = await evaluator.callBatch(callee, names.map(alone))
      return answers.map((answer, index) => {
        const name = textIn(answer)
        if (name === undefined && answer !== null) throw wrongValue(rule, 'a str', answer, names[index])
        return name
      })
    },
  }
}

async function compileFilter(
  rule: Expression | undefined,
  evaluator: Evaluator,
): Promise<((separator: string) => Accepts) | undefined> {
  if (rule === undefined) return undefined
  const plain = await readPlain(rule)
  if (plain?.kind === 'filter') {
    return (separator) => {
      const accepts = plain.bind(separator)
      return async (names) => names.map(accepts)
    }
  }
  if (plain) throw ruleMisplaced(rule)
  const callee = await evaluateFunction(rule, 'a function of a folder', evaluator)
  const { isTruthy } = await import('@mailtide/python-host')
  return () => async (names) => (await evaluator.callBatch(callee, names.map(alone))).map(isTruthy)
}

async function readIncludes(rule: Expression | undefined, evaluator: Evaluator): Promise<string[] | undefined> {
  if (rule === undefined) return undefined
  const value = await evaluator.evaluate(rule)
  const entries = Array.isArray(value) ? value : [value]
  return entries.map((entry) => {
    const name = textIn(entry)
    if (name === undefined) throw wrongValue(rule, 'a list of str', value)
    return name
  })
}

async function compileSort(rule: Expression | undefined, evaluator: Evaluator): Promise<SortNames | undefined> {
  if (rule === undefined) return undefined
  const callee = await evaluateFunction(rule, 'a function of two folders', evaluator)
  return (names) => evaluator.compareSort(callee, names)
}

async function evaluateFunction(rule: Expression, wanted: string, evaluator: Evaluator): Promise<HostFunction> {
  const value = await evaluator.evaluate(rule)
  if (isFunction(value)) return value
  throw wrongValue(rule, wanted, value)
}

function alone(name: string): readonly [string] {
  return [name]
}
