import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type AccountAccess,
  censusOf,
  deliver,
  differences,
  type Resident,
  readAccount,
  readMaildirs,
} from '@mailtide/sample-mail'
import { changeMaildir, localChanges } from './change-maildir.ts'
import { changeServer, serverChanges } from './change-server.ts'
import { firstMail, folders } from './mailbox.ts'
import { rcFile } from './rc-file.ts'

/** What the demo is made with. */
export interface DemoSetup {
  /** An account with nothing in it, over TLS. */
  readonly access: AccountAccess & { readonly ca: string }
  /** Where everything goes. */
  readonly directory: string
  /** Syncs once with this rc file. Rejects if the sync fails. */
  sync(rc: string): Promise<void>
  say(line: string): void
}

/** Syncs, changes both sides, syncs again. Rejects if the sides don't agree to the byte after either sync. */
export async function runDemo({ access, directory, sync, say }: DemoSetup): Promise<void> {
  const mail = join(directory, 'Mail')
  const rc = join(directory, 'offlineimaprc')
  const authorityFile = join(directory, 'authority.pem')
  const metadata = join(directory, 'metadata')
  for (const path of [mail, metadata]) mkdirSync(path, { mode: 0o700 })
  writeFileSync(authorityFile, access.ca)
  writeFileSync(rc, rcFile({ ...access, authorityFile, mail, metadata }), { mode: 0o600 })

  const first = firstMail()
  await deliver(access, first)
  say(`An IMAP server has started, with ${first.length} messages in ${folders.length} folders.`)
  say('The first sync:\n')
  await timed(() => sync(rc), say)
  let expected = censusOf(first)
  await agree(access, mail, expected, say)

  say('\nNow mail changes on both sides. On the server:')
  expected = await changeServer(access, expected)
  for (const change of serverChanges) say(`  ${change}`)
  say('In the Maildir:')
  expected = changeMaildir(mail, expected)
  for (const change of localChanges) say(`  ${change}`)
  say('The second sync:\n')
  await timed(() => sync(rc), say)
  await agree(access, mail, expected, say)

  say('\nThe server ends with the demo. What it left for you to look at:')
  say(`  the Maildir  ${mail}`)
  say(`  the rc file  ${rc}`)
}

async function timed(work: () => Promise<void>, say: (line: string) => void): Promise<void> {
  const started = performance.now()
  await work()
  say(`\nIt took ${((performance.now() - started) / 1000).toFixed(1)} s.`)
}

async function agree(
  access: AccountAccess,
  mail: string,
  expected: readonly Resident[],
  say: (line: string) => void,
): Promise<void> {
  const problems = [
    ...differences(expected, readMaildirs(mail, '.'), 'whole').map((problem) => `Maildir: ${problem}`),
    ...differences(expected, await readAccount(access), 'whole').map((problem) => `server: ${problem}`),
  ]
  if (problems.length > 0) throw new Error(`The two sides are not as they should be:\n  ${problems.join('\n  ')}`)
  say(`Checked: both sides hold the same ${expected.length} messages, byte for byte, with the same flags.`)
}
