import type { Counts, FolderPair, Side, SideCounts } from '@mailtide/contracts'
import type { AccountNames } from './names.ts'

/** What became of one pair of folders. */
export interface FolderResult {
  readonly folders: FolderPair
  readonly counts: Counts
}

const shownAtMost = 6
const sides: readonly (readonly [Side, string])[] = [
  ['local', 'here'],
  ['remote', 'on the server'],
]

/**
 * One line for a whole account: what was copied (`+`), removed (`-`) and re-flagged (`~`), where.
 *
 *     INBOX +12 -3 ~40, Lists/dev +2 here; Sent +1 on the server
 */
export function summaryOf(names: AccountNames, results: readonly FolderResult[]): string {
  const parts = sides.flatMap(([side, place]) => {
    const changed = results.filter(({ counts }) => changesIn(counts[side]) > 0)
    if (changed.length === 0) return []
    const biggest = changed.toSorted((a, b) => changesIn(b.counts[side]) - changesIn(a.counts[side]))
    const shown = biggest
      .slice(0, shownAtMost)
      .map(({ folders, counts }) => `${names.folderName(folders[side])} ${signsOf(counts[side])}`)
    const rest = biggest.slice(shownAtMost)
    if (rest.length > 0)
      shown.push(`${rest.length} more folders ${signsOf(sumOf(rest.map(({ counts }) => counts[side])))}`)
    return [`${shown.join(', ')} ${place}`]
  })
  return parts.length === 0 ? 'nothing new' : parts.join('; ')
}

function changesIn({ copied, removed, flagged }: SideCounts): number {
  return copied + removed + flagged
}

function signsOf({ copied, removed, flagged }: SideCounts): string {
  const signs = [
    [copied, '+'],
    [removed, '-'],
    [flagged, '~'],
  ] as const
  return signs.flatMap(([count, sign]) => (count > 0 ? [`${sign}${count}`] : [])).join(' ')
}

function sumOf(counts: readonly SideCounts[]): SideCounts {
  return counts.reduce((sum, { copied, removed, flagged }) => ({
    copied: sum.copied + copied,
    removed: sum.removed + removed,
    flagged: sum.flagged + flagged,
  }))
}
