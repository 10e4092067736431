import type { AccountConfig } from '@mailtide/config'
import type { BothSides, Side } from '@mailtide/contracts'
import type { NamingRules, SortNames } from '@mailtide/folder-rules'
import type { Evaluator } from '../python/evaluator.ts'
import { type CompiledRules, compileRules } from './compile-rules.ts'

/** The rules of an account's two repositories. */
export interface AccountRules {
  readonly names: BothSides<NamingRules>
  readonly sort?: SortNames
}

/** Reads an account's rules when they are first wanted, and again only if that failed. */
export interface RulesSource {
  /** With `only` (`-f`), the remote filter is membership in it, and nothing is included besides. */
  rules(separators: BothSides<string>, only?: readonly string[]): Promise<AccountRules>
}

/** Who knows which folders of a server hold mail. */
type BothSidesOfMail = Partial<Record<Side, { holdsMail(name: string, separator: string): boolean }>>

/** Creates the source of an account's rules. */
export function createRulesSource(
  { local, remote }: AccountConfig,
  evaluator: Evaluator,
  servers: BothSidesOfMail = {},
): RulesSource {
  let compiled: BothSides<CompiledRules> | undefined
  return {
    async rules(separators, only) {
      compiled ??= { remote: await compileRules(remote, evaluator), local: await compileRules(local, evaluator) }
      const names = {
        local: withoutItems(compiled.local.bind(separators.local), servers.local),
        remote: withoutItems(compiled.remote.bind(separators.remote), servers.remote),
      }
      const chosen = only === undefined ? names : { ...names, remote: onlyThese(names.remote, only) }
      return { names: chosen, ...(compiled.remote.sort && { sort: compiled.remote.sort }) }
    },
  }
}

/** Leaves out what holds no mail on that server, unless the rc has a filter: then the user decides. */
function withoutItems(rules: NamingRules, server: BothSidesOfMail[Side]): NamingRules {
  if (rules.accepts || !server) return rules
  return { ...rules, accepts: async (names) => names.map((name) => server.holdsMail(name, rules.separator)) }
}

function onlyThese({ includes: _, ...rules }: NamingRules, only: readonly string[]): NamingRules {
  const wanted = new Set(only)
  return { ...rules, accepts: async (names) => names.map((name) => wanted.has(name)) }
}
