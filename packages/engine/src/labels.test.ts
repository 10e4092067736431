import { MailtideError, type MessageId, otherSide, type Side } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { account, type Given } from './account.fixture.ts'
import type { LabelPolicy } from './sync-request.ts'

const sides: readonly Side[] = ['local', 'remote']
const bytes = 'Subject: a\r\n\r\n'
const policy: LabelPolicy = { ignored: new Set(['\\Important']), keptAs: 'X-Keywords' }
const nothing = { copied: 0, removed: 0, flagged: 0 }

/** Two stores with labels. */
function labelled(given: Given = {}) {
  const options = {
    local: { labels: true, ...given.options?.local },
    remote: { labels: true, ...given.options?.remote },
  }
  const test = account({ ...given, options })
  const mailbox = (side: Side) => test[side].mailbox('INBOX')
  return {
    ...test,
    mailbox,
    run: (labels: LabelPolicy | 'none' = policy) => test.run(labels === 'none' ? {} : { labels }),
    labelsOn: (side: Side) =>
      mailbox(side)
        .list()
        .map(({ labels }) => [...labels].sort()),
    set: (side: Side, ...labels: string[]) => mailbox(side).setLabels(mailbox(side).list()[0]?.id as MessageId, labels),
  }
}

const inbox = (...labels: string[]) => ({ INBOX: [{ bytes, labels }] })

describe('labels', () => {
  it.each(sides)('go along with a message from the %s side, but for those that are ignored', async (side) => {
    const test = labelled({ [side]: inbox('Work', '\\Important') })
    expect((await test.run()).counts[otherSide(side)]).toEqual({ ...nothing, copied: 1 })
    expect(test.labelsOn(otherSide(side))).toEqual([['Work']])
    expect(test.labelsOn(side)).toEqual([['Work', '\\Important']])
    expect((await test.run()).counts).toEqual({ local: nothing, remote: nothing })
  })

  it.each(sides)('that are changed on the %s side are changed on the other', async (side) => {
    const test = labelled({ [side]: inbox('Work', 'Old') })
    await test.run()
    test.set(otherSide(side), 'Work', 'Old', '\\Important')
    await test.run()
    test.set(side, 'Work', 'New')
    expect((await test.run()).counts[otherSide(side)]).toEqual({ ...nothing, labelled: 1 })
    expect(test.labelsOn(otherSide(side))).toEqual([['New', 'Work', '\\Important']])
  })

  it('that both sides changed are merged, beside flags', async () => {
    const test = labelled({ remote: inbox('A', 'B') })
    await test.run()
    test.set('local', 'A', 'C')
    test.set('remote', 'B', 'D')
    const [there] = test.mailbox('remote').list()
    test.mailbox('remote').setFlags(there?.id as MessageId, ['\\Seen'])
    await test.run()
    expect([test.labelsOn('local'), test.labelsOn('remote')]).toEqual([[['C', 'D']], [['C', 'D']]])
    expect(test.mailbox('local').list()[0]?.flags).toEqual(new Set(['\\Seen']))
    expect((await test.run()).counts).toEqual({ local: nothing, remote: nothing })
  })

  it('are joined where they are synchronised for the first time', async () => {
    const test = labelled({ remote: inbox('A') })
    await test.run('none')
    expect(test.labelsOn('local')).toEqual([[]])
    test.set('local', 'B')
    await test.run()
    expect([test.labelsOn('local'), test.labelsOn('remote')]).toEqual([[['A', 'B']], [['A', 'B']]])
  })

  it('are compared once more when fewer are ignored', async () => {
    const test = labelled({ remote: inbox('\\Important') })
    await test.run()
    await test.run({ ...policy, ignored: new Set() })
    expect(test.labelsOn('local')).toEqual([['\\Important']])
  })

  it('are not dropped because they are not found where they are kept from now on', async () => {
    const test = labelled({ remote: inbox('Work') })
    await test.run()
    test.set('local')
    await test.run({ ...policy, keptAs: 'X-Label' })
    expect([test.labelsOn('local'), test.labelsOn('remote')]).toEqual([[['Work']], [['Work']]])
  })

  it('are left alone where a store has none', async () => {
    const test = labelled({ remote: inbox('Work'), options: { local: { labels: false } } })
    await test.run()
    test.set('remote', 'Other')
    expect((await test.run()).counts).toEqual({ local: nothing, remote: nothing })
    expect([...test.status.folder({ local: 'INBOX', remote: 'INBOX' } as never).pairs()]).toEqual([
      { local: '1', remote: '1', flags: new Set() },
    ])
  })

  it('that a store refuses are told, again in the next run, and hold up nothing else', async () => {
    let isRefused = true
    const test = labelled({
      remote: { INBOX: [{ bytes, labels: ['A'] }, { bytes: 'Subject: b\r\n\r\n' }] },
      options: {
        remote: {
          beforeEffect({ kind }) {
            if (kind === 'labels' && isRefused) throw new MailtideError('x/refused', 'no', { scope: 'message' })
          },
        },
      },
    })
    await test.run()
    test.set('local', 'A', 'Bad')
    const second = test.mailbox('remote').list()[1]
    test.mailbox('remote').setFlags(second?.id as MessageId, ['\\Seen'])
    for (const run of [1, 2]) {
      expect((await test.run()).failures, `run ${run}`).toBe(1)
      expect(test.mailbox('local').list()[1]?.flags).toEqual(new Set(['\\Seen']))
    }
    isRefused = false
    expect((await test.run()).failures).toBe(0)
    expect(test.labelsOn('remote')[0]).toEqual(['A', 'Bad'])
  })

  it('are taken over from another program, so that what was dropped since stays dropped', async () => {
    const test = labelled({ local: inbox('B'), remote: inbox('A', 'B') })
    const id = (side: Side) => test.mailbox(side).list()[0]?.id as MessageId
    const remoteEpoch = '1'
    const labels = new Set(['A', 'B'])
    const messages = [{ remote: id('remote'), local: id('local'), flags: new Set<string>(), labels }]
    const { sync } = await import('./sync.ts')
    const { local, remote, status } = test
    await sync({
      account: 'test',
      local,
      remote,
      status,
      labels: policy,
      emit: () => {},
      inherit: async () => ({ remoteEpoch, messages }),
    })
    expect([test.labelsOn('local'), test.labelsOn('remote')]).toEqual([[['B']], [['B']]])
  })
})
