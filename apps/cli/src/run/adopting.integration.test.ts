import { mkdirSync, readdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { runProgram } from '@mailtide/run-program'
import { programsAvailability, temporaryDirectory } from '@mailtide/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { bareRc, createHome, message, reaching, startServer } from '../testing/mailtide-home.ts'

let missing: string | undefined

beforeAll(async () => {
  const availability = await programsAvailability({ mbsync: 'isync' })
  missing = availability.ok ? undefined : availability.reason
})

const places = [
  ['in each Maildir', '*', []],
  ['in one directory', 'DIRECTORY/', ['--state', 'DIRECTORY']],
] as const

/** An account that mbsync has synced once, with an rc file of mailtide for the same tree. */
async function scene(syncState: string) {
  const home = createHome()
  const directory = temporaryDirectory()
  mkdirSync(home.path('mail-home'))
  const server = await startServer()
  const inbox = server.account().folder('INBOX')
  for (let number = 0; number < 5; number++) inbox.append(message(number), { flags: number % 2 ? ['\\Seen'] : [] })
  server.account().create('Work/Deep').append(message(9))
  writeFileSync(
    home.path('mbsyncrc'),
    `IMAPStore far
Host 127.0.0.1
Port ${server.port}
User demo
Pass demo
SSLType None
AuthMechs LOGIN

MaildirStore near
Path ${home.path('mail-home')}/
Inbox ${home.path('mail-home/INBOX')}
SubFolders Verbatim

Channel all
Far :far:
Near :near:
Patterns *
Create Both
Expunge Both
SyncState ${syncState.replace('DIRECTORY', directory)}
`,
  )
  const mbsync = () =>
    runProgram({
      command: 'mbsync',
      args: ['-c', home.path('mbsyncrc'), '-a'],
      timeout: 60_000,
      env: { HOME: home.path('.') },
    })
  home.write(bareRc(`${reaching(server)}\nremoteuser = demo\nremotepass = demo`, { local: 'sep = /' }))
  return { home, server, inbox, mbsync, directory }
}

const copied = (out: string) => out.split('\n').filter((line) => /Copy messages|Deleted|flags of/.test(line))

describe('mailtide adopt --from mbsync', () => {
  it.for(places)('copies nothing, with state %s', async ([, syncState, args], ctx) => {
    if (missing !== undefined) return ctx.skip(missing)
    const { home, mbsync, directory } = await scene(syncState)
    await mbsync()
    const before = home
      .files('mail-home')
      .filter((name) => /(cur|new)\//.test(name))
      .sort()
    expect(before).toHaveLength(6)
    const given = args.map((arg) => arg.replace('DIRECTORY', directory))
    const { code, out } = await home.run('adopt', 'home', '--from', 'mbsync', ...given, '-u', 'basic')
    expect({ code, copied: copied(out) }).toEqual({ code: 0, copied: [] })
    expect(out).toMatch(/Took over 5 messages/)
    expect(
      home
        .files('mail-home')
        .filter((name) => /(cur|new)\//.test(name))
        .sort(),
    ).toEqual(before)
    expect(copied((await home.run('-u', 'basic')).out)).toEqual([])
  })

  it('passes on what was done since mbsync ran', async (ctx) => {
    if (missing !== undefined) return ctx.skip(missing)
    const { home, inbox, mbsync } = await scene('*')
    await mbsync()
    const files = () =>
      ['cur', 'new'].flatMap((part) => readdirSync(home.path('mail-home/INBOX', part)).map((name) => `${part}/${name}`))
    const [first = '', second = ''] = files()
    unlinkSync(home.path('mail-home/INBOX', first))
    renameSync(
      home.path('mail-home/INBOX', second),
      home.path('mail-home/INBOX/cur', `${second.slice(4).replace(/:2,.*/, '')}:2,FS`),
    )
    inbox.append(message(20))
    expect((await home.run('adopt', 'home', '--from', 'mbsync', '-u', 'quiet')).code).toBe(0)
    expect(files()).toHaveLength(5)
    expect(inbox.messages()).toHaveLength(5)
    expect(inbox.messages().filter(({ flags }) => flags.has('\\Flagged'))).toHaveLength(1)
  })

  it('says where it looked when mbsync was never there, and touches nothing', async () => {
    const { home, inbox } = await scene('*')
    const { code, err } = await home.run('adopt', 'home', '--from', 'mbsync', '-u', 'quiet')
    expect(code).toBe(1)
    expect(err).toMatch(/there is no state of mbsync in .*mail-home.*\n.*--state/)
    expect(inbox.messages()).toHaveLength(5)
  })

  it('knows no other program', async () => {
    const { home } = await scene('*')
    expect(await home.run('adopt', 'home', '--from', 'mutt')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--from mbsync'),
    })
  })
})
