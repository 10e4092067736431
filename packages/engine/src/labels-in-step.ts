import type { FolderStatus, Pair } from '@mailtide/contracts'
import type { LabelRules } from '@mailtide/planner'
import type { PairedFolders } from './pair-folders.ts'
import type { SyncContext } from './sync-context.ts'

/** Which labels of two folders are kept in step; undefined where none are. Known once both sides were surveyed. */
export function labelRulesOf(
  { request, repositories }: SyncContext,
  { untoldLabels }: PairedFolders,
): LabelRules | undefined {
  const { labels } = request
  if (!labels || !repositories.local.capabilities.labels || !repositories.remote.capabilities.labels) return undefined
  return { isKept: (label) => !labels.ignored.has(label) && !untoldLabels.has(label) }
}

/** Forgets which labels were agreed on. */
export function forgetLabels(status: FolderStatus): void {
  const put: Pair[] = []
  for (const { labels, ...pair } of status.pairs()) if (labels) put.push(pair)
  if (put.length > 0) status.commit({ put })
}
