import type { AccountConfig, Config } from '@mailtide/config'
import type { RunFlags } from '../arguments.ts'
import { readableFolder } from '../lines/folder-name.ts'
import type { AccountNames } from '../lines/names.ts'
import type { Output } from './output.ts'
import type { RunSignals } from './signals.ts'

/** What every part of one account's run shares. */
export interface AccountRun {
  readonly account: AccountConfig
  readonly general: Config['general']
  readonly flags: RunFlags
  readonly output: Output
  readonly signals: RunSignals
}

/** How an account is called in lines. */
export function namesOf({ name, local, remote, utf8FolderNames }: AccountConfig): AccountNames {
  return {
    account: name,
    repositories: { local: { name: local.name, type: local.type }, remote: { name: remote.name, type: remote.type } },
    server: `${remote.host}:${remote.port}`,
    folderName: (path) => readableFolder(path, utf8FolderNames),
  }
}
