import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FolderPath } from '@mailtide/contracts'
import type { AccountRun } from '../run/account-run.ts'
import { lockAccount, type OpenAccount, openEnd } from '../run/open-account.ts'
import { neverSynced } from './errors.ts'

/** What an account is opened for. */
export interface VerifyAccess {
  /** Whether its status may be written. */
  readonly repair: boolean
  /** A local folder's name after nametrans, where that is known. */
  visibleName(path: FolderPath): string | undefined
}

/**
 * Opens an account so that nothing of it can be written but, for a repair, its status. Its lock is taken even in a dry run:
 * nobody may move anything meanwhile. An account without a status is refused, and no file is made for it.
 */
export async function openToVerify(run: AccountRun, { repair, visibleName }: VerifyAccess): Promise<OpenAccount> {
  const { account, general, logins } = run
  const file = join(general.metadata, `Account-${account.name}`, 'mailtide.sqlite')
  if (!existsSync(file)) throw neverSynced(account.name)
  const { openStatus } = await import('@mailtide/status-sqlite')
  const closing: (() => unknown)[] = []
  async function close(): Promise<void> {
    for (const step of closing.splice(0).toReversed()) await step()
  }
  try {
    closing.push(await lockAccount({ account, general: { ...general, dryRun: false } }))
    const status = openStatus({ file, durable: general.fsync, readOnly: !repair })
    closing.push(() => status.close())
    closing.push(() => Promise.all([logins.remote.settled(), logins.local?.settled()]))
    const local = await openEnd(run, 'local', { visibleName })
    closing.push(() => local.close())
    const remote = await openEnd(run, 'remote')
    closing.push(() => remote.close())
    return { local, remote, status, close }
  } catch (error) {
    await close()
    throw error
  }
}
