import type { CommandTable } from '../session/command.ts'
import { appendCommands } from './append.ts'
import { generalCommands } from './capability.ts'
import { copyCommands } from './copy.ts'
import { expungeCommands } from './expunge.ts'
import { fetchCommands } from './fetch.ts'
import { idleCommands } from './idle.ts'
import { listCommands } from './list.ts'
import { loginCommands } from './login.ts'
import { mailboxCommands } from './mailboxes.ts'
import { notifyCommands } from './notify.ts'
import { searchCommands } from './search.ts'
import { selectCommands } from './select.ts'
import { statusCommands } from './status.ts'
import { storeCommands } from './store.ts'

/** Every command the server knows. */
export const commandTable: CommandTable = {
  ...generalCommands,
  ...loginCommands,
  ...selectCommands,
  ...mailboxCommands,
  ...listCommands,
  ...statusCommands,
  ...appendCommands,
  ...fetchCommands,
  ...storeCommands,
  ...searchCommands,
  ...copyCommands,
  ...expungeCommands,
  ...idleCommands,
  ...notifyCommands,
}
