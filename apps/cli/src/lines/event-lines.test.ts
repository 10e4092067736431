import {
  type FolderPath,
  MailtideError,
  type MessageId,
  noFlags,
  type Pair,
  type Step,
  type SyncEvent,
} from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { createEventLines } from './event-lines.ts'
import { readableFolder } from './folder-name.ts'
import type { AccountNames } from './names.ts'
import { createDress, type LinesUi, logLine } from './show-lines.ts'

const account = 'home'
const names: AccountNames = {
  account,
  repositories: { local: { name: 'Disk', type: 'Maildir' }, remote: { name: 'Server', type: 'IMAP' } },
  server: 'imap.example.org:993',
  folderName: (path) => readableFolder(path, false),
}
const pairOf = (name: string) => ({ local: name as FolderPath, remote: name as FolderPath })
const nothing = { copied: 0, removed: 0, flagged: 0 }
const inbox = pairOf('INBOX')
const drafts = pairOf('Entw&APw-rfe')

const run: SyncEvent[] = [
  { type: 'account-started', account, dryRun: false },
  { type: 'folder-created', account, side: 'local', path: 'Entw&APw-rfe' },
  { type: 'folder-skipped', account, path: 'Odd', reason: 'there is no such folder on the remote side' },
  { type: 'surveyed', account, folders: 12, mayHaveChanged: 3 },
  { type: 'folder-started', account, folders: inbox },
  { type: 'messages-copied', account, folders: inbox, to: 'local', messages: 12, bytes: 123_456 },
  { type: 'folder-started', account, folders: drafts },
  {
    type: 'folder-finished',
    account,
    folders: inbox,
    counts: { local: { copied: 12, removed: 3, flagged: 40 }, remote: nothing },
  },
  { type: 'messages-copied', account, folders: drafts, to: 'remote', messages: 1, bytes: 900 },
  {
    type: 'failed',
    account,
    folders: drafts,
    side: 'remote',
    error: new MailtideError('imap/refused', 'the server refused it: \u001b[31mNO\u0007 quota', {
      scope: 'message',
      hint: 'Ask for more room.',
    }),
  },
  {
    type: 'folder-finished',
    account,
    folders: drafts,
    counts: { local: nothing, remote: { copied: 1, removed: 0, flagged: 1 } },
  },
  { type: 'held', account, folders: inbox, reason: 'too-many-deletions', messages: 150, side: 'remote' },
  { type: 'held', account, folders: pairOf('Old'), reason: 'epoch-changed', messages: 5, side: 'remote' },
  {
    type: 'failed',
    account,
    folders: pairOf('Old'),
    side: 'remote',
    error: new MailtideError('engine/epoch-changed', 'Old has a new UIDVALIDITY', { scope: 'folder' }),
  },
  {
    type: 'account-finished',
    account,
    counts: { local: { copied: 12, removed: 3, flagged: 40 }, remote: { copied: 1, removed: 0, flagged: 1 } },
    failures: 2,
  },
]

const id = (text: string) => text as MessageId
const pair: Pair = { local: id('a'), remote: id('1'), flags: noFlags }
const seen = new Set(['\\Seen'])
const copy: Step = { kind: 'copy', to: 'local', source: { id: id('2'), flags: noFlags } }
const steps: Step[] = [
  { kind: 'adopt', pair },
  copy,
  copy,
  { kind: 'copy', to: 'remote', source: { id: id('b'), flags: noFlags } },
  { kind: 'flags', pair, seen: { local: seen, remote: noFlags }, agreed: seen },
  { kind: 'flags', pair, seen: { local: noFlags, remote: new Set(['$Work']) }, agreed: seen },
  { kind: 'remove', on: 'remote', pair },
  { kind: 'forget', pair },
]
const dryRun: SyncEvent[] = [
  { type: 'account-started', account, dryRun: true },
  { type: 'folder-created', account, side: 'remote', path: 'New' },
  { type: 'folder-started', account, folders: inbox },
  ...steps.map((step): SyncEvent => ({ type: 'step-planned', account, folders: inbox, step })),
  {
    type: 'folder-finished',
    account,
    folders: inbox,
    counts: { local: { copied: 2, removed: 0, flagged: 1 }, remote: { copied: 1, removed: 1, flagged: 2 } },
  },
  {
    type: 'account-finished',
    account,
    counts: { local: { copied: 2, removed: 0, flagged: 1 }, remote: { copied: 1, removed: 1, flagged: 2 } },
    failures: 0,
  },
]

/** With a clock that gains 65 seconds at each look. */
function linesFor(events: readonly SyncEvent[]) {
  let time = 0
  const now = () => {
    time += 65_000
    return time
  }
  return events.flatMap(createEventLines(names, { now }))
}

describe('the lines of a run', () => {
  it.each(['ttyui', 'basic', 'quiet'] as const)('in %s', async (ui: LinesUi) => {
    await expect(linesFor(run).map(createDress(ui)).join('')).toMatchFileSnapshot(`golden/run.${ui}.txt`)
  })

  it('of a dry run', async () => {
    await expect(linesFor(dryRun).map(createDress('basic')).join('')).toMatchFileSnapshot('golden/dry-run.basic.txt')
  })

  it('in a log file', async () => {
    const noon = new Date(2026, 0, 2, 12, 3, 4)
    const lines = linesFor(run).map((line) => logLine(line, noon))
    await expect(lines.join('')).toMatchFileSnapshot('golden/run.log.txt')
  })

  it('says that there was nothing to do', () => {
    const counts = { local: nothing, remote: nothing }
    const [summary] = linesFor([{ type: 'account-finished', account, counts, failures: 0 }])
    expect(summary?.text).toBe('home: nothing new')
  })

  it('names the six folders with most changes and sums up the others', () => {
    const finished = Array.from({ length: 9 }, (_, index): SyncEvent => {
      const counts = { local: { ...nothing, copied: index + 1 }, remote: nothing }
      return { type: 'folder-finished', account, folders: pairOf(`F${index + 1}`), counts }
    })
    const counts = { local: { ...nothing, copied: 45 }, remote: nothing }
    const lines = linesFor([...finished, { type: 'account-finished', account, counts, failures: 0 }])
    expect(lines.at(-2)?.text).toBe('home: F9 +9, F8 +8, F7 +7, F6 +6, F5 +5, F4 +4, 3 more folders +6 here')
  })

  it('shows where in the program an error arose only when asked to', () => {
    const error = new MailtideError('x', 'it broke', { scope: 'account', cause: new Error('because') })
    const failed: SyncEvent = { type: 'failed', account, error }
    expect(createEventLines(names, { now: () => 0 })(failed).map(({ text }) => text)).toEqual([
      'it broke (account home)',
    ])
    const told = createEventLines(names, { now: () => 0, showStack: true })(failed)
    expect(told.filter(({ level }) => level === 'debug').map(({ text }) => text)).toEqual(
      expect.arrayContaining(['MailtideError: it broke', 'Error: because', expect.stringMatching(/^\s+at /)]),
    )
  })
})
