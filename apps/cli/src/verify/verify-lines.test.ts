import { type FolderPath, MailtideError, type MessageId, noFlags } from '@mailtide/contracts'
import type { Difference, FolderVerification } from '@mailtide/engine'
import { describe, expect, it } from 'vitest'
import { names } from '../testing/run-events.ts'
import { verifiedAsJson } from './verify-json.ts'
import { folderLines, summaryLines } from './verify-lines.ts'

const id = (text: string) => text as MessageId
const ids = { local: id('1700000000_1.4.host,U=12'), remote: id('12') }
const counts = { pairs: 40, messages: { local: 41, remote: 39 }, left: 0, compared: 40, altered: 0, unfinished: 0 }
const error = new MailtideError('imap/gone', 'the server cannot find it', { scope: 'message' })

function folder(
  path: string,
  differences: readonly Difference[],
  more: Partial<FolderVerification> = {},
): FolderVerification {
  const folders = { local: path as FolderPath, remote: path as FolderPath }
  return { folders, counts, differences, ...more }
}

const found: readonly FolderVerification[] = [
  folder('INBOX', [
    { kind: 'new', side: 'local', id: id('1700000001_1.4.host'), outlook: 'waiting' },
    { kind: 'new', side: 'remote', id: id('13'), outlook: 'unseen' },
    { kind: 'gone', from: 'local', ids, outlook: 'waiting' },
    { kind: 'gone', from: 'remote', ids, outlook: 'unseen' },
    { kind: 'gone', from: 'both', ids, outlook: 'waiting' },
    { kind: 'renamed', side: 'local', ids, now: id('1700000009_1.4.host'), outlook: 'waiting' },
    {
      kind: 'flags',
      side: 'local',
      ids,
      added: new Set(['\\Seen', '$Work']),
      dropped: new Set(['\\Flagged']),
      outlook: 'waiting',
    },
    { kind: 'labels', side: 'remote', ids, added: new Set(['work']), dropped: noFlags, outlook: 'waiting' },
  ]),
  folder('Nothing', [], { counts: { ...counts, altered: 2, left: 3, unfinished: 1 } }),
  folder('Octets', [
    { kind: 'octets', ids, sizes: { local: 100, remote: 120 } },
    { kind: 'octets', ids, sizes: { local: 100, remote: 120 }, onlyInHeaders: ['x-keywords', ''] },
    { kind: 'unreadable', side: 'remote', ids, error },
  ]),
  folder('Count', [{ kind: 'miscounted', noted: 39, pairs: 40 }]),
  folder('Epoch', [{ kind: 'epoch', side: 'remote', was: '1', is: '2' }]),
  folder('Entw&APw-rfe', [{ kind: 'folder', missingOn: 'local' }]),
  folder(
    'Many',
    Array.from({ length: 23 }, (_, index) => ({
      kind: 'new',
      side: 'remote',
      id: id(String(index + 1)),
      outlook: 'unseen',
    })),
    { repairs: { forgotten: 1, paired: 2, recounted: true, reset: true } },
  ),
]

describe('what a verification found', () => {
  it('as lines', async () => {
    const asked = { deep: true, repair: false, failures: 1 }
    const lines = [...found.flatMap((each) => folderLines(names, each)), ...summaryLines(names, asked, found)]
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('golden/verify.txt')
  })

  it('as JSON', async () => {
    const json = verifiedAsJson('home', { deep: true }, { folders: found.slice(0, 3), errors: [error] })
    expect(json.indexOf('\n')).toBe(json.length - 1)
    await expect(`${JSON.stringify(JSON.parse(json), null, 2)}\n`).toMatchFileSnapshot('golden/verify.json.txt')
  })

  it('is one line where nothing differs', () => {
    const same = [folder('INBOX', []), folder('Sent', [])]
    const lines = [
      ...same.flatMap((each) => folderLines(names, each)),
      ...summaryLines(names, { deep: false, repair: false, failures: 0 }, same),
    ]
    expect(lines).toEqual(['home: 2 folders, 80 pairs: nothing differs'])
  })
})
