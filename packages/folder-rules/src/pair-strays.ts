import type { BothSides } from '@mailtide/contracts'
import { counterpartOf } from './counterpart-of.ts'
import { doesNotLeadBack } from './errors.ts'
import { quoted } from './folder-name.ts'
import { type LeftOutFolder, pairOf, type RuledPair } from './folder-pairing.ts'
import { type NamedFolder, nameFolders } from './name-folders.ts'
import type { NamingRules } from './naming-rules.ts'

/**
 * Finds out what the local folders that no remote one claimed would be on the remote. Throws if one of them would be
 * created there under a name that does not lead back to it: OfflineIMAP's "infinite folder creation".
 */
export async function pairStrays(
  strays: readonly NamedFolder[],
  remotes: ReadonlyMap<string, NamedFolder>,
  rules: BothSides<NamingRules>,
) {
  const leftOut: LeftOutFolder[] = []
  const pairs: RuledPair[] = []
  const reachable: { readonly local: NamedFolder; readonly name: string }[] = []
  for (const local of strays) {
    const counterpart = counterpartOf(local, 'local', rules)
    if ('name' in counterpart) reachable.push({ local, name: counterpart.name })
    else leftOut.push({ side: 'local', path: local.path, ...counterpart })
  }
  const names = new Set(reachable.map(({ name }) => name))
  const newcomers = await nameFolders([...names].sort(), 'remote', rules)
  for (const { local, name } of reachable) {
    const remote = newcomers.get(name)!
    const reason = whyNotCreated(local, remote, remotes, rules)
    if (reason === undefined) pairs.push({ ...pairOf(remote, local), missingOn: 'remote' })
    else leftOut.push({ side: 'local', path: local.path, reason, filtered: !remote.accepted })
  }
  return { pairs, leftOut }
}

function whyNotCreated(
  local: NamedFolder,
  remote: NamedFolder,
  remotes: ReadonlyMap<string, NamedFolder>,
  rules: BothSides<NamingRules>,
): string | undefined {
  const shown = quoted(remote.name)
  if (!remote.accepted) return `the remote folderfilter leaves out ${shown}, its name there`
  const back = remote.counterpart
  const backShown = back === undefined ? 'has no local name' : `belongs with the local ${quoted(back)}`
  if (remotes.has(remote.name)) return `its name on the remote would be ${shown}, which ${backShown}`
  if (back === local.name) return undefined
  const { separator } = rules.remote
  if (separator !== '' && separator !== rules.local.separator && local.visibleName.includes(separator)) {
    return `its name contains ${quoted(separator)}, which separates levels on the remote`
  }
  if (rules.remote.createFolders === false) return `the remote has no ${shown}, and createfolders = no there`
  throw doesNotLeadBack({ local: local.name, remote: remote.name, back }, rules)
}
