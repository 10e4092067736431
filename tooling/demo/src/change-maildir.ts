import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  censusOf,
  type LocalResident,
  maildirOf,
  type Resident,
  readMaildirs,
  type SampleMessage,
} from '@mailtide/sample-mail'
import { inFolder, reflagged, withLetters, without } from './census.ts'
import { writtenMail } from './mailbox.ts'

/** What a mail client does in the Maildir between the two syncs. Answers what has to be on both sides then. */
export function changeMaildir(root: string, expected: readonly Resident[]): Resident[] {
  const local = readMaildirs(root, '.')
  const [answered, , unread] = inFolder(expected, 'Sent')
  const [deleted] = inFolder(expected, 'Archive/2024')
  // The fourth in INBOX was flagged on the server, too: both changes have to survive. The third is gone there.
  const flaggedThere = inFolder(expected, 'INBOX')[2]
  if (!answered || !unread || !deleted || !flaggedThere) throw new Error('the demo wants more messages')
  let now = expected
  const letters = (which: Resident, change: (old: string) => string) => {
    setLetters(fileOf(local, which), change)
    now = reflagged(now, which, change(which.flags))
  }
  letters(answered, (old) => withLetters(old, 'R'))
  letters(unread, (old) => old.replace('S', ''))
  letters(flaggedThere, (old) => withLetters(old, 'R'))
  rmSync(fileOf(local, deleted).file)
  const written = writtenMail()
  for (const message of written) write(root, message)
  return [...without(now, deleted), ...censusOf(written)]
}

/** The same in words. */
export const localChanges = [
  '1 new message in INBOX',
  '1 new folder, Notes, with a message',
  '2 messages marked as answered (one of them is flagged on the server as well), 1 as unread',
  '1 message deleted in Archive/2024',
]

function fileOf(local: readonly LocalResident[], which: Resident): LocalResident {
  const found = local.find(({ folder, whole }) => folder === which.folder && whole === which.whole)
  if (!found) throw new Error(`a message of ${which.folder} is not in the Maildir`)
  return found
}

/** Renames a file as mail clients do: flags are letters at the end of a name in `cur`. */
function setLetters({ file, flags }: LocalResident, change: (old: string) => string): void {
  const [name = ''] = file.slice(file.lastIndexOf('/') + 1).split(':2,')
  renameSync(file, join(dirname(dirname(file)), 'cur', `${name}:2,${change(flags)}`))
}

let written = 0

/** Writes a message as mail clients do: whole in `tmp`, then moved to where others look. */
function write(root: string, { folder, bytes, flags }: SampleMessage): void {
  const directory = maildirOf(root, folder, '.')
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(directory, part), { recursive: true })
  const name = `${Math.floor(Date.now() / 1000)}.${process.pid}_${++written}.demo`
  const [letters = ''] = censusOf([{ folder, bytes, flags, receivedAt: new Date(0) }]).map((one) => one.flags)
  writeFileSync(join(directory, 'tmp', name), bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
  renameSync(join(directory, 'tmp', name), join(directory, 'cur', `${name}:2,${letters}`))
}
