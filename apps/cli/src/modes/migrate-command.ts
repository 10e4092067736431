import { type MigratedFolder, migrateFolderHashes } from '@mailtide/backend-maildir'
import type { MaildirConfig } from '@mailtide/config'
import { type FolderPath, segmentsOf } from '@mailtide/contracts'
import type { RunFlags } from '../arguments.ts'
import { exitCodes } from '../exit-codes.ts'
import { accountSpeaker, countOf } from '../lines/names.ts'
import { type AccountRun, namesOf } from '../run/account-run.ts'
import { closing, listRepository } from '../run/list-folders.ts'
import { lockAccount, openEnd } from '../run/open-account.ts'
import { prepare } from '../run/prepare.ts'
import type { Surroundings } from '../run/surroundings.ts'
import { eachAccount } from './each-account.ts'

/** So many files of a folder are named; of the others it is told how many they are. */
const mostNamed = 20

/**
 * `--migrate-fmd5-using-nametrans`: gives files whose `FMD5=` is of their folder's plain name that of its name after the
 * local nametrans. The server is asked only where the local names follow from a rule in plain words of its side.
 */
export async function migrateCommand(flags: RunFlags, surroundings: Surroundings): Promise<number> {
  const prepared = prepare(flags, surroundings)
  if (prepared === undefined) return exitCodes.failed
  try {
    return await eachAccount(prepared, flags, surroundings, async (run) => {
      const { local } = run.account
      if (local.type === 'Maildir') return migrateAccount(run, local)
      say(run, 'warning', `${local.name} is of type ${local.type}: only those of type Maildir are migrated`)
    })
  } finally {
    prepared.output.close()
  }
}

async function migrateAccount(run: AccountRun, { root, separator }: MaildirConfig): Promise<void> {
  const { dryRun, fsync } = run.general
  const unlock = await lockAccount(run)
  try {
    const names = await localNames(run, separator)
    const localName = (path: FolderPath) => names.get(path) ?? segmentsOf(path).join(separator)
    const skipped = (directory: string, reason: string) => say(run, 'warning', `${directory} is skipped: ${reason}`)
    const options = { root, separator, localName, dryRun, durable: fsync, skipped }
    for (const folder of await migrateFolderHashes(options, run.signals.stop)) tellOf(run, folder)
  } finally {
    unlock()
  }
}

/** The names after nametrans of the folders that are here and may be synced. */
async function localNames(run: AccountRun, separator: string): Promise<ReadonlyMap<FolderPath, string>> {
  const { stop } = run.signals
  const local = await openEnd(run, 'local')
  const surveyed = await closing(local, () => local.survey(new Map(), stop))
  const separators = { local: separator, remote: await remoteSeparator(run, separator) }
  const folders = await listRepository(run, 'local', separators, surveyed)
  return new Map(folders.filter(({ accepted }) => accepted).map(({ path, visibleName }) => [path, visibleName]))
}

async function remoteSeparator(run: AccountRun, local: string): Promise<string> {
  const anyone = '/'
  const { names } = await run.rules.rules({ local, remote: anyone })
  if (names.local.translate || !names.remote.invert) return anyone
  const remote = await openEnd(run, 'remote')
  return closing(remote, async () => {
    await remote.survey(new Map(), run.signals.stop)
    return remote.separator ?? anyone
  })
}

function tellOf(run: AccountRun, { path, renamed, neither, inTheWay }: MigratedFolder): void {
  const folder = namesOf(run.account).folderName(path)
  if (renamed.length > 0) {
    const mark = run.general.dryRun ? '[DRYRUN] ' : ''
    say(run, 'info', `${mark}${folder}: ${countOf(renamed.length, 'file')} renamed`)
  }
  warnOf(run, folder, neither, "bears neither hash of its folder's name, and is left alone")
  warnOf(run, folder, inTheWay, 'cannot be renamed: another file has that name')
}

function warnOf(run: AccountRun, folder: string, files: readonly string[], what: string): void {
  for (const file of files.slice(0, mostNamed)) say(run, 'warning', `${folder}: ${file} ${what}`)
  const more = files.length - mostNamed
  if (more > 0) say(run, 'warning', `${folder}: and so with ${countOf(more, 'file')} more`)
}

function say({ account, output }: AccountRun, level: 'info' | 'warning', text: string): void {
  output.show({ level, text, speaker: accountSpeaker(namesOf(account)) })
}
