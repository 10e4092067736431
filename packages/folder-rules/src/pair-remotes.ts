import type { BothSides } from '@mailtide/contracts'
import { counterpartOf } from './counterpart-of.ts'
import { foldersCollide } from './errors.ts'
import { quoted } from './folder-name.ts'
import { type LeftOutFolder, pairOf, type RuledPair } from './folder-pairing.ts'
import type { NamedFolder } from './name-folders.ts'
import type { NamingRules } from './naming-rules.ts'

/** The folders of both sides by name, and which of those names exist. */
export interface KnownFolders {
  readonly named: BothSides<ReadonlyMap<string, NamedFolder>>
  readonly listed: BothSides<ReadonlySet<string>>
}

/** Gives each remote folder its local one, there already or to be created. Throws if two would get the same. */
export function pairRemotes({ named, listed }: KnownFolders, rules: BothSides<NamingRules>) {
  const leftOut: LeftOutFolder[] = []
  const pairs: RuledPair[] = []
  const claims = new Map<string, NamedFolder>()
  for (const folder of named.remote.values()) {
    const counterpart = counterpartOf(folder, 'remote', rules)
    if ('reason' in counterpart) {
      leftOut.push({ side: 'remote', path: folder.path, ...counterpart })
      continue
    }
    const local = named.local.get(counterpart.name)!
    if (!local.accepted) {
      const reason = `the local folderfilter leaves out ${quoted(local.name)}`
      leftOut.push({ side: 'remote', path: folder.path, reason, filtered: true })
      continue
    }
    const rival = claims.get(local.name)
    if (rival) throw foldersCollide([rival.name, folder.name], local.name, rules)
    claims.set(local.name, folder)
    pairs.push({
      ...pairOf(folder, local),
      ...(listed.local.has(local.name) ? {} : { missingOn: 'local' }),
      ...(listed.remote.has(folder.name) ? {} : { unlisted: true }),
    })
  }
  return { pairs, leftOut, claims }
}
