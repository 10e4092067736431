import {
  type FolderPath,
  MailtideError,
  type MessageId,
  noFlags,
  type Pair,
  type Step,
  type SyncEvent,
} from '@mailtide/contracts'
import { readableFolder } from '../lines/folder-name.ts'
import type { AccountNames } from '../lines/names.ts'

const account = 'home'
/** How the account of the events is called. */
export const names: AccountNames = {
  account,
  repositories: { local: { name: 'Disk', type: 'Maildir' }, remote: { name: 'Server', type: 'IMAP' } },
  server: 'imap.example.org:993',
  folderName: (path) => readableFolder(path, false),
}
/** A pair of folders that bear the same name. */
export const pairOf = (name: string) => ({ local: name as FolderPath, remote: name as FolderPath })
/** Nothing done to a side. */
export const nothing = { copied: 0, removed: 0, flagged: 0 }
const id = (text: string) => text as MessageId
const pair: Pair = { local: id('a'), remote: id('1'), flags: noFlags }
const inbox = pairOf('INBOX')
const drafts = pairOf('Entw&APw-rfe')

/** A run in which much goes well and some goes wrong. */
export const run: readonly SyncEvent[] = [
  { type: 'account-started', account, dryRun: false },
  { type: 'folder-created', account, side: 'local', path: 'Entw&APw-rfe' },
  { type: 'folder-skipped', account, path: 'Odd', reason: 'there is no such folder on the remote side' },
  { type: 'surveyed', account, folders: 12, mayHaveChanged: 3 },
  { type: 'folder-started', account, folders: inbox },
  {
    type: 'messages-copied',
    account,
    folders: inbox,
    to: 'local',
    messages: 12,
    bytes: 123_456,
    unseen: 2,
    of: 30,
    pairs: [
      { local: id('one'), remote: id('101'), flags: noFlags },
      { local: id('two'), remote: id('102'), flags: new Set(['\\Seen', '$Work']) },
    ],
  },
  { type: 'folder-started', account, folders: drafts },
  {
    type: 'folder-finished',
    account,
    folders: inbox,
    counts: { local: { copied: 12, removed: 3, flagged: 40 }, remote: nothing },
    removed: [{ side: 'local', pairs: [pair, { ...pair, remote: id('7') }] }],
    flagged: [{ side: 'local', pairs: [pair], add: new Set(['\\Flagged', '\\Seen']), drop: new Set(['$Work']) }],
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
  {
    type: 'held',
    account,
    folders: pairOf('Old'),
    reason: 'epoch-changed',
    messages: 5,
    side: 'remote',
    was: '1',
    is: '2',
  },
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
/** A dry run with every kind of step. */
export const dryRun: readonly SyncEvent[] = [
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
