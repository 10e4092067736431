import type { AccountConfig, GeneralConfig, MbnamesConfig } from '@mailtide/config'
import { asMailtideError } from '@mailtide/contracts'
import type { Mailbox } from '@mailtide/mutt-mailboxes'
import { errorLines } from '../lines/error-lines.ts'
import type { Evaluator } from '../python/evaluator.ts'
import type { NamedPair } from '../rules/pair-account.ts'
import type { Output } from '../run/output.ts'
import { composeList, filterMailboxes } from './compose-list.ts'
import { createMailboxCaches } from './mailbox-caches.ts'
import { mailboxesOf } from './mailboxes-of.ts'
import { isOther, rewriteFile } from './rewrite-file.ts'

/**
 * The list of mailboxes that `[mbnames]` asks for. What goes wrong with it is told, counted, and stops nothing else. Nothing
 * is written in a dry run.
 */
export interface MailboxList {
  /**
   * Remembers the folders that an account's sync met, also for later runs; writes the list if it is `incremental`. With
   * `partial` (`-f`) the folders that were met before stay.
   */
  note(account: AccountConfig, pairs: readonly NamedPair[], partial: boolean): Promise<void>
  /** Forgets what earlier runs met of accounts that are not wanted any more. */
  forget(wanted: (account: string) => boolean): Promise<void>
  /** Writes the list, of the accounts of earlier runs too. */
  write(): Promise<void>
  /** How often something went wrong. */
  readonly failures: number
}

/** What a list of mailboxes works with. */
export interface MailboxListParts {
  /** Undefined where `[mbnames]` is not enabled: then there are only left-overs to forget. */
  readonly config: MbnamesConfig | undefined
  readonly general: Pick<GeneralConfig, 'metadata' | 'fsync' | 'dryRun'>
  readonly evaluator: Evaluator
  readonly output: Pick<Output, 'show'>
}

/** Creates the list of one run. Accounts may be noted at the same time: one is done after the other. */
export function createMailboxList({ config, general, evaluator, output }: MailboxListParts): MailboxList {
  const { metadata, fsync: durable, dryRun } = general
  const caches = createMailboxCaches(metadata, durable)
  const noted = new Map<string, readonly Mailbox[]>()
  const forgotten = new Set<string>()
  let failures = 0
  let last: Promise<void> = Promise.resolve()

  const tell = (text: string) => output.show({ level: 'info', text: dryRun ? `[DRYRUN] ${text}` : text })
  function inTurn(work: () => Promise<void>): Promise<void> {
    last = last.then(work).catch((thrown: unknown) => {
      failures++
      const error = asMailtideError(thrown, 'run')
      for (const line of errorLines(error, { where: 'the list of mailboxes' })) output.show(line)
    })
    return last
  }

  /** What is known of an account; a cache that cannot be read is told of, and is made anew by the account's next sync. */
  function knownOf(account: string): readonly Mailbox[] {
    try {
      return noted.get(account) ?? caches.read(account) ?? []
    } catch (thrown) {
      for (const line of errorLines(asMailtideError(thrown, 'run'), { level: 'warning' })) output.show(line)
      return []
    }
  }

  async function write({ file, ...list }: MbnamesConfig): Promise<void> {
    const accounts = [...new Set([...caches.accounts(), ...noted.keys()])].filter((name) => !forgotten.has(name))
    const boxes = accounts.flatMap(knownOf)
    const text = await composeList({ file, ...list }, boxes, evaluator)
    const isNew = dryRun ? isOther(file, text) : await rewriteFile(file, text, { durable, directoryMode: 0o777 })
    if (isNew) tell(`Writing the list of mailboxes: ${file}`)
  }

  return {
    note: (account, pairs, partial) =>
      inTurn(async () => {
        if (!config) return
        const met = mailboxesOf(account, pairs, { dryRun })
        const boxes = await filterMailboxes(config.folderFilter, met, evaluator)
        const others = partial
          ? knownOf(account.name).filter(({ folder }) => !met.some(({ box }) => box.folder === folder))
          : []
        noted.set(account.name, [...others, ...boxes])
        if (!dryRun) await caches.write(account.name, [...others, ...boxes])
        if (config.incremental) await write(config)
      }),
    forget: (wanted) =>
      inTurn(async () => {
        for (const account of caches.accounts().filter((name) => !wanted(name))) {
          tell(`Removing ${caches.fileOf(account)}`)
          forgotten.add(account)
          if (!dryRun) await caches.remove(account)
        }
      }),
    write: () =>
      inTurn(async () => {
        if (config) await write(config)
      }),
    get failures() {
      return failures
    },
  }
}
