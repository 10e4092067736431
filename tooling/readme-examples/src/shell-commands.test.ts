import { describe, expect, it } from 'vitest'
import { mailtideCommands } from './shell-commands.ts'

describe('mailtideCommands', () => {
  it.each([
    { code: 'mailtide', commands: [[]] },
    { code: 'mailtide -o  # once', commands: [['-o']] },
    { code: 'mailtide -o && mailtide -a home | less', commands: [['-o'], ['-a', 'home']] },
    { code: 'npm install --global mailtide kerberos\n# mailtide -x', commands: [] },
    { code: `mailtide -k 'a:b=c d' -f "x \\"y\\"",z\\ z`, commands: [['-k', 'a:b=c d', '-f', 'x "y",z z']] },
    { code: 'mailtide \\\n  --info > file', commands: [['--info']] },
  ])('reads $code', ({ code, commands }) => {
    expect(mailtideCommands(code)).toEqual(commands)
  })

  it('passes over the times of a crontab', () => {
    expect(mailtideCommands('# mail\n*/10 * * * * mailtide -o -u quiet', true)).toEqual([['-o', '-u', 'quiet']])
  })
})
