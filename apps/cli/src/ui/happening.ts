import type { SyncEvent } from '@mailtide/contracts'

/** What happens in a run around its syncs. */
export type RunEvent =
  | { readonly type: 'run-started'; readonly accounts: readonly string[]; readonly trace: readonly string[] }
  | { readonly type: 'sleeping'; readonly account: string; readonly seconds: number }
  | { readonly type: 'awake'; readonly account: string }
  /** This run syncs the account no more. */
  | { readonly type: 'account-left'; readonly account: string }
  | { readonly type: 'run-finished'; readonly exitCode: number }

/** Everything that a user interface is told of. */
export type Happening = SyncEvent | RunEvent
