import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createHome, mailIn, message, startServer } from './testing/mailtide-home.ts'

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
