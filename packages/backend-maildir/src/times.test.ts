import { statSync, utimesSync } from 'node:fs'
import { messageId } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { createFixture, inboxHash, outgoing, signal, texts } from './maildir.fixture.ts'

const receivedAt = new Date('2001-02-03T04:05:06Z')
const written = (date: string) => `Subject: x\r\nDate: ${date}\r\n\r\n`
const readable = written('Tue, 1 Jul 2003 10:00:00 +0200')
const writtenAt = new Date('2003-07-01T08:00:00Z')

describe('the mtime', () => {
  it.each([
    { why: 'is of the Date header', text: readable, mtime: writtenAt },
    { why: 'is as without where the header cannot be read', text: written('never'), mtime: receivedAt },
    { why: 'is as without where the year cannot be', text: written('1 Jan 1970 00:00:00 +0000'), mtime: receivedAt },
    { why: 'is as without where there is no header', text: '', mtime: receivedAt },
  ])('$why', async ({ text, mtime }) => {
    const { folder, at } = await createFixture({ timeFromHeader: true })
    await folder.append([{ ...outgoing('a', text), receivedAt }], signal)
    expect(statSync(at('INBOX/new/a:2,')).mtime).toEqual(mtime)
    expect(statSync(at('INBOX/new/a:2,')).atime).toEqual(mtime)
  })

  it('is the present where neither the header nor the time of receipt is to be used', async () => {
    const { folder, at } = await createFixture({ timeFromHeader: true, mtimeFromReceivedAt: false })
    await folder.append(
      [
        { ...outgoing('a', ''), receivedAt },
        { ...outgoing('b', readable), receivedAt },
      ],
      signal,
    )
    expect(statSync(at('INBOX/new/a:2,')).mtime.getTime()).toBeGreaterThan(Date.now() - 60_000)
    expect(statSync(at('INBOX/new/b:2,')).mtime).toEqual(writtenAt)
  })
})

describe('the time in a name', () => {
  it.each([
    { why: 'is of the Date header', text: readable, begins: '1057046400_18934560000.7.vm' },
    {
      why: 'is of the Delivery-date header where Date cannot be read',
      text: 'Date: never\r\nDelivery-date: 1 Jul 2003 08:00:00 GMT\r\n\r\n',
      begins: '1057046400_18934560000.7.vm',
    },
    { why: 'is the present where no date can be read', text: written('never'), begins: '1893456000_0.7.vm' },
  ])('$why', async ({ text, begins }) => {
    const { folder } = await createFixture({ nameTimeFromHeader: true })
    expect(await folder.prepare([outgoing('', text)], signal)).toEqual([`${begins},U=1,FMD5=${inboxHash}`])
  })

  it('makes no two names the same, however many messages have one date', async () => {
    const { folder, clock } = await createFixture({ nameTimeFromHeader: true })
    const message = { ...outgoing('', readable), id: messageId('no UID') }
    const names = [...(await folder.prepare([message, message], signal))]
    clock.now = new Date(clock.now.getTime() + 1000)
    names.push(...(await folder.prepare([message, { ...message, ...outgoing('', '') }], signal)))
    expect(new Set(names).size).toBe(4)
  })
})

describe('the access time', () => {
  async function read(restoreAccessTime: boolean) {
    const { folder, put, at } = await createFixture({ restoreAccessTime })
    put('new/a', 'x')
    // Older than the mtime: what `relatime` would move on.
    utimesSync(at('INBOX/new/a'), 1e9, 1.2e9 + 0.25)
    expect(await texts(folder, ['a'])).toEqual({ a: 'x' })
    await folder.identify([messageId('a')], signal)
    const { atimeMs, mtimeMs } = statSync(at('INBOX/new/a'))
    return { isKept: atimeMs === 1e12, mtimeMs }
  }

  it('stays as it was when a message is read, as does the mtime', async () => {
    expect(await read(true)).toEqual({ isKept: true, mtimeMs: 1.2e12 + 250 })
  })

  it('is left to the file system unless told so', async (ctx) => {
    const { isKept, mtimeMs } = await read(false)
    expect(mtimeMs).toBe(1.2e12 + 250)
    if (isKept) return ctx.skip('this file system keeps no access times')
  })
})
