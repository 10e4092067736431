import {
  asMailtideError,
  type BothSides,
  type ErrorScope,
  type FolderPair,
  MailtideError,
  type Repository,
  type Side,
  type SyncEvent,
} from '@mailtide/contracts'
import type { SideRules, SyncRequest } from './sync-request.ts'
import { createTally, type Tally } from './tally.ts'

/** What every part of one sync shares. */
export interface SyncContext {
  readonly request: SyncRequest
  readonly account: string
  readonly repositories: BothSides<Repository>
  readonly rules: BothSides<SideRules>
  readonly dryRun: boolean
  readonly signal: AbortSignal
  readonly tally: Tally
  readonly held: { deletions: number; epochs: number }
  /** Messages taken over from another program in this run. */
  readonly inherited: { messages: number }
  emit(event: EventBody): void
  /** Reports a failure, unless it is of a scope that stops more than what failed: then it is thrown on. */
  fail(thrown: unknown, scope: ErrorScope, where?: { readonly folders?: FolderPair; readonly side?: Side }): void
  failures(): number
}

type WithoutAccount<T> = T extends unknown ? Omit<T, 'account'> : never
/** An event that does not name its account yet. */
export type EventBody = WithoutAccount<SyncEvent>

const everythingAllowed: SideRules = { readOnly: false, createFolders: true, syncDeletes: true }
const widths: Record<ErrorScope, number> = { message: 0, folder: 1, account: 2, run: 3 }

/** Fills in the defaults of a request. */
export function createSyncContext(request: SyncRequest): SyncContext {
  const { account, local, remote } = request
  const signal = request.signal ?? new AbortController().signal
  let failures = 0
  const emit = (event: EventBody) => request.emit({ ...event, account } as SyncEvent)
  return {
    request,
    account,
    repositories: { local, remote },
    rules: request.rules ?? { local: everythingAllowed, remote: everythingAllowed },
    dryRun: request.dryRun ?? false,
    signal,
    tally: createTally(),
    held: { deletions: 0, epochs: 0 },
    inherited: { messages: 0 },
    emit,
    fail(thrown, scope, where) {
      if (signal.aborted) throw thrown
      const error = asMailtideError(thrown, scope)
      if (widths[error.scope] > widths[scope]) throw error
      failures++
      emit({ type: 'failed', ...where, error })
    },
    failures: () => failures,
  }
}

/** Does something again while its failure is one that passes by itself. What is done must be safe to take up anew. */
export async function withRetry<T>({ request, signal }: SyncContext, attempt: () => Promise<T>): Promise<T> {
  for (let number = 1; ; number++) {
    try {
      return await attempt()
    } catch (error) {
      const passes = error instanceof MailtideError && error.retryable && !signal.aborted
      if (!passes || !request.retry || number >= request.retry.attempts) throw error
      await request.retry.wait(number + 1, signal)
    }
  }
}
