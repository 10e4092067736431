import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { accountRc, createHome, createScene, general, mailIn } from '../testing/mailtide-home.ts'

const quiet = ['-u', 'quiet'] as const
const done = { code: 0, out: '', err: '' }

/** What `config check` says of a sound file with lines added to its sections. */
async function check(lines: Parameters<typeof accountRc>[2]): Promise<string> {
  const home = createHome()
  home.write(general('home', lines?.general) + accountRc('home', 1, lines))
  const { out, err } = await home.run('config', 'check')
  return out + err
}

describe('options that are gone from OfflineIMAP', () => {
  it.each([
    ['account', 'status_backend = plain'],
    ['account', 'skipsleep = yes'],
    ['remote', 'realdelete = yes'],
    ['remote', 'sep = .'],
  ] as const)('[%s] %s has no effect, and says so', async (section, line) => {
    const [option = ''] = line.split(' ')
    expect(await check({ [section]: line })).toMatch(new RegExp(`warning: ${option} does nothing`))
  })

  it.each(['trashfolder = [Gmail]/Bin', 'spamfolder = [Gmail]/Junk'])('%s does nothing', async (remote) => {
    expect(await check({ remote })).not.toMatch(/trashfolder|spamfolder/)
  })
})

describe('the rc file', () => {
  it('may say once in [DEFAULT] what holds for all, and refer to it', async () => {
    const { home } = await createScene(1)
    const rc = readFileSync(home.path('.offlineimaprc'), 'utf8').replace('~/mail-home', '%(base)s/mail-home')
    home.write(`[DEFAULT]\nbase = ~\n${rc}`)
    expect(await home.run(...quiet)).toEqual(done)
    expect(mailIn(home)).toHaveLength(1)
  })

  it('has places that are relative to the directory in which mailtide was started', async () => {
    const { home } = await createScene(1, { general: 'metadata = state' })
    expect(await home.run(...quiet)).toEqual(done)
    expect(home.files('state')).toContain('Account-home/mailtide.sqlite')
  })

  it('names a pythonfile that has to be there', async () => {
    const { home } = await createScene(1, { general: 'pythonfile = ~/gone.py', remote: 'folderfilter = wanted' })
    const { code, err } = await home.run(...quiet)
    expect(code).toBe(1)
    expect(err).toMatch(/gone\.py/)
  })

  it('has a pythonfile whose imports all expressions see', async () => {
    const { home } = await createScene(1, {
      general: 'pythonfile = ~/more.py',
      remote:
        "remoteusereval = base64.b64decode('ZGVtbw==')\ncopy_ignore_eval = lambda f: [1] if re.match('IN', f) else None",
    })
    writeFileSync(home.path('more.py'), 'import base64, re\n')
    home.write(readFileSync(home.path('.offlineimaprc'), 'utf8').replace('remoteuser = demo\n', ''))
    expect(await home.run(...quiet)).toEqual(done)
    expect(mailIn(home)).toEqual([])
  })
})

describe('a hook', () => {
  it('finds nothing on its standard input', async () => {
    const { home } = await createScene(0, { account: 'presynchook = cat; echo read' })
    const { code, err } = await home.run()
    expect(code).toBe(0)
    expect(err).toContain('Hook stdout: read')
  })
})
