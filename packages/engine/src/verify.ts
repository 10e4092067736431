import type { FolderSurvey, SyncEvent } from '@mailtide/contracts'
import { checkStores } from './check-store.ts'
import { nothingListed } from './errors.ts'
import { askIgnored } from './ignored.ts'
import { cursorsOf, type PairedFolders, pairByName, withSurvey } from './pair-folders.ts'
import { voidOutdatedCursors } from './rules-in-force.ts'
import { runLimited } from './run-limited.ts'
import { createSyncContext, type SyncContext, withRetry } from './sync-context.ts'
import { type VerifyDepth, verifyFolder } from './verify-folder.ts'
import type { FolderVerification, VerifyReport, VerifyRequest } from './verify-request.ts'

/**
 * Compares both sides of an account with each other and with the store, and says exactly what differs. All folders are opened
 * to examine; nothing is written anywhere but, with `repair`, to the store. Nobody else may work on the account meanwhile.
 *
 * Resolves with a report even where a folder could not be looked at; rejects with the signal's reason when aborted.
 */
export async function verify(request: VerifyRequest): Promise<VerifyReport> {
  const { deep, repair = false, emit, ...shared } = request
  const context = createSyncContext({
    ...shared,
    dryRun: true,
    emit: (event: SyncEvent) => event.type === 'failed' && emit(event),
  })
  const found = new Map<PairedFolders, FolderVerification>()
  let paired: readonly PairedFolders[] = []
  try {
    await checkStores(context)
    paired = await askIgnored(context, await pairSurveyed(context))
    const { local, remote } = context.repositories
    const atOnce = Math.min(local.capabilities.connections, remote.capabilities.connections)
    const depth: VerifyDepth = { deep, repair, lookAgain: (pair) => surveyAgain(context, pair) }
    await runLimited(paired, atOnce, async (pair) => {
      context.signal.throwIfAborted()
      try {
        const folder = await withRetry(context, () => verifyFolder(context, pair, depth))
        found.set(pair, folder)
        emit({ type: 'folder-verified', account: request.account, folder })
      } catch (error) {
        context.fail(error, 'folder', { folders: pair.folders })
      }
    })
  } catch (error) {
    context.fail(error, 'run')
  }
  return { folders: paired.flatMap((pair) => found.get(pair) ?? []), failures: context.failures() }
}

async function pairSurveyed(context: SyncContext): Promise<PairedFolders[]> {
  const { request } = context
  const surveys = await withRetry(context, () => surveyBoth(context))
  if (surveys.remote.length === 0) throw nothingListed(context.account, 'remote')
  const pathsOf = (folders: readonly FolderSurvey[]) => folders.map(({ path }) => path)
  const pairFolders = request.pairFolders ?? pairByName
  const pairing = await pairFolders({ local: pathsOf(surveys.local), remote: pathsOf(surveys.remote) })
  return withSurvey(pairing, surveys, voidOutdatedCursors(context))
}

async function surveyAgain(context: SyncContext, pair: PairedFolders): Promise<PairedFolders> {
  const [again] = withSurvey({ pairs: [pair], leftOut: [] }, await surveyBoth(context), pair.compareAll)
  return again ? { ...pair, mayHaveChanged: again.mayHaveChanged } : pair
}

async function surveyBoth({ repositories, request, signal }: SyncContext) {
  const known = [...request.status.folders()]
  const [local, remote] = await Promise.all([
    repositories.local.survey(cursorsOf(known, 'local'), signal),
    repositories.remote.survey(cursorsOf(known, 'remote'), signal),
  ])
  return { local, remote }
}
