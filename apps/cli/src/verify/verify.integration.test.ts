import { once } from 'node:events'
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { acquireLock } from '@mailtide/durable-fs'
import { describe, expect, it } from 'vitest'
import { type AccountLines, createScene, type Home, mailIn, message } from '../testing/mailtide-home.ts'

const quiet = { code: 0, out: '', err: '' }
const same = { code: 0, out: 'home: 1 folder, 3 pairs: nothing differs\n', err: '' }

/** Messages that are on both sides. The state knows of them, and trusts both sides to be unchanged. */
async function syncedScene(messages = 3, more: AccountLines = {}) {
  const scene = await createScene(messages, more)
  const { home } = scene
  const sync = () => home.run('-o', '-u', 'quiet')
  expect(await sync()).toEqual(quiet)
  setBack(home)
  expect(await sync()).toEqual(quiet)
  return { ...scene, sync, verify: (...flags: string[]) => home.run('verify', 'home', ...flags) }
}

/** Gives the directories a time that a sync trusts, always the same: what happened in them leaves no trace. */
function setBack(home: Home): void {
  const then = new Date('2026-01-01T00:00:00Z')
  for (const part of ['new', 'cur']) utimesSync(home.path('mail-home', 'INBOX', part), then, then)
}

/** The file of the message of this number, as a path. */
function fileOf(home: Home, number: number): string {
  const holds = (name: string) => readFileSync(home.path('mail-home', name), 'latin1').includes(`Subject: ${number}\n`)
  return home.path('mail-home', mailIn(home).find(holds) ?? expect.fail('there is no such message'))
}

/** Everything below the home but who held the lock: what the files hold, and when they were written. */
function snapshot(home: Home): Record<string, string> {
  const stateOf = (path: string) => `${statSync(path).mtimeMs} ${readFileSync(path, 'latin1')}`
  return Object.fromEntries(
    home.files('.').flatMap((file) => (file.endsWith('.lock') ? [] : [[file, stateOf(home.path(file))]])),
  )
}

function changeStatus(home: Home, statement: string): void {
  const database = new DatabaseSync(home.path('.offlineimap/Account-home/mailtide.sqlite'))
  database.exec(statement)
  database.close()
}

