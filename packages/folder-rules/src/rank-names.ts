/** Puts visible names in order; a name may be asked for that is not among the answers. */
export type SortNames = (names: readonly string[]) => Promise<readonly string[]>

/** Compares visible names: in the order of `foldersort`, else OfflineIMAP's, by name whatever the case. */
export async function rankNames(
  names: Iterable<string>,
  sort: SortNames | undefined,
): Promise<(a: string, b: string) => number> {
  if (!sort) return compareNames
  const given = [...new Set(names)].sort(compareNames)
  const ranks = new Map((await sort(given)).map((name, rank) => [name, rank]))
  const rankOf = (name: string) => ranks.get(name) ?? Number.POSITIVE_INFINITY
  return (a, b) => (rankOf(a) === rankOf(b) ? compareNames(a, b) : rankOf(a) - rankOf(b))
}

/** The order without `foldersort`, made total so that no two names are equal. */
export function compareNames(a: string, b: string): number {
  return compare(a.toLowerCase(), b.toLowerCase()) || compare(a, b)
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
