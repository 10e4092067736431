import { appendFileSync, existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { programsAvailability, temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it, type TestContext } from 'vitest'
import { mbsyncUidOf, readMbsyncUidValidity } from './mbsync-maildir.ts'
import { readMbsyncState } from './mbsync-state.ts'
import { run } from './run.fixture.ts'

const names = ['1001.1.host:2,', '1002.1.host:2,FS', '1003.1.host:2,PRS', '1004.1.host:2,']

/** Two Maildirs, one with mail, between which mbsync is run. */
async function mailboxes(context: TestContext) {
  const availability = await programsAvailability({ mbsync: 'isync' })
  if (!availability.ok) return context.skip(availability.reason)
  const root = temporaryDirectory()
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(root, 'far', name), { recursive: true })
  for (const name of names) writeFileSync(join(root, 'far/cur', name), `Message-ID: <${name.slice(0, 4)}@x>\n\nhello\n`)
  const stores = ['far', 'near'].map((name) => `MaildirStore ${name}\nPath ${root}/\nInbox ${root}/${name}\n`)
  const channel = `Channel mail\nFar :far:\nNear :near:\nCreate Both\nSyncState *\n`
  writeFileSync(join(root, 'rc'), [...stores, channel].join('\n'))
  const directories = ['far', 'near'].flatMap((name) => ['cur', 'new'].map((part) => join(root, name, part)))
  const sync = async (settings = '') => {
    appendFileSync(join(root, 'rc'), settings)
    // After a recent change of a directory mbsync waits for a second.
    for (const path of directories.filter((path) => existsSync(path))) utimesSync(path, 1000, 1000)
    await run('mbsync', ['-q', '-c', join(root, 'rc'), 'mail'], root)
    return readMbsyncState(join(root, 'near/.mbsyncstate'))
  }
  return { near: join(root, 'near'), sync }
}

describe('what mbsync left on disk', () => {
  it('is read: UIDs, flags and file names', async (context) => {
    const { near, sync } = await mailboxes(context)
    const state = await sync()
    expect(state).toMatchObject({ maxPulledUid: 4, maxPushedUid: 4 })
    expect(state?.messages.map(({ letters }) => letters).sort()).toEqual(['', '', 'FS', 'PRS'])
    const uidValidity = readMbsyncUidValidity(join(near, '.uidvalidity'))
    expect(uidValidity).toEqual({ uidValidity: state?.nearUidValidity, lastUid: 4 })
    const uids = ['cur', 'new'].flatMap((name) => readdirSync(join(near, name))).map(mbsyncUidOf)
    expect(uids.sort()).toEqual(state?.messages.map(({ near }) => near).sort())
  })

  it('is read after deletions, new mail, and messages that expired', async (context) => {
    const { near, sync } = await mailboxes(context)
    await sync()
    const flagged = readdirSync(join(near, 'cur')).find((name) => name.endsWith('FS')) ?? ''
    rmSync(join(near, 'cur', flagged))
    writeFileSync(join(near, 'new/1009.1.host'), 'Message-ID: <1009@x>\n\nhello\n')
    const changed = await sync()
    expect(changed?.messages.filter(({ near }) => near === undefined)).toHaveLength(1)
    expect(changed?.messages.map(({ near }) => near)).not.toContain(mbsyncUidOf(flagged))
    expect(changed?.messages).toContainEqual({ far: 5, near: 5, letters: '', marks: '' })
    const expired = await sync('MaxMessages 2\nExpireUnread yes\n')
    expect(expired?.messages.filter(({ marks }) => marks === '~')).toHaveLength(2)
    expect(expired?.messages.map(({ letters }) => letters)).toContain('PRS')
  })
})
