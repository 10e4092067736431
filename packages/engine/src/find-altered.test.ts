import { describe, expect, it } from 'vitest'
import { account } from './account.fixture.ts'

const open = 'Subject: a\r\n\r\nno end'
const eightBit = Buffer.from('Subject: gr\xfc\xdfe\r\n\r\nhello\r\n', 'latin1')
const munged = 'Subject: grXXe\r\n\r\nhello\r\n'

describe('what is new on both sides', () => {
  it.each([
    { why: 'with an end to its last line', here: [open], there: [`${open}\r\n`] },
    { why: 'with an ASCII header', here: [eightBit], there: [munged] },
    { why: 'in both ways', here: [eightBit.subarray(0, -2)], there: [munged] },
    { why: 'here, as a server may be on this side', here: [`${open}\r\n`, munged], there: [eightBit, open] },
    { why: 'beside one that is the same', here: [open, `${open}\r\n`], there: [`${open}\r\n`, `${open}\r\n`] },
  ])('is paired although a server stored it in another form, $why', async ({ here, there }) => {
    const test = account({ local: { INBOX: here }, remote: { INBOX: there } })
    const { counts } = await test.run()
    expect([counts.local.copied, counts.remote.copied]).toEqual([0, 0])
    expect(test.counts()).toEqual([here.length, here.length])
    expect((await test.run()).counts.local.copied).toBe(0)
  })

  it.each([
    { why: 'another body', here: 'Subject: a\r\n\r\nno enD', there: `${open}\r\n` },
    { why: 'another header', here: open, there: 'Subject: b\r\n\r\nno end\r\n' },
  ])('is copied both ways where there is $why as well', async ({ here, there }) => {
    const test = account({ local: { INBOX: [here] }, remote: { INBOX: [there] } })
    await test.run()
    expect(test.counts()).toEqual([2, 2])
  })

  it('is not read where no size allows it to be the same', async () => {
    const test = account({ local: { INBOX: [open] }, remote: { INBOX: [`${open} at all\r\n`] } })
    await test.run()
    expect(test.counts()).toEqual([2, 2])
  })
})
