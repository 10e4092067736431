import { readFileSync, statSync } from 'node:fs'
import { offlineImapAvailability, runOfflineImap } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { accountRc, createHome, general, message, startServer } from '../testing/mailtide-home.ts'

const list = `[mbnames]
enabled = yes
filename = ~/list
header = "# 100%%\\nmailboxes "
peritem = "+%(accountname)s/%(foldername)-8s%%"
sep = " "
footer = "\\n"
folderfilter = lambda account, folder: not re.search('Trash', folder)
`

/** The same account of either program, whose folders have these names. */
async function sceneWith(names: readonly string[], more: string) {
  const home = createHome()
  const rcs: string[] = []
  for (const account of ['work', 'Home']) {
    const server = await startServer()
    for (const name of ['INBOX', ...names]) {
      const folder = name === 'INBOX' ? server.account().folder(name) : server.account().create(name)
      folder.append(message(1))
    }
    const remote = "nametrans = lambda name: name.replace('/', '.')\nauth_mechanisms = PLAIN"
    const local = "nametrans = lambda name: name.replace('.', '/')"
    rcs.push(accountRc(account, server.port, { account: 'utf8foldernames = yes', remote, local }))
  }
  const rc = `${general('work, Home', 'fsync = no')}${rcs.join('')}${list}${more}`
  home.write(rc)
  const read = (...path: string[]) => readFileSync(home.path(...path), 'utf8')
  return {
    home,
    offlineimap: () => runOfflineImap({ home: home.path(), rc }),
    cache: (account: string) => JSON.parse(read('.offlineimap', 'mbnames', `${account}.json`)),
    list: () => read('list'),
  }
}

describe('after OfflineIMAP', () => {
  it.for([
    ['in its own order', ''],
    ['by a key', "sort_keyfunc = lambda box: (len(box['foldername']), box['localfolders'], box['foldername'])\n"],
  ] as const)('the list and the cache stay as they are, %s', async ([, more], ctx) => {
    const availability = await offlineImapAvailability()
    if (!availability.ok) return ctx.skip(availability.reason)
    const { home, offlineimap, cache, list } = await sceneWith(
      ['Entwürfe', 'Lists/dev', 'Trash', 'two words', '日本語', 'Lists'],
      more,
    )
    expect(await offlineimap()).toMatchObject({ exitCode: 0 })
    const before = { text: list(), file: statSync(home.path('list')).ino, caches: ['work', 'Home'].map(cache) }
    expect(before.text).toContain('+Home/Lists.dev')
    expect(await home.run('-u', 'quiet')).toEqual({ code: 0, out: '', err: '' })
    expect(list()).toBe(before.text)
    expect(statSync(home.path('list')).ino).toBe(before.file)
    expect(['work', 'Home'].map(cache).map(sorted)).toEqual(before.caches.map(sorted))
    expect(await offlineimap()).toMatchObject({ exitCode: 0, deeds: [] })
    expect(list()).toBe(before.text)
  })

  it('so do those of an account between two servers', async (ctx) => {
    const availability = await offlineImapAvailability()
    if (!availability.ok) return ctx.skip(availability.reason)
    const home = createHome()
    const [local, remote] = [await startServer(), await startServer()]
    for (const server of [local, remote]) server.account().create('Lists/dev')
    const account = accountRc('home', remote.port, { remote: 'auth_mechanisms = PLAIN' })
    const server = account.slice(account.indexOf('type = IMAP')).replace(String(remote.port), String(local.port))
    const rc = `${general('home')}${account.replace(/type = Maildir\nlocalfolders = .*\n/, server)}${list}`
    home.write(rc)
    expect(await runOfflineImap({ home: home.path(), rc })).toMatchObject({ exitCode: 0 })
    const read = () => ['list', '.offlineimap/mbnames/home.json'].map((file) => readFileSync(home.path(file), 'utf8'))
    const before = read()
    expect(before[1]).toContain('"localfolders": null')
    expect(await home.run('-u', 'quiet')).toEqual({ code: 0, out: '', err: '' })
    expect(read()).toEqual(before)
  })
})

function sorted(boxes: readonly { readonly foldername: string }[]) {
  return boxes.toSorted((a, b) => (a.foldername < b.foldername ? -1 : 1))
}
