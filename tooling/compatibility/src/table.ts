import type { Table } from './row.ts'
import { bugs } from './rows/bugs.ts'
import { configuration } from './rows/configuration.ts'
import { flagRows } from './rows/flags.ts'
import { interfaces } from './rows/interfaces.ts'
import { labels } from './rows/labels.ts'
import { loggingIn } from './rows/logging-in.ts'
import { mailboxes } from './rows/mailboxes.ts'
import { messages } from './rows/messages.ts'
import { accountOptions } from './rows/options-account.ts'
import { generalOptions } from './rows/options-general.ts'
import { loginOptions, mailOptions, serverOptions, waitingOptions } from './rows/options-imap.ts'
import { mbnamesOptions } from './rows/options-mbnames.ts'
import { maildirOptions, repositoryOptions } from './rows/options-repository.ts'
import { running } from './rows/running.ts'
import { stateOnDisk } from './rows/state.ts'
import { syncing } from './rows/syncing.ts'
import { waiting } from './rows/waiting.ts'

/** Every option, flag and behaviour of OfflineIMAP. */
export const table: Table = {
  options: [
    ...generalOptions,
    ...accountOptions,
    ...repositoryOptions,
    ...maildirOptions,
    ...serverOptions,
    ...waitingOptions,
    ...mailOptions,
    ...loginOptions,
    ...mbnamesOptions,
  ],
  flags: flagRows,
  chapters: [
    ...running,
    ...configuration,
    ...syncing,
    ...messages,
    ...labels,
    ...waiting,
    ...loggingIn,
    ...stateOnDisk,
    ...mailboxes,
    ...interfaces,
    ...bugs,
  ],
}
