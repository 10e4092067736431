import type { FolderPath, Pair, StatusStore } from '@mailtide/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { account, mails } from './account.fixture.ts'
import { verify } from './verify.ts'
import type { Difference } from './verify-request.ts'

const inbox = { local: 'INBOX' as FolderPath, remote: 'INBOX' as FolderPath }

/** What somebody does behind the sync's back, to one of the messages that there are. */
const edits = fc.array(
  fc.record({
    side: fc.constantFrom('local' as const, 'remote' as const),
    what: fc.constantFrom('add' as const, 'remove' as const, 'flag' as const, 'move' as const),
    which: fc.nat(5),
  }),
  { maxLength: 8 },
)

type Account = ReturnType<typeof account>
type Edit = typeof edits extends fc.Arbitrary<readonly (infer One)[]> ? One : never

async function synced(changes: 'delta' | 'full') {
  const given = account({ options: { local: { changes } } })
  const remote = given.remote.mailbox('INBOX')
  for (const mail of mails(6)) remote.add(mail)
  await given.run()
  await given.run()
  return given
}

function edit(given: Account, { side, what, which }: Edit, number: number): void {
  const mailbox = given[side].mailbox('INBOX')
  const message = mailbox.list()[which]
  if (what === 'add') mailbox.add(`Message-ID: <new${number}@example.org>\r\n\r\n${number}\r\n`)
  else if (message && what === 'flag') mailbox.setFlags(message.id, ['\\Flagged'])
  else if (message) {
    mailbox.remove(message.id)
    if (what === 'move') mailbox.add({ bytes: message.bytes, flags: message.flags })
  }
}

async function differences(given: Account, more: { status?: StatusStore; repair?: boolean } = {}) {
  const { local, remote, status } = given
  const report = await verify({ account: 'test', local, remote, status, emit: () => {}, ...more })
  expect(report.failures).toBe(0)
  return report.folders.flatMap((folder) => folder.differences)
}

const bodiesOf = (given: Account) =>
  (['local', 'remote'] as const).map((side) =>
    given[side]
      .mailbox('INBOX')
      .list()
      .map(({ bytes }) => Buffer.from(bytes).toString())
      .sort(),
  )
const isUnseen = (difference: Difference) => 'outlook' in difference && difference.outlook === 'unseen'

describe('the laws of verify', () => {
  const manner = fc.constantFrom('delta' as const, 'full' as const)

  it('whatever was edited waits for the next sync, and nothing differs after it', async () => {
    await fc.assert(
      fc.asyncProperty(manner, edits, async (changes, done) => {
        const given = await synced(changes)
        done.forEach((one, number) => {
          edit(given, one, number)
        })
        expect((await differences(given)).filter(isUnseen)).toEqual([])
        await given.run()
        await given.run()
        expect(await differences(given)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('whatever pairs the store lost, after a repair nothing is doubled, and nothing goes', async () => {
    await fc.assert(
      fc.asyncProperty(manner, fc.uniqueArray(fc.nat(5), { minLength: 1 }), async (changes, lost) => {
        const given = await synced(changes)
        const folder = given.status.folder(inbox)
        const pairs = [...folder.pairs()]
        const before = bodiesOf(given)
        folder.commit({ drop: lost.map((index) => pairs[index] as Pair) })
        expect((await differences(given, { repair: true })).some(isUnseen)).toBe(true)
        await given.run()
        expect(bodiesOf(given)).toEqual(before)
        expect(await differences(given)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})
