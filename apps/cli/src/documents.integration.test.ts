import { readFileSync, renameSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bareRc, createHome, mailIn, message, reaching, startServer } from './testing/mailtide-home.ts'

const page = readFileSync(new URL('../../../docs/quick-start.md', import.meta.url), 'utf8')
const [rc = ''] = [...page.matchAll(/^```ini\n(.*?)^```$/gms)].map(([, code = '']) => code)
const commands = [...page.matchAll(/^mailtide *([^#\n]*?) *#/gm)].map(([, words = '']) =>
  words.split(' ').filter(Boolean),
)

describe('the quick start', () => {
  it('leads to a synced account', async () => {
    const server = await startServer({ users: [{ name: 'alex', password: 'secret' }] })
    server.account('alex').folder('INBOX').append(message(1))
    const home = createHome()
    home.write(rc.replace('~/Mail', '~/mail-home'))
    const overrides = [
      `remotehost=${server.host}`,
      `remoteport=${server.port}`,
      'ssl=no',
      'starttls=no',
      'remotepass=secret',
    ]
    const here = overrides.flatMap((option) => ['-k', `Repository_server:${option}`])
    expect(commands).toEqual([['config', 'check'], ['folders'], ['--dry-run'], []])
    for (const command of commands) {
      expect(mailIn(home)).toEqual([])
      expect(await home.run(...command, ...here)).toMatchObject({ code: 0 })
    }
    expect(mailIn(home)).toHaveLength(1)
  })
})

describe('a change of the rc', () => {
  async function scene() {
    const server = await startServer()
    server.account().folder('INBOX').append(message(1))
    server.account().create('BAR').append(message(2))
    const home = createHome()
    const write = (line: string) =>
      home.write(bareRc(`${reaching(server)}\nremoteuser = demo\nremotepass = demo\n${line}`))
    write('')
    expect((await home.run('-u', 'quiet')).code).toBe(0)
    return { home, write }
  }

  it('of names copies nothing again where directories are renamed with it', async () => {
    const { home, write } = await scene()
    write('nametrans = map: BAR -> bar')
    renameSync(home.path('mail-home/BAR'), home.path('mail-home/bar'))
    expect(await home.run('-u', 'basic')).toMatchObject({ code: 0, out: expect.stringContaining('nothing new') })
    expect(mailIn(home).map((file) => file.split('/')[0])).toEqual(expect.arrayContaining(['bar', 'INBOX']))
  })

  it('opens the way back to OfflineIMAP at any time, though no mail came since', async () => {
    const { home } = await scene()
    expect(home.files('.offlineimap/Account-home/LocalStatus-sqlite')).toEqual([])
    await home.run('-u', 'quiet', '-k', 'Account_home:write-offlineimap-state=yes')
    expect(home.files('.offlineimap/Account-home/LocalStatus-sqlite').sort()).toEqual(['BAR', 'INBOX'])
  })
})
