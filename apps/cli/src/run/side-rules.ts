import { type AccountConfig, type ImapConfig, isMaildir, type MaildirConfig } from '@mailtide/config'
import type { BothSides } from '@mailtide/contracts'
import type { SideRules } from '@mailtide/engine'

/** What the rc file allows on each side. The status remembers by which rules it was made: whoever reads it needs the same. */
export function sideRulesOf({ local, remote }: AccountConfig): BothSides<SideRules> {
  return { local: rulesOf(local), remote: rulesOf(remote) }
}

function rulesOf(config: MaildirConfig | ImapConfig): SideRules {
  const { readOnly, createFolders, syncDeletes } = config
  return { readOnly, createFolders, syncDeletes, passOverDeleted: !isMaildir(config) && !config.expunge }
}
