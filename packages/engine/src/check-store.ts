import { storeMissing } from './errors.ts'
import type { SyncContext } from './sync-context.ts'

/** Refuses a store that was swapped or is not mounted, before anything is compared with it; marks a new one. */
export async function checkStores({ request, repositories, account, dryRun, signal }: SyncContext): Promise<void> {
  for (const side of ['local', 'remote'] as const) {
    const repository = repositories[side]
    if (!repository.readMark || !repository.establish) continue
    const expected = request.status.note(`mark/${side}`)
    const found = await repository.readMark(signal)
    if (expected !== undefined && found !== expected && request.status.messageCount > 0) {
      throw storeMissing(account, found)
    }
    if (dryRun || (found !== undefined && found === expected)) continue
    request.status.setNote(`mark/${side}`, await repository.establish(signal))
  }
}