describe('mailtide verify', { timeout: 30_000 }, () => {
  it('finds nothing where nothing differs, and writes nothing anywhere', async () => {
    const { home, server, verify } = await syncedScene()
    const before = snapshot(home)
    const asked = server.commands.length
    expect(await verify()).toEqual(same)
    expect(await verify('--dry-run')).toEqual(same)
    expect(await verify('--deep')).toMatchObject({
      code: 0,
      out: 'home: 1 folder, 3 pairs, 3 compared octet for octet: nothing differs\n',
    })
    const { code, out } = await verify('--json')
    expect([code, JSON.parse(out)]).toMatchObject([0, { version: 1, account: 'home', differs: false, errors: [] }])
    expect(snapshot(home)).toEqual(before)
    const names = new Set(server.commands.slice(asked).map(({ name }) => name))
    for (const name of ['SELECT', 'STORE', 'UID STORE', 'APPEND', 'EXPUNGE', 'UID EXPUNGE', 'CREATE']) {
      expect(names).not.toContain(name)
    }
  })

  it('finds an octet that was flipped in a file, if it looks into the files', async () => {
    const { home, verify, sync } = await syncedScene()
    const file = fileOf(home, 1)
    writeFileSync(file, readFileSync(file, 'latin1').replace('The message', 'The mesSage'))
    expect(await verify()).toEqual(same)
    const { code, out } = await verify('--deep')
    expect(code).toBe(5)
    expect(out).toMatch(
      /^INBOX: 1 difference .*\n {2}UID 2 \(.*\): the message differs \((\d+) octets here, \1 on the server\)\n/,
    )
    expect(out).toMatch(/1 that no sync settles\n$/)
    expect((await verify('--deep', '--repair')).out).not.toContain('repaired')
    expect(await sync()).toEqual(quiet)
    expect(readFileSync(file, 'latin1')).toContain('The mesSage')
  })

  it('names the header in which alone a message differs', async () => {
    const { home, verify } = await syncedScene()
    const file = fileOf(home, 1)
    writeFileSync(file, `X-Mine: yes\n${readFileSync(file, 'latin1')}`)
    expect(await verify('--deep')).toMatchObject({
      code: 5,
      out: expect.stringMatching(/UID 2 .*: the message differs in the header x-mine only\n/),
    })
  })

  it('takes headers that are filtered for no difference', async () => {
    const { home, inbox, sync, verify } = await syncedScene(0, { account: 'filterheaders = X-Spam' })
    writeFileSync(home.path('mail-home/INBOX/new/1700000000.1.host'), `X-Spam: no\n${message(1).replaceAll('\r', '')}`)
    expect(await sync()).toEqual(quiet)
    expect(Buffer.from(inbox.message(1).bytes).toString()).toBe(message(1))
    expect(await verify('--deep')).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 compared octet for octet'),
    })
  })

  it('takes the header that holds the labels of Gmail for no difference, and tells of labels', async () => {
    const more = { account: 'synclabels = yes', remote: 'folderfilter = include: INBOX' }
    const { home, inbox } = await createScene(1, more, { habits: { labels: {} } })
    const rc = readFileSync(home.path('.offlineimaprc'), 'utf8')
    home.write(rc.replace('type = Maildir', 'type = GmailMaildir').replace('type = IMAP', 'type = Gmail'))
    inbox.setLabels(inbox.append(`X-Keywords: theirs\r\n${message(1)}`), ['Work'])
    expect(await home.run('-o', '-u', 'quiet')).toEqual(quiet)
    expect(readFileSync(fileOf(home, 1), 'latin1')).toContain('X-Keywords: Work\n')
    expect(await home.run('verify', 'home', '--deep')).toMatchObject({
      code: 0,
      out: expect.stringContaining('2 pairs, 2 compared octet for octet: nothing differs'),
    })
    inbox.setLabels(inbox.messages().at(-1)?.uid ?? 0, ['Work', 'New'])
    expect(await home.run('verify', 'home')).toMatchObject({
      code: 5,
      out: expect.stringMatching(/: labels on the server \+New, waits for the next sync\n/),
    })
  })

  it('says nothing of being the same when it is stopped', async () => {
    const { home, server } = await syncedScene()
    server.faults.add({ kind: 'stall', command: 'EXAMINE' })
    const { child, output } = home.start(['verify', 'home'])
    while (!server.commands.some(({ name }) => name === 'EXAMINE')) await pause(20)
    child.kill('SIGTERM')
    const [code] = await once(child, 'close')
    expect([code, output.out]).toEqual([1, ''])
  })

  it.each([
    {
      why: 'a file that was removed',
      edit: (home: Home) => rmSync(fileOf(home, 0)),
      out: /UID 1 \(.*\): gone here, waits for the next sync, which removes it on the server\n/,
    },
    {
      why: 'a file that got another name',
      edit: (home: Home) => renameSync(fileOf(home, 0), home.path('mail-home/INBOX/cur/1700000000.1.host:2,')),
      out: /UID 1 \(.*\): is now 1700000000\.1\.host here, waits for the next sync\n/,
    },
    {
      why: 'a flag that changed in the name of a file',
      edit: (home: Home) => renameSync(fileOf(home, 0), fileOf(home, 0).replace(/new\/(.*?)(:2,)?$/, 'cur/$1:2,S')),
      out: /UID 1 \(.*\): flags here \+\\Seen, waits for the next sync\n/,
    },
  ])('tells of $why', async ({ edit, out }) => {
    const { home, verify, sync } = await syncedScene()
    edit(home)
    const found = await verify()
    expect(found).toMatchObject({ code: 5, err: '', out: expect.stringMatching(out) })
    expect(found.out).toMatch(/: 1 for the next sync to settle\n$/)
    expect(await sync()).toEqual(quiet)
    expect(await verify('--deep')).toMatchObject({ code: 0 })
  })

  it('tells of what happened on the server', async () => {
    const { inbox, verify, sync } = await syncedScene()
    inbox.expunge([1])
    inbox.setFlags(2, ['\\Flagged'])
    inbox.append(message(9))
    const { code, out } = await verify()
    expect(code).toBe(5)
    expect(out).toMatch(/UID 1 \(.*\): gone on the server, waits for the next sync, which removes it here\n/)
    expect(out).toMatch(/UID 2 \(.*\): flags on the server \+\\Flagged, waits for the next sync\n/)
    expect(out).toMatch(/UID 4: new on the server, waits for the next sync\n/)
    const { folders } = JSON.parse((await verify('--json')).out)
    expect(folders).toMatchObject([
      { folders: { local: 'INBOX', remote: 'INBOX' }, counts: { pairs: 3, messages: { local: 3, remote: 3 } } },
    ])
    expect(folders[0].differences).toContainEqual({ kind: 'new', side: 'remote', id: '4', outlook: 'waiting' })
    expect(await sync()).toEqual(quiet)
    expect(await verify()).toEqual(same)
  })

  it('tells of what left no trace, and a repair lets the next sync see it', async () => {
    const { home, inbox, verify, sync } = await syncedScene()
    renameSync(fileOf(home, 0), fileOf(home, 0).replace(/new\/(.*?)(:2,)?$/, 'cur/$1:2,S'))
    setBack(home)
    expect(await sync()).toEqual(quiet)
    expect(inbox.message(1).flags).toEqual(new Set())
    expect(await verify()).toMatchObject({
      code: 5,
      out: expect.stringMatching(
        /flags here \+\\Seen, and the next sync would not see it\n.*\n.*--repair mends the state/,
      ),
    })
    expect((await verify('--repair')).out).toContain('repaired: the next sync lists everything')
    expect(await sync()).toEqual(quiet)
    expect(inbox.message(1).flags).toEqual(new Set(['\\Seen']))
    expect(await verify()).toEqual(same)
  })

  it('finds a pair that the state lost, and a repair keeps it from being doubled', async () => {
    const { home, inbox, verify, sync } = await syncedScene()
    changeStatus(home, 'DELETE FROM pair WHERE remote = 1')
    const before = snapshot(home)
    const { code, out } = await verify()
    expect(code).toBe(5)
    expect(out).toContain('  the state has 2 pairs and counts 3\n')
    expect(out).toMatch(/: new here, and the next sync would not see it\n/)
    expect(out).toMatch(/UID 1: new on the server, and the next sync would not see it\n/)
    expect(snapshot(home)).toEqual(before)

    const mail = mailIn(home)
    expect(await verify('--repair')).toMatchObject({ code: 5, out: expect.stringContaining('repaired: ') })
    expect(mailIn(home)).toEqual(mail)
    expect(await sync()).toEqual(quiet)
    expect([mailIn(home).length, inbox.messages().length]).toEqual([3, 3])
    expect(await verify()).toEqual(same)
  })

  it('ends with 1 where nothing was ever synced, and makes no file', async () => {
    const { home } = await createScene(1)
    const before = snapshot(home)
    const { code, out, err } = await home.run('verify', 'home', '--repair')
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('there is nothing to verify: home was never synced (account home)')
    expect(snapshot(home)).toEqual(before)
  })

  it('does not work on an account on which another run works', async () => {
    const { home, verify } = await syncedScene()
    const lock = acquireLock(home.path('.offlineimap/Account-home/mailtide.lock'))
    const { code, out } = await verify()
    lock.release()
    expect([code, out]).toEqual([1, ''])
  })

  it('refuses mail that is not where it was', async () => {
    const { home, verify } = await syncedScene()
    renameSync(home.path('mail-home'), home.path('elsewhere'))
    expect(await verify()).toMatchObject({ code: 1, out: '', err: expect.stringContaining('is not where it was') })
  })

  it('ends with 1 where a folder cannot be looked at', async () => {
    const { server, verify } = await syncedScene()
    server.account().create('Other').append(message(1))
    server.faults.add({ kind: 'refuse', status: 'NO', command: 'EXAMINE', text: 'not today', times: Infinity })
    expect(await verify('-f', 'INBOX')).toMatchObject({ code: 1, err: expect.stringContaining('INBOX') })
  })
})

