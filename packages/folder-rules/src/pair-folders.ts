import type { BothSides, FolderPath, Side } from '@mailtide/contracts'
import { canonicalName, nameOf, quoted } from './folder-name.ts'
import type { FolderPairing, LeftOutFolder } from './folder-pairing.ts'
import { nameFolders } from './name-folders.ts'
import type { NamingRules } from './naming-rules.ts'
import { pairRemotes } from './pair-remotes.ts'
import { pairStrays } from './pair-strays.ts'
import { compareNames, rankNames, type SortNames } from './rank-names.ts'
import { similarFolders } from './similar-folders.ts'

/** The folders of both sides, in any order, and the rules of both repositories. */
export interface PairingRequest {
  readonly remote: readonly FolderPath[]
  readonly local: readonly FolderPath[]
  readonly rules: BothSides<NamingRules>
  /** `foldersort`: puts visible names of remote folders in order. Default: by name, whatever the case. */
  readonly sort?: SortNames
}

/**
 * Decides which folders belong together, as OfflineIMAP does but for one thing: a local folder that a remote one
 * claims needs no inverse rule. Every rule is asked again by each call. Throws, before anything is touched, when two
 * remote folders would be one local folder, or when a local folder would be created remotely under a name that does
 * not lead back to it.
 */
export async function pairFolders({ remote, local, rules, sort }: PairingRequest): Promise<FolderPairing> {
  const paths = { remote: listNames(remote, 'remote', rules.remote), local: listNames(local, 'local', rules.local) }
  const listed = { remote: paths.remote.names, local: paths.local.names }
  const includes = rules.remote.includes?.map((name) => canonicalName(name, rules.remote)) ?? []

  const remotes = await nameFolders([...listed.remote.union(new Set(includes))].sort(), 'remote', rules)
  const accepted = remotes.values().filter((folder) => folder.accepted)
  const targets = accepted.map(({ counterpart }) => counterpart).filter((name) => name !== undefined)
  const locals = await nameFolders([...listed.local.union(new Set(targets))].sort(), 'local', rules)

  const claimed = pairRemotes({ named: { remote: remotes, local: locals }, listed }, rules)
  const present = [...locals.values()].filter(({ name }) => listed.local.has(name))
  const strays = await pairStrays(
    present.filter(({ name }) => !claimed.claims.has(name)),
    remotes,
    rules,
  )

  const pairs = [...claimed.pairs, ...strays.pairs]
  const leftOut = [...paths.remote.leftOut, ...claimed.leftOut, ...paths.local.leftOut, ...strays.leftOut]
  const remoteNames = [...remotes.values().map(({ visibleName }) => visibleName)]
  const compare = await rankNames([...remoteNames, ...strays.pairs.map((pair) => pair.visibleNames.remote)], sort)
  return {
    pairs: pairs.sort((a, b) => compare(a.visibleNames.remote, b.visibleNames.remote)),
    leftOut: leftOut.sort((a, b) => compareNames(b.side, a.side) || compareNames(a.path, b.path)),
    warnings: (['remote', 'local'] as const).flatMap((side) => {
      const synced = new Set(pairs.map(({ folders }) => folders[side]))
      const others = leftOut.filter((folder) => folder.side === side).map(({ path }) => path)
      return similarFolders(side, [...synced, ...others], (path) => synced.has(path))
    }),
    folders: {
      remote: [...remotes.values()].sort(
        (a, b) => compare(a.visibleName, b.visibleName) || compareNames(a.name, b.name),
      ),
      local: present.sort((a, b) => compareNames(a.name, b.name)),
    },
  }
}

function listNames(paths: readonly FolderPath[], side: Side, rules: NamingRules) {
  const names = new Set<string>()
  const leftOut: LeftOutFolder[] = []
  for (const path of new Set(paths)) {
    const name = nameOf(path, rules)
    if (name !== undefined) names.add(name)
    else
      leftOut.push({
        side,
        path,
        reason: `its name contains the separator ${quoted(rules.separator)}`,
        filtered: false,
      })
  }
  return { names, leftOut }
}
