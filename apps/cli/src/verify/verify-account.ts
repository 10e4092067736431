import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { FolderPath, MailtideError } from '@mailtide/contracts'
import { type OctetHash, type VerifyEvent, type VerifyReport, verify } from '@mailtide/engine'
import { noFolderWanted, noSuchFolder } from '../errors.ts'
import { placeOf } from '../lines/names.ts'
import { type AccountPairing, createAccountPairing } from '../rules/pair-account.ts'
import { type AccountRun, namesOf } from '../run/account-run.ts'
import { labelPolicyOf } from '../run/labels.ts'
import { createIgnored, windowOf } from '../run/left-out.ts'
import { sideRulesOf } from '../run/side-rules.ts'
import { openToVerify } from './open-to-verify.ts'
import type { VerifyFlags } from './verify-command.ts'
import { readWithout } from './without-headers.ts'

/** What a verification of one account found. */
export interface VerifiedAccount {
  readonly report: VerifyReport
  /** What failed in single folders. */
  readonly errors: readonly { readonly error: MailtideError; readonly where: string }[]
  /** What stopped the whole account. */
  readonly stoppedBy?: MailtideError
}

/** Verifies one account by the rules that its syncs follow. */
export async function verifyAccount(run: AccountRun, { deep, repair }: VerifyFlags): Promise<VerifiedAccount> {
  const { account, flags, signals, evaluator, rules: source } = run
  const names = namesOf(account)
  const errors: { error: MailtideError; where: string }[] = []
  let stoppedBy: MailtideError | undefined
  function emit(event: VerifyEvent): void {
    if (event.type !== 'failed') return
    const { error, folders, side = 'remote' } = event
    if (folders) errors.push({ error, where: `account ${account.name}, folder ${placeOf(names, side, folders)}` })
    else stoppedBy = error
  }

  let pairing: AccountPairing | undefined
  const visibleName = (path: FolderPath) => pairing?.visibleName(path)
  const { local, remote, status, close } = await openToVerify(run, { repair, visibleName })
  try {
    const only = flags.folders
    const found = createAccountPairing({ source, local, remote, only, signal: signals.stop, warn: run.warnOfSimilar })
    pairing = found
    const { copyIgnore } = account.remote
    const uncopied = [...account.filterHeaders, ...(account.labels ? [account.labels.header] : [])]
    const report = await verify({
      account: account.name,
      local: readWithout(local, uncopied),
      remote: readWithout(remote, uncopied),
      status,
      emit,
      ...(deep && { deep: sha256 }),
      repair,
      rules: sideRulesOf(account),
      window: windowOf(account, Date.now()),
      ...(await labelPolicyOf(account)),
      ...(copyIgnore && { ignored: createIgnored(copyIgnore, evaluator, () => found.named) }),
      retry: {
        attempts: account.remote.attempts,
        wait: (attempt, signal) => pause(1000 * 2 ** (attempt - 2), undefined, { signal }),
      },
      signal: signals.stop,
      async pairFolders(listed) {
        const paired = await found.pairFolders(listed)
        const refused = listed.remote.length
        if (found.named.length === 0 && refused > 0 && !only) throw noFolderWanted(account.name, refused)
        return paired
      },
    })
    if (!stoppedBy) {
      for (const name of found.missing()) errors.push({ error: noSuchFolder(name), where: `account ${account.name}` })
    }
    return { report, errors, ...(stoppedBy && { stoppedBy }) }
  } finally {
    await close()
  }
}

function sha256(): OctetHash {
  const hash = createHash('sha256')
  return { update: (octets) => hash.update(octets), digest: () => hash.digest('base64url') }
}