describe('verifying 5,000 messages', { timeout: 120_000 }, () => {
  it('compares every octet without holding them', async () => {
    const { home, inbox, server } = await createScene(0, { general: 'fsync = false' })
    const filling = `${'x'.repeat(70)}\r\n`.repeat(220)
    inbox.appendAll(
      Array.from({ length: 5000 }, (_, number) => ({ bytes: Buffer.from(`${message(number)}${filling}`) })),
    )
    expect(await home.run('-o', '-u', 'quiet')).toEqual(quiet)
    const measured = async (...flags: string[]) => {
      const atExit = 'process.on("exit",()=>process.stderr.write(String(process.resourceUsage().maxRSS)))'
      const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(atExit)}`
      const { child, output } = home.start(['verify', 'home', ...flags], { NODE_OPTIONS })
      const [code] = await once(child, 'close')
      return { code, out: output.out, mebibytes: Number(output.err) / 1024 }
    }
    const flat = await measured()
    const deep = await measured('--deep')
    expect(flat).toMatchObject({ code: 0, out: 'home: 1 folder, 5000 pairs: nothing differs\n' })
    expect(deep).toMatchObject({ code: 0, out: expect.stringContaining('5000 compared octet for octet: nothing') })
    // The mail is 77 MiB on each side.
    expect(deep.mebibytes).toBeLessThan(flat.mebibytes + 70)
    expect(server.commands.length).toBeLessThan(400)
  })
})
