import { type RcFile, readExpression } from '@mailtide/config'
import { type HostValue, isTruthy } from '@mailtide/python-host'
import { type Evaluator, isFunction } from '../python/evaluator.ts'
import { readPlain } from '../rules/read-plain.ts'
import type { Failures } from './failures.ts'
import { repositoryExpressions } from './repository-expressions.ts'
import type { Sample } from './sample.ts'
import { type Json, toJson } from './to-json.ts'

/** What a repository's rules say of one name. */
export type FolderAnswers = { readonly in: string } & (
  | { readonly nametrans: Json }
  | { readonly nametransError: string }
) &
  ({ readonly filter: Json } | { readonly filterError: string })

type Answer = { readonly value: HostValue } | { readonly error: string }
type Rule = (names: readonly string[]) => Promise<readonly Answer[]>

/** What the rules of every repository say of the sample's names. */
export async function dumpFolders(rc: RcFile, { names }: Sample, evaluator: Evaluator, failures: Failures) {
  const folders: Record<string, FolderAnswers[]> = {}
  const foldersort: Record<string, readonly string[]> = {}
  for (const section of new Set(
    repositoryExpressions(rc, ['nametrans', 'folderfilter']).map((found) => found.section),
  )) {
    const translated = await ask(section, 'nametrans', (name) => name)
    const filtered = await ask(section, 'folderfilter', () => true)
    folders[section] = names.map((name, index) => {
      const translation = translated[index]!
      const filter = filtered[index]!
      return {
        in: name,
        ...('error' in translation ? { nametransError: translation.error } : { nametrans: toJson(translation.value) }),
        ...('error' in filter ? { filterError: filter.error } : { filter: isTruthy(filter.value) }),
      }
    })
  }
  for (const expression of repositoryExpressions(rc, ['foldersort'])) {
    const sorted = await failures.catching(expression, async () => {
      const value = await evaluator.evaluate(expression)
      return isFunction(value) ? evaluator.compareSort(value, names) : undefined
    })
    if (sorted) foldersort[expression.section] = sorted
  }
  return { folders, foldersort }

  /** A rule that itself cannot be evaluated is noted, and fails for every name. */
  async function ask(section: string, option: string, unset: (name: string) => HostValue) {
    const expression = readExpression(rc, section, option)
    if (expression === undefined) return names.map((name): Answer => ({ value: unset(name) }))
    const rule = await failures.catching(expression, async (): Promise<Rule> => {
      const plain = await readPlain(expression)
      if (plain) {
        const said = plain.kind === 'names' ? plain.forward : plain.bind('/')
        return async (asked) => asked.map((name) => ({ value: said(name) }))
      }
      return ruleOf(await evaluator.evaluate(expression))
    })
    const error = failures.bySection()[section]?.[option] ?? 'unexpected'
    return rule ? rule(names) : names.map((): Answer => ({ error }))
  }

  function ruleOf(value: HostValue): Rule {
    if (!isFunction(value)) return async (asked) => asked.map(() => ({ error: 'TypeError' }))
    const call = async (asked: readonly string[]) => {
      return (
        await evaluator.callBatch(
          value,
          asked.map((name) => [name]),
        )
      ).map((answer) => ({ value: answer }))
    }
    return async (asked) => {
      try {
        return await call(asked)
      } catch {
        return Promise.all(asked.map((name) => call([name]).then(first, failed)))
      }
    }
  }

  function failed(thrown: unknown): Answer {
    return { error: failures.classOf(thrown) }
  }
}

function first(answers: readonly Answer[]): Answer {
  return answers[0]!
}
