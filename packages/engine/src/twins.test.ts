import type { createMemoryRepository } from '@mailtide/backend-memory'
import type { Appended, MessageId, Repository } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { account } from './account.fixture.ts'

const twin = 'Subject: twin\r\n\r\n'

/** A store that takes what it has already for what it has, as Gmail does. */
function merging(repository: ReturnType<typeof createMemoryRepository>): Repository {
  return {
    ...repository,
    async open(path, access, signal) {
      const folder = await repository.open(path, access, signal)
      return {
        ...folder,
        async append(batch, given) {
          const outcomes: Appended[] = []
          for (const message of batch) {
            const same = repository
              .mailbox(path)
              .list()
              .find(({ bytes }) => Buffer.from(bytes).equals(message.body.head))
            const [outcome] = same ? [{ id: same.id }] : await folder.append([message], given)
            if (outcome) outcomes.push(outcome)
          }
          return outcomes
        },
      }
    },
  }
}

function scene(...local: string[]) {
  const test = account({ local: { INBOX: local }, remote: { INBOX: [] } })
  const remote = merging(test.remote)
  return {
    ...test,
    here: test.local.mailbox('INBOX'),
    there: test.remote.mailbox('INBOX'),
    run: () => test.run({ remote }),
  }
}

describe('messages that a server takes for others', () => {
  it('stay, are told once, and are not copied again', async () => {
    const { run, here, there, failures } = scene(twin, twin, 'Subject: other\r\n\r\n', twin)
    await run()
    expect(failures().map(({ code }) => code)).toEqual(['engine/twins-merged'])
    for (let again = 0; again < 2; again++) {
      here.add(`Subject: ${again}\r\n\r\n`)
      const { counts, failures: failed } = await run()
      expect([counts.remote.copied, counts.local.copied, failed]).toEqual([1, 0, 0])
    }
    expect([here.list().length, there.list().length]).toEqual([6, 4])
  })

  it('are found out as well when the other one came earlier', async () => {
    const { run, here, there, failures } = scene(twin)
    await run()
    here.add(twin)
    await run()
    expect(failures().map(({ code }) => code)).toEqual(['engine/twins-merged'])
    here.add('Subject: other\r\n\r\n')
    expect((await run()).counts.remote).toMatchObject({ copied: 1, removed: 0 })
    expect([here.list().length, there.list().length]).toEqual([3, 2])
  })

  it.each(['local', 'remote'] as const)('are copied once the other one is gone on the %s side', async (side) => {
    const { run, here, there } = scene(twin, twin)
    await run()
    const mailbox = side === 'local' ? here : there
    mailbox.remove(mailbox.list()[0]?.id as MessageId)
    await run()
    await run()
    expect([here.list().length, there.list().length]).toEqual([1, 1])
    expect((await run()).counts.remote).toMatchObject({ copied: 0, removed: 0 })
  })
})
