import { createMaildirRepository } from '@mailtide/backend-maildir'
import { type FolderPath, noFlags } from '@mailtide/contracts'
import { temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { tracedRepository } from './traced-repository.ts'

const { signal } = new AbortController()
const inbox = 'INBOX' as FolderPath
const bytes = Buffer.from('Subject: 1\r\n\r\n1\r\n')
const known = { count: 0, has: () => false, ids: () => [] }

/** A Maildir whose doings are told, by a clock that gains two milliseconds at each look. */
function scene() {
  const told: string[] = []
  let time = 0
  const now = () => {
    time += 2
    return time
  }
  const maildir = createMaildirRepository({ root: temporaryDirectory() })
  return { told, traced: tracedRepository(maildir, (text) => told.push(text), now) }
}

describe('tracedRepository', () => {
  it('tells what is done, how much, and how long it took', async () => {
    const { told, traced } = scene()
    await traced.createFolder(inbox, signal)
    await traced.survey(new Map(), signal)
    const folder = await traced.open(inbox, 'select', signal)
    const body = { size: bytes.length, head: bytes, stream: async function* () {} }
    const message = { id: '1' as never, flags: noFlags, body }
    const [token = ''] = await folder.prepare([message], signal)
    const [stored] = await folder.append([{ ...message, token }], signal)
    await folder.changes(undefined, known, signal)
    const ids = stored && 'id' in stored ? [stored.id] : []
    await folder.changeFlags([{ ids, add: new Set(['\\Seen']), drop: noFlags }], signal)
    await folder.remove(ids, signal)
    expect(told.map((text) => text.replace(/as of \S+/, 'as of EPOCH'))).toEqual([
      'create INBOX (2 ms)',
      'survey: 1 folders: INBOX (2 ms)',
      'open INBOX (select) (2 ms)',
      'store 1 in INBOX: 1 safe (2 ms)',
      'scan INBOX: all that there is, as of EPOCH (2 ms)',
      'change flags in INBOX: 1 +[\\Seen] -[] (2 ms)',
      'remove 1 from INBOX (2 ms)',
    ])
  })

  it('passes failures on, and says that there was one', async () => {
    const { told, traced } = scene()
    await expect(traced.open('Gone' as FolderPath, 'select', signal)).rejects.toThrow()
    expect(told).toEqual(['open Gone (select): failed (2 ms)'])
  })
})
