import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createScene, type Home, mailIn, message } from '../testing/mailtide-home.ts'

const quiet = ['-u', 'quiet'] as const
const done = { code: 0, out: '', err: '' }

const pathOf = (home: Home, index = 0) => home.path('mail-home', mailIn(home)[index] ?? '')

describe('messages', () => {
  it('are named, placed and dated as a Maildir wants it', async () => {
    const { home, inbox } = await createScene(0)
    const received = new Date('2021-02-03T04:05:06Z')
    inbox.append(message(1), { internalDate: received })
    inbox.append(message(2), { flags: ['\\Seen', '\\Flagged'] })
    inbox.append(message(3), { flags: ['\\Flagged'] })
    expect(await home.run(...quiet)).toEqual(done)
    const files = mailIn(home).sort()
    const name = /^INBOX\/(new|cur)\/\d+_\d+\.\d+\.[^,]+,U=\d+,FMD5=7e33429f656f1e6e9d79b29c3f82c57e:2,[A-Z]*$/
    for (const file of files) expect(file).toMatch(name)
    expect(files.map((file) => `${file.slice(6, 10)}${file.slice(-2)}`).sort()).toEqual(['cur/FS', 'new/,F', 'new/2,'])
    const [first = ''] = files.filter((file) => file.includes(',U=1,'))
    expect(statSync(home.path('mail-home', first)).mtime).toEqual(received)
    expect(readFileSync(home.path('mail-home', first), 'utf8')).toBe('Subject: 1\n\nThe message 1.\n')
  })

  it('take the time of the download without mtime-from-internaldate, and ! with maildir-windows-compatible', async () => {
    const { home, inbox } = await createScene(0, {
      local: 'mtime-from-internaldate = no',
      account: 'maildir-windows-compatible = yes',
    })
    inbox.append(message(1), { internalDate: new Date('2021-02-03T04:05:06Z') })
    expect(await home.run(...quiet)).toEqual(done)
    expect(statSync(pathOf(home)).mtime.getFullYear()).toBeGreaterThan(2021)
    expect(pathOf(home)).toMatch(/!2,$/)
  })

  it('written here go up as they are, with the time of their file, and get the UID into their name', async () => {
    const { home, inbox } = await createScene(1, {}, { extensions: { UIDPLUS: false } })
    expect(await home.run(...quiet)).toEqual(done)
    const text = 'Subject: odd\nX: 1\n\nno line end, \r\n one of both kinds'
    writeFileSync(home.path('mail-home/INBOX/cur/written.by.mutt:2,RS'), text)
    const written = new Date('2020-01-02T03:04:05Z')
    utimesSync(home.path('mail-home/INBOX/cur/written.by.mutt:2,RS'), written, written)
    expect(await home.run(...quiet)).toEqual(done)
    const stored = inbox.messages().at(-1)
    expect(Buffer.from(stored?.bytes ?? '').toString()).toBe(
      'Subject: odd\r\nX: 1\r\n\r\nno line end, \r\n one of both kinds',
    )
    expect(stored?.internalDate).toEqual(written)
    expect([...(stored?.flags ?? [])].sort()).toEqual(['\\Answered', '\\Seen'])
    expect(mailIn(home).some((file) => file.includes(`,U=${stored?.uid},`) && file.endsWith(':2,RS'))).toBe(true)
    expect(await home.run('-u', 'basic')).toMatchObject({ out: expect.stringContaining('nothing new') })
    expect(inbox.messages()).toHaveLength(2)
  })

  it('have flags that each side may set and take away, and T is no deletion', async () => {
    const { home, inbox } = await createScene(2)
    expect(await home.run(...quiet)).toEqual(done)
    const [first = ''] = mailIn(home).filter((file) => file.includes(',U=1,'))
    renameSync(home.path('mail-home', first), home.path('mail-home', `${first.replace('/new/', '/cur/')}FT`))
    inbox.setFlags(1, ['\\Answered'])
    inbox.setFlags(2, ['\\Deleted'])
    expect(await home.run(...quiet)).toEqual(done)
    expect([...inbox.message(1).flags].sort()).toEqual(['\\Answered', '\\Deleted', '\\Flagged'])
    expect(
      mailIn(home)
        .map((file) => file.replace(/^.*:2,/, ''))
        .sort(),
    ).toEqual(['FRT', 'T'])
    inbox.setFlags(1, [])
    expect(await home.run(...quiet)).toEqual(done)
    expect(
      mailIn(home)
        .map((file) => file.replace(/^.*:2,/, ''))
        .sort(),
    ).toEqual(['', 'T'])
  })

  it('deleted on one side are deleted on the other, whatever else was done to them there', async () => {
    const { home, inbox } = await createScene(3, {}, { extensions: { UIDPLUS: false } })
    expect(await home.run(...quiet)).toEqual(done)
    inbox.setFlags(3, ['\\Deleted'])
    inbox.setFlags(1, ['\\Flagged'])
    unlinkSync(home.path('mail-home', mailIn(home).find((file) => file.includes(',U=1,')) ?? ''))
    expect(await home.run(...quiet)).toEqual(done)
    // What somebody else marked stays, though the server has no UID EXPUNGE.
    expect(inbox.messages().map(({ uid }) => uid)).toEqual([2, 3])
    inbox.expunge([2])
    expect(await home.run(...quiet)).toEqual(done)
    expect(mailIn(home)).toHaveLength(1)
  })

  it('are only uploaded where the local side is readonly, whose files stay as they are', async () => {
    const { home, inbox } = await createScene(2)
    expect(await home.run(...quiet, '-f', 'INBOX')).toEqual(done)
    inbox.append(message(8))
    writeFileSync(home.path('mail-home/INBOX/cur/mine:2,S'), 'Subject: mine\n\n')
    const before = mailIn(home).sort()
    const readonly = ['-k', 'Repository_home-disk:readonly=yes']
    for (let run = 0; run < 2; run++) expect(await home.run(...quiet, ...readonly)).toEqual(done)
    expect(mailIn(home).sort()).toEqual(before)
    expect(inbox.messages()).toHaveLength(4)
  })

  it('are only downloaded where the remote side is readonly; what was done here is passed on when it no longer is', async () => {
    const { home, inbox } = await createScene(2)
    const readonly = ['-k', 'Repository_home-server:readonly=yes']
    expect(await home.run(...quiet, ...readonly)).toEqual(done)
    unlinkSync(pathOf(home))
    writeFileSync(home.path('mail-home/INBOX/cur/mine:2,S'), 'Subject: mine\n\n')
    for (let run = 0; run < 2; run++) expect((await home.run(...quiet, ...readonly)).code).toBe(0)
    expect(inbox.messages()).toHaveLength(2)
    expect(mailIn(home)).toHaveLength(2)
    expect(await home.run(...quiet)).toEqual(done)
    expect(inbox.messages()).toHaveLength(2)
    expect(inbox.messages().some(({ bytes }) => Buffer.from(bytes).includes('mine'))).toBe(true)
  })

  it.each(['disk', 'server'])(
    'deleted in a %s without sync_deletes stay on the other side, and do not come back',
    async (side) => {
      const { home, inbox } = await createScene(2)
      expect(await home.run(...quiet)).toEqual(done)
      const keep = ['-k', `Repository_home-${side}:sync_deletes=no`]
      if (side === 'disk') unlinkSync(pathOf(home))
      else inbox.expunge([1])
      const counts = () => [mailIn(home).length, inbox.messages().length].sort()
      for (let run = 0; run < 2; run++) expect(await home.run(...quiet, ...keep)).toEqual(done)
      expect(counts()).toEqual([1, 2])
      expect(await home.run(...quiet)).toEqual(done)
      expect(counts()).toEqual([1, 1])
    },
  )

  it('moved from one folder here to another are there too, and only there', async () => {
    const { home, inbox, server } = await createScene(2)
    server.account().create('Archive')
    expect(await home.run(...quiet)).toEqual(done)
    const [file = ''] = mailIn(home)
    renameSync(home.path('mail-home', file), home.path('mail-home', file.replace(/^INBOX\/new/, 'Archive/cur')))
    expect(await home.run(...quiet)).toEqual(done)
    expect(inbox.messages()).toHaveLength(1)
    expect(server.account().folder('Archive').messages()).toHaveLength(1)
    expect(mailIn(home)).toHaveLength(2)
  })

  it('come in the order of their UIDs, whatever singlethreadperfolder says', async () => {
    const { home } = await createScene(40, { remote: 'maxconnections = 4' })
    expect(await home.run(...quiet)).toEqual(done)
    const uids = readdirSync(home.path('mail-home/INBOX/new'))
      .map((name) => /^(\d+)_(\d+)\..*,U=(\d+),/.exec(name)?.slice(1).map(Number) ?? [])
      .sort(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d)
      .map(([, , uid]) => uid)
    expect(uids).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
  })

  it('of a folder that has a new UIDVALIDITY are neither deleted nor doubled, for as long as it has', async () => {
    const { home, inbox, server } = await createScene(3)
    server.account().create('Work').append(message(5))
    expect(await home.run(...quiet)).toEqual(done)
    inbox.expunge([1, 2, 3])
    inbox.append(message(9))
    inbox.changeUidValidity()
    server.account().folder('Work').append(message(6))
    for (let run = 0; run < 2; run++) {
      const { code, err } = await home.run(...quiet)
      expect(code).toBe(2)
      expect(err).toMatch(/^WARNING: INBOX has a new UIDVALIDITY/)
    }
    expect(mailIn(home).filter((file) => file.startsWith('INBOX/'))).toHaveLength(3)
    expect(mailIn(home).filter((file) => file.startsWith('Work/'))).toHaveLength(2)
    expect(inbox.messages()).toHaveLength(1)
    expect(existsSync(home.path('mail-home/INBOX/cur'))).toBe(true)
  })

  it('whose state was lost on this side are neither copied nor stripped of flags', async () => {
    const { home, inbox } = await createScene(2)
    expect(await home.run(...quiet)).toEqual(done)
    rmSync(home.path('.offlineimap'), { recursive: true })
    inbox.setFlags(1, ['\\Flagged'])
    const [file = ''] = mailIn(home).filter((name) => name.includes(',U=2,'))
    renameSync(home.path('mail-home', file), home.path('mail-home', `${file.replace('/new/', '/cur/')}S`))
    expect(await home.run(...quiet)).toEqual(done)
    expect([...inbox.message(1).flags, ...inbox.message(2).flags]).toEqual(['\\Flagged', '\\Seen'])
    expect(mailIn(home)).toHaveLength(2)
    expect(inbox.messages()).toHaveLength(2)
  })

  it('whose flags change on a server without CONDSTORE are seen by a full sync, and by no quick one', async () => {
    const { home, inbox } = await createScene(2, {}, { extensions: { CONDSTORE: false } })
    expect(await home.run(...quiet)).toEqual(done)
    inbox.setFlags(1, ['\\Flagged'])
    expect(await home.run(...quiet, '-q')).toEqual(done)
    expect(mailIn(home).some((file) => file.endsWith('F'))).toBe(false)
    expect(await home.run(...quiet)).toEqual(done)
    expect(mailIn(home).some((file) => file.endsWith('F'))).toBe(true)
  })

  it('moved by a mail client from new to cur are left where they are', async () => {
    const { home } = await createScene(1)
    expect(await home.run(...quiet)).toEqual(done)
    const [file = ''] = mailIn(home)
    renameSync(home.path('mail-home', file), home.path('mail-home', file.replace('/new/', '/cur/')))
    expect(await home.run(...quiet)).toEqual(done)
    expect(mailIn(home)).toEqual([file.replace('/new/', '/cur/')])
  })

  it('deleted on the server and added again in one go are seen by a quick sync', async () => {
    const { home, inbox } = await createScene(2, {}, { extensions: { CONDSTORE: false } })
    expect(await home.run(...quiet)).toEqual(done)
    inbox.expunge([1])
    inbox.append(message(7))
    expect(await home.run(...quiet, '-q')).toEqual(done)
    expect(
      mailIn(home)
        .map((file) => /,U=(\d+),/.exec(file)?.[1])
        .sort(),
    ).toEqual(['2', '3'])
  })

  it('changed here reach the server by a quick sync as well', async () => {
    const { home, inbox } = await createScene(2, {}, { extensions: { CONDSTORE: false } })
    expect(await home.run(...quiet)).toEqual(done)
    const [first = '', second = ''] = mailIn(home).sort()
    renameSync(home.path('mail-home', first), home.path('mail-home', `${first.replace('/new/', '/cur/')}R`))
    unlinkSync(home.path('mail-home', second))
    expect(await home.run(...quiet, '-q')).toEqual(done)
    expect(inbox.messages().map(({ flags }) => [...flags])).toEqual([['\\Answered']])
  })

  it('take their keywords along when they go up', async () => {
    const { home, inbox } = await createScene(1, { local: 'customflag_a = $Work' })
    expect(await home.run(...quiet)).toEqual(done)
    writeFileSync(home.path('mail-home/INBOX/cur/mine:2,PSa'), 'Subject: mine\n\n')
    expect(await home.run(...quiet)).toEqual(done)
    expect([...inbox.message(2).flags].sort()).toEqual(['$Forwarded', '$Work', '\\Seen'])
    expect(mailIn(home).some((file) => file.endsWith(',U=2,FMD5=7e33429f656f1e6e9d79b29c3f82c57e:2,PSa'))).toBe(true)
  })

  it('are only ever added to a backup: the remote side readonly, and its deletions not synced', async () => {
    const { home, inbox } = await createScene(2, { remote: 'readonly = yes\nsync_deletes = no' })
    expect(await home.run(...quiet)).toEqual(done)
    inbox.expunge([1])
    inbox.append(message(7))
    for (let run = 0; run < 2; run++) expect(await home.run(...quiet)).toEqual(done)
    expect(mailIn(home)).toHaveLength(3)
    expect(inbox.messages()).toHaveLength(2)
  })

  it('in a GmailMaildir may have the time of their header, and be synced quickly', async () => {
    const { home, inbox } = await createScene(0, { local: 'utime_from_header = yes' })
    home.write(readFileSync(home.path('.offlineimaprc'), 'utf8').replace('type = Maildir', 'type = GmailMaildir'))
    inbox.append('Date: Tue, 01 Feb 2022 12:00:00 +0000\r\n\r\n')
    for (let run = 0; run < 2; run++) expect(await home.run(...quiet, '-q')).toEqual(done)
    expect(statSync(pathOf(home)).mtime.getUTCFullYear()).toBe(2022)
  })
})
