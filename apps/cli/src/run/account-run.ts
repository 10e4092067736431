import { type AccountConfig, type Config, type ImapConfig, isMaildir } from '@mailtide/config'
import type { SimilarFolders } from '@mailtide/folder-rules'
import type { RunFlags } from '../arguments.ts'
import { createKeptAccount, type KeptAccount } from '../daemon/kept-account.ts'
import { readableFolder } from '../lines/folder-name.ts'
import { type AccountNames, accountSpeaker } from '../lines/names.ts'
import { type AccountLogin, createAccountLogin } from '../login/account-login.ts'
import type { Prompt } from '../login/prompt.ts'
import type { MailboxList } from '../mailboxes/mailbox-list.ts'
import type { Evaluator } from '../python/evaluator.ts'
import { createRulesSource, type RulesSource } from '../rules/account-rules.ts'
import type { Output } from './output.ts'
import type { KnownServers } from './profile.ts'
import type { RunSignals } from './signals.ts'
import { similarLines } from './similar-lines.ts'

/** What all accounts of a run share. */
export interface SharedRun {
  readonly general: Config['general']
  readonly flags: RunFlags
  readonly output: Output
  readonly signals: RunSignals
  /** Undefined where nobody can be asked for a password. */
  readonly prompt: Prompt | undefined
  /** Undefined where no list of mailboxes is written. */
  readonly mailboxes?: MailboxList | undefined
}

/** What every part of one account's run shares, from its first sync to its last. */
export interface AccountRun extends SharedRun {
  readonly account: AccountConfig
  readonly evaluator: Evaluator
  readonly rules: RulesSource
  /** What its servers are known by, as soon as they have been looked for. */
  readonly servers: KnownServers
  readonly logins: { readonly remote: AccountLogin; readonly local?: AccountLogin }
  /** Set in a daemon: what outlives a sync. */
  readonly kept?: KeptAccount
  /** Warns of folders with similar names, of each group once. */
  warnOfSimilar(similar: SimilarFolders): void
}

/** Creates what an account's run shares. The evaluator is closed by whoever opened it. */
export function createAccountRun(account: AccountConfig, shared: SharedRun, evaluator: Evaluator): AccountRun {
  const told = new Set<string>()
  const servers: KnownServers = {}
  const loginOf = (repository: ImapConfig) =>
    createAccountLogin(account, repository, {
      general: shared.general,
      evaluator,
      prompt: shared.prompt,
      warn: (text) => shared.output.show({ level: 'warning', text, speaker: accountSpeaker(namesOf(account)) }),
    })
  return {
    ...shared,
    account,
    evaluator,
    servers,
    ...(account.autorefresh > 0 && !shared.flags.once && !shared.general.dryRun && { kept: createKeptAccount() }),
    rules: createRulesSource(account, evaluator, servers),
    logins: {
      remote: loginOf(account.remote),
      ...(isMaildir(account.local) ? {} : { local: loginOf(account.local) }),
    },
    warnOfSimilar(similar) {
      const key = JSON.stringify(similar)
      if (told.has(key)) return
      told.add(key)
      for (const line of similarLines(namesOf(account), similar)) shared.output.show(line)
    },
  }
}

/** How an account is called in lines. */
export function namesOf({ name, local, remote, utf8FolderNames }: AccountConfig): AccountNames {
  const host = typeof remote.host === 'string' ? remote.host : 'its server'
  return {
    account: name,
    repositories: { local: { name: local.name, type: local.type }, remote: { name: remote.name, type: remote.type } },
    server: typeof remote.port === 'number' ? `${host}:${remote.port}` : host,
    folderName: (path) => readableFolder(path, utf8FolderNames),
  }
}
