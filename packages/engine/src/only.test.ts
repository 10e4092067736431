import type { FolderPath, Repository } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { account, mails } from './account.fixture.ts'

const work = { local: 'Work' as FolderPath, remote: 'Work' as FolderPath }

/** A repository that can't be surveyed. */
function unseen(repository: Repository): Repository {
  return {
    ...repository,
    survey() {
      throw new Error('nobody was to look')
    },
  }
}

describe('a sync of some folders alone', () => {
  it('looks at nothing else', async () => {
    const test = account({ remote: { INBOX: mails(3), Work: mails(2, 'w') } })
    await test.run()
    test.remote.mailbox('Work').add('Subject: new\r\n\r\n')
    test.remote.mailbox('INBOX').add('Subject: new\r\n\r\n')
    test.local.mailbox('Work').add('Subject: here\r\n\r\n')
    const { counts, failures } = await test.run({
      only: [work],
      local: unseen(test.local),
      remote: unseen(test.remote),
    })
    expect([counts.local.copied, counts.remote.copied, failures]).toEqual([1, 1, 0])
    expect([test.counts('Work'), test.counts('INBOX')]).toEqual([
      [4, 4],
      [3, 4],
    ])
    expect((await test.run()).counts.local.copied).toBe(1)
  })

  it('holds back what would delete most of the account all the same', async () => {
    const test = account({ remote: { INBOX: mails(10), Work: mails(300, 'w') } })
    await test.run()
    for (const { id } of test.remote.mailbox('Work').list()) test.remote.mailbox('Work').remove(id)
    expect((await test.run({ only: [work] })).held.deletions).toBe(300)
    expect(test.counts('Work')).toEqual([300, 0])
  })

  it('reports a folder that is gone, and touches nothing', async () => {
    const test = account({ remote: { INBOX: mails(1), Work: mails(2, 'w') } })
    await test.run()
    test.remote.mailbox('Work').delete()
    expect((await test.run({ only: [work] })).failures).toBe(1)
    expect(test.local.mailbox('Work').list()).toHaveLength(2)
  })
})
