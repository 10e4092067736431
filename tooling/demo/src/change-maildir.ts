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
import { isSame, reflagged, takeFrom, withLetter, without } from './census.ts'
import { writtenMail } from './mailbox.ts'

/** What a mail client does in the Maildir between the two syncs. Answers what has to be on both sides then. */
export function changeMaildir(root: string, expected: readonly Resident[]): Resident[] {
  const local = readMaildirs(root, '.')
  const sent = takeFrom(expected, 'Sent')
  const answered = [sent((flags) => !flags.includes('R')), flaggedMeanwhile(local, expected)]
  const unread = sent((flags) => flags.includes('S'))
  const deleted = takeFrom(expected, 'Archive/2024')(() => true)
  const written = writtenMail()

  for (const one of answered) setLetters(fileOf(local, one), (old) => withLetter(old, 'R'))
  setLetters(fileOf(local, unread), (old) => old.replace('S', ''))
  rmSync(fileOf(local, deleted).file)
  for (const message of written) write(root, message)

  const marked = answered.reduce((all, one) => reflagged(all, one, withLetter(one.flags, 'R')), [...expected])
  const changed = reflagged(marked, unread, unread.flags.replace('S', ''))
  return [...without(changed, deleted), ...censusOf(written)]
}

/** The same in words. */
export const localChanges = [
  '1 new message in INBOX',
  '1 new folder, Notes, with a message',
  '2 messages marked as answered (one of them is flagged on the server as well), 1 as unread',
  '1 message deleted in Archive/2024',
]

/** A message that was flagged on the server since the last sync: what happens to it here must not undo that. */
function flaggedMeanwhile(local: readonly LocalResident[], expected: readonly Resident[]): Resident {
  return takeFrom(
    expected.filter((one) => !fileOrNone(local, one)?.flags.includes('F')),
    'INBOX',
  )((flags) => flags === 'FS')
}

function fileOf(local: readonly LocalResident[], which: Resident): LocalResident {
  const found = fileOrNone(local, which)
  if (!found) throw new Error(`a message of ${which.folder} is not in the Maildir`)
  return found
}

function fileOrNone(local: readonly LocalResident[], which: Resident): LocalResident | undefined {
  return local.find((one) => isSame(one, which))
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
