import type { MessageId, Side } from '@mailtide/contracts'
import { otherSide } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { account, mails } from './account.fixture.ts'

const sides: readonly Side[] = ['local', 'remote']

const received = new Date('2026-01-02T03:04:05Z')

/** An account in step, of which one side then gives its messages other ids. */
async function renumbered(side: Side, given = received, count = 3) {
  const test = account({
    [side]: { INBOX: mails(count).map((text) => ({ bytes: String(text), receivedAt: received })) },
  })
  await test.run()
  const mailbox = test[side].mailbox('INBOX')
  const before = mailbox.list()
  for (const { id } of before) mailbox.remove(id as MessageId)
  for (const { bytes, flags } of before) mailbox.add({ bytes, flags, receivedAt: given })
  return { ...test, mailbox, before }
}

describe('messages that got another id', () => {
  it.each(sides)('are recognised on the %s side, and nothing is copied or removed', async (side) => {
    const { run, mailbox, ...test } = await renumbered(side)
    const other = test[otherSide(side)].mailbox('INBOX').list()
    const { counts, failures } = await run()
    expect({ counts, failures }).toEqual({
      counts: { local: { copied: 0, removed: 0, flagged: 0 }, remote: { copied: 0, removed: 0, flagged: 0 } },
      failures: 0,
    })
    expect(test[otherSide(side)].mailbox('INBOX').list()).toEqual(other)
    expect(mailbox.list()).toHaveLength(3)
  })

  it.each(sides)('keep what was done to them meanwhile (%s)', async (side) => {
    const { run, mailbox, ...test } = await renumbered(side)
    const [first] = mailbox.list()
    mailbox.setFlags(first?.id as MessageId, ['\\Flagged'])
    await run()
    const flagged = test[otherSide(side)]
      .mailbox('INBOX')
      .list()
      .filter(({ flags }) => flags.has('\\Flagged'))
    expect(flagged.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([
      Buffer.from(first?.bytes ?? []).toString(),
    ])
  })

  it.each(sides)(
    'are not mistaken for what was edited in their place: the time of receipt tells (%s)',
    async (side) => {
      const { run, mailbox, ...test } = await renumbered(side, new Date('2026-01-02T03:04:06Z'))
      const { counts } = await run()
      expect(counts[otherSide(side)]).toMatchObject({ copied: 3, removed: 3 })
      expect(test[otherSide(side)].mailbox('INBOX').list()).toHaveLength(3)
      expect(mailbox.list()).toHaveLength(3)
    },
  )

  it.each(sides)('are not mistaken for others that came when they went (%s)', async (side) => {
    const { run, mailbox, ...test } = await renumbered(side)
    const [first] = mailbox.list()
    mailbox.remove(first?.id as MessageId)
    mailbox.add({ bytes: 'Subject: another\r\n\r\nof its own\r\n' })
    await run()
    const bodies = (of: Side) =>
      test[of]
        .mailbox('INBOX')
        .list()
        .map(({ bytes }) => Buffer.from(bytes).toString())
        .sort()
    expect(bodies('local')).toEqual(bodies('remote'))
    expect(bodies(side)).toHaveLength(3)
  })
})
