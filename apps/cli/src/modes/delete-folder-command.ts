import { folderPath } from '@mailtide/contracts'
import type { RunFlags } from '../arguments.ts'
import { exitCodes } from '../exit-codes.ts'
import { errorLines } from '../lines/error-lines.ts'
import { accountSpeaker } from '../lines/names.ts'
import { type AccountRun, namesOf } from '../run/account-run.ts'
import { closing } from '../run/list-folders.ts'
import { openEnd } from '../run/open-account.ts'
import { prepare } from '../run/prepare.ts'
import type { Surroundings } from '../run/surroundings.ts'
import { eachAccount } from './each-account.ts'
import { deletesNoFolders, folderNotDeletable, folderNotThere, notOneAccount } from './errors.ts'

/** `--delete-folder NAME`: deletes a folder on the server of the one account that is to be synced, and nothing else. */
export async function deleteFolderCommand(name: string, flags: RunFlags, surroundings: Surroundings): Promise<number> {
  const prepared = prepare(flags, surroundings)
  if (prepared === undefined) return exitCodes.failed
  const { accounts, output } = prepared
  try {
    if (accounts.length === 1) return await eachAccount(prepared, flags, surroundings, (run) => deleteFolder(run, name))
    for (const line of errorLines(notOneAccount(accounts.map((account) => account.name)))) output.show(line)
    return exitCodes.failed
  } finally {
    output.close()
  }
}

async function deleteFolder(run: AccountRun, name: string): Promise<void> {
  const { account, general, output, signals } = run
  if (account.remote.readOnly) throw folderNotDeletable(name, `[Repository ${account.remote.name}] is read-only`)
  if (name.toUpperCase() === 'INBOX') throw folderNotDeletable(name, 'every account has it')
  const show = (text: string) => output.show({ level: 'info', text, speaker: accountSpeaker(namesOf(account)) })
  const remote = await openEnd(run, 'remote')
  await closing(remote, async () => {
    if (!remote.deleteFolder) throw deletesNoFolders(account.remote.name)
    const surveyed = await remote.survey(new Map(), signals.stop)
    const path = folderPath(remote.separator ? name.split(remote.separator) : [name])
    const isListed = surveyed.some((folder) => folder.path === path)
    // Where only a part of the folders is listed, the server knows better.
    if (!isListed && !account.remote.subscribedOnly && !account.remote.reference) throw folderNotThere(name)
    if (general.dryRun) return show(`[DRYRUN] Deleting folder ${name}[${account.remote.name}]`)
    await remote.deleteFolder(path, signals.stop)
    show(`Deleted folder ${name}[${account.remote.name}]`)
    show('Its local folder, and what is known of it, are untouched: a sync that finds it makes it anew on the server')
  })
}
