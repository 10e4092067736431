import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { dovecotAvailability, startDovecot } from '@mailtide/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { accountRc, createHome, general, mailIn } from '../testing/mailtide-home.ts'

const quiet = { code: 0, out: '', err: '' }

describe('mailtide verify with Dovecot', () => {
  it('finds nothing after a sync, then what was done to it, and a repair doubles nothing', async (ctx) => {
    const available = await dovecotAvailability()
    if (!available.ok) return ctx.skip(available.reason)
    const server = await startDovecot()
    onTestFinished(() => server.close())
    await server.addUser('demo', 'demo', { separator: '/' })
    const home = createHome()
    home.write(general('home') + accountRc('home', server.port, { remote: 'maxconnections = 1' }))
    const sync = () => home.run('-o', '-u', 'quiet')
    const verify = (...flags: string[]) => home.run('verify', 'home', ...flags)
    expect(await sync()).toEqual(quiet)
    for (const folder of ['INBOX', 'Work']) {
      for (const part of ['cur', 'new', 'tmp']) mkdirSync(home.path('mail-home', folder, part), { recursive: true })
      for (let number = 0; number < 20; number++) {
        const body = `Message-ID: <${number}@${folder}>\nSubject: grüße ${number}\n\n${'line\n'.repeat(number * 100)}end`
        writeFileSync(home.path('mail-home', folder, 'cur', `17000000${10 + number}.${number}.host:2,S`), body)
      }
    }
    expect(await sync()).toEqual(quiet)
    expect(await sync()).toEqual(quiet)
    expect(await verify('--deep')).toEqual({
      code: 0,
      out: 'home: 2 folders, 40 pairs, 40 compared octet for octet: nothing differs\n',
      err: '',
    })

    const database = new DatabaseSync(home.path('.offlineimap/Account-home/mailtide.sqlite'))
    database.exec('DELETE FROM pair WHERE remote = 3; UPDATE folder SET messages = 19')
    database.close()
    const file = mailIn(home).find((name) => /^Work.*,U=5,/.test(name)) ?? ''
    renameSync(home.path('mail-home', file), home.path('mail-home', file.replace(/:2,.*/, ':2,FS')))
    const { code, out } = await verify()
    expect(code).toBe(5)
    expect(out.match(/UID 3: new on the server, and the next sync would not see it/g)).toHaveLength(2)
    expect(out).toMatch(/UID 5 \(.*\): flags here \+\\Flagged/)
    expect(await verify('--repair')).toMatchObject({ code: 5 })
    expect(await sync()).toEqual(quiet)
    expect(mailIn(home)).toHaveLength(40)
    expect(await verify('--deep')).toMatchObject({ code: 0, out: expect.stringContaining('40 pairs, 40 compared') })
  }, 60_000)
})
