import { describe, expect, it } from 'vitest'
import { createScene, mailIn } from '../testing/mailtide-home.ts'
import { mail, providerScene, type SceneOptions } from '../testing/provider-scene.ts'

const forGood = { times: Number.POSITIVE_INFINITY }

/** A scene with so many messages in INBOX. */
async function sceneOf(messages: number, options: SceneOptions) {
  const scene = await providerScene(options)
  for (let number = 1; number <= messages; number++) scene.inbox.append(mail(number))
  return scene
}

const subjects = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1)).sort()
const both = (all: readonly string[]) => ({ local: all, remote: all })

/** What is never asked for while mail is synced. */
const dangerous = /\b(?:ENVELOPE|BODYSTRUCTURE|RFC822(?!\.SIZE))\b|BODY\[|(?:MODSEQ|CHANGEDSINCE) 0\b/

describe('Gmail', () => {
  it('Gmail: few connections are used, and never more than are allowed', async () => {
    const usual = await sceneOf(3, { behaves: 'gmail' })
    expect(await usual.sync()).toMatchObject({ errors: [], connections: 3 })
    expect(usual.server.connections).toBeLessThanOrEqual(3)

    const eager = await sceneOf(3, { behaves: 'gmail', maxConnections: 40 })
    expect(await eager.sync()).toMatchObject({ errors: [], connections: 15 })
    expect(await eager.sync()).toMatchObject({ errors: [], connections: 15 })
    expect(eager.warnings).toEqual(['maxconnections is 40, and Gmail allows 15: 15 are used'])
  })

  it('Gmail: where other programs have taken the rest, one connection does', async () => {
    const text = '[ALERT] Too many simultaneous connections. (Failure)'
    const limit = { perUser: 1, text, untagged: true }
    const scene = await sceneOf(3, { behaves: 'gmail', habits: { connectionLimit: limit } })
    for (const name of ['a', 'b', 'c', 'd']) scene.server.account().create(name).append(mail(name))
    expect((await scene.sync()).errors).toEqual([])
    expect(scene.mail('d')).toEqual(both(['d']))
    expect(scene.server.loginAttempts.filter(({ outcome }) => outcome === 'refused').length).toBeLessThanOrEqual(2)
    for (let number = 0; number < 200; number++) scene.addHere(mail(`up ${number}`), 'd')
    expect((await scene.sync()).errors).toEqual([])
    expect(scene.mail('d').remote).toHaveLength(201)
  })

  it('Gmail: where no connection is left, patience finds one', async () => {
    const text = '[ALERT] Too many simultaneous connections. (Failure)'
    const scene = await sceneOf(2, {
      behaves: 'gmail',
      faults: [{ kind: 'refuse', command: /^(?:LOGIN|AUTHENTICATE)/, status: 'NO', text }],
    })
    expect((await scene.sync()).errors).toEqual([])
    expect(scene.pauses).toHaveLength(1)
    expect(scene.mail()).toEqual(both(subjects(2)))
  })

  it('Gmail: OK [THROTTLED] slows down and is told', async () => {
    const scene = await sceneOf(5, {
      behaves: 'gmail',
      faults: [{ kind: 'throttle', bytesPerSecond: 1e7, command: 'UID FETCH', ...forGood }],
    })
    expect((await scene.sync()).errors).toEqual([])
    expect(scene.mail()).toEqual(both(subjects(5)))
    expect(scene.waits.length).toBeGreaterThan(0)
    expect(scene.pauses).toHaveLength(1)
  })

  it('Gmail: folders are known by their use, whatever they are called', async () => {
    const scene = await sceneOf(0, { behaves: 'gmail', habits: { labels: { language: 'de' } } })
    const roles = await scene.roles()
    expect(roles.get('all')).toBe('[Gmail]/Alle Nachrichten')
    expect(roles.get('trash')).toBe('[Gmail]/Papierkorb')
  })

  it('Gmail: what is deleted from a label stays in All Mail', async () => {
    const scene = await sceneOf(2, { behaves: 'gmail' })
    await scene.sync()
    scene.removeHere(1)
    expect((await scene.sync()).errors).toEqual([])
    expect(scene.mail()).toEqual(both(['2']))
    expect(scene.mail('[Gmail]/All Mail')).toEqual(both(['1', '2']))
  })

  it('Gmail: what is deleted from All Mail comes back', async () => {
    const scene = await sceneOf(2, { behaves: 'gmail' })
    await scene.sync()
    scene.removeHere(1, '[Gmail]/All Mail')
    await scene.sync()
    expect((await scene.sync()).errors).toEqual([])
    expect([scene.mail(), scene.mail('[Gmail]/All Mail')]).toEqual([both(['1', '2']), both(['1', '2'])])
  })

  it('Gmail: CONDSTORE without QRESYNC tells of deletions, and what is too big is not sent', async () => {
    const scene = await sceneOf(3, { behaves: 'gmail', habits: { appendLimit: 500 } })
    await scene.sync()
    scene.inbox.expunge([2])
    scene.addHere(mail('x'.repeat(600)))
    const { errors, commands } = await scene.sync()
    expect(errors.map(({ code, scope }) => [code, scope])).toEqual([['imap/unstorable', 'message']])
    expect(commands.filter((text) => text.startsWith('APPEND'))).toEqual([])
    expect(commands.filter((text) => text.includes('QRESYNC'))).toEqual([])
    expect(scene.mail().remote).toEqual(['1', '3'])
    expect(scene.mail().local).toHaveLength(3)
  })
})

describe('Exchange', () => {
  const text = 'Request is throttled. Suggested Backoff Time: 299123 milliseconds'
  const bye = { bye: 'Connection closed. 14' }

  it.each(['LIST', 'SELECT', 'STATUS', 'UID FETCH', 'UID STORE', 'APPEND', 'UID SEARCH', 'EXPUNGE'])(
    'Exchange: throttling of %s is waited for, and the command taken up again',
    async (command) => {
      for (const how of [{ status: 'NO' }, { status: 'BAD' }, { status: 'NO', ...bye }] as const) {
        const scene = await sceneOf(4, { behaves: 'exchange' })
        await scene.sync()
        scene.inbox.append(mail('there'))
        scene.addHere(mail('here'))
        scene.removeHere(1)
        scene.markSeenHere()
        const fault = scene.server.faults.add({ kind: 'refuse', command, text, ...how })
        expect((await scene.sync()).errors).toEqual([])
        expect(fault.hits).toBe(1)
        expect(scene.mail()).toEqual(both(['2', '3', '4', 'here', 'there']))
        expect(scene.inbox.messages().filter(({ flags }) => flags.has('\\Seen'))).toHaveLength(4)
        const throttled = scene.waits.filter((milliseconds) => milliseconds > 2000)
        expect(throttled.every((milliseconds) => milliseconds > 298_000 && milliseconds <= 299_123)).toBe(true)
        expect([throttled.length, scene.pauses.length]).toEqual([1, 1])
      }
    },
  )

  it.each([text, '[INUSE] not now'])('Exchange: mail that was stored is not sent again: %s', async (words) => {
    const scene = await sceneOf(2, { behaves: 'exchange' })
    await scene.sync()
    for (let number = 0; number < 5; number++) scene.addHere(mail(`here ${number}`))
    const command = /^UID FETCH \d+:\* \(UID RFC822\.SIZE\)/
    const fault = scene.server.faults.add({ kind: 'refuse', command, status: 'NO', text: words, times: 4 })
    await scene.sync()
    await scene.sync()
    expect(fault.hits).toBe(4)
    expect(scene.mail().remote).toHaveLength(7)
    expect(scene.mail().local).toHaveLength(7)
  })

  it('Exchange: a longer pause than anybody waits for is an error that says when it ends', async () => {
    const scene = await sceneOf(2, { behaves: 'exchange' })
    const longest = text.replace('299123', String(40 * 60_000))
    scene.server.faults.add({ kind: 'refuse', command: 'UID FETCH', status: 'NO', text: longest })
    const { errors, commands } = await scene.sync()
    expect(errors.map(({ code }) => code)).toContain('imap/throttled')
    expect(errors.at(-1)?.message).toMatch(/resumes at \d\d:\d\d$/)
    expect(commands.filter((each) => each.startsWith('UID FETCH')).length).toBeLessThanOrEqual(1)
    expect(scene.waits).toEqual([])
  })

  it.each([
    'nothing' as const,
    { no: 'The specified message set is invalid: the mailbox does not have a message with UID 2' },
  ])('Exchange: UIDs that cannot be fetched are told of, neighbours go on, nothing is deleted: %j', async (answer) => {
    const scene = await sceneOf(9, { behaves: 'exchange' })
    scene.server.faults.add({ kind: 'unreadable', uids: [2, 7], answer, ...forGood })
    for (let run = 0; run < 2; run++) {
      const { errors } = await scene.sync()
      expect(errors.map(({ code, scope }) => [code, scope])).toEqual(Array(2).fill(['imap/unreadable', 'message']))
      expect(scene.mail()).toEqual({ remote: subjects(9), local: subjects(9).filter((each) => !/[27]/.test(each)) })
    }
    scene.server.faults.clear()
    expect((await scene.sync()).errors).toEqual([])
    expect(scene.mail()).toEqual(both(subjects(9)))
  })

  it('Exchange: no command is longer than it takes, and removal works without UIDPLUS', async () => {
    const scene = await sceneOf(900, { behaves: 'exchange' })
    scene.inbox.expunge(Array.from({ length: 300 }, (_, index) => 3 * index + 2))
    const first = await scene.sync()
    scene.markSeenHere()
    for (let number = 1; number < 200; number += 6) scene.removeHere(number)
    const second = await scene.sync()
    expect([...first.errors, ...second.errors]).toEqual([])
    expect(Math.max(...[...first.commands, ...second.commands].map(({ length }) => length))).toBeGreaterThan(500)
    expect(scene.mail().remote).toEqual(scene.mail().local)
    expect(scene.mail().remote).toHaveLength(600 - 34)
    expect(scene.inbox.messages().every(({ flags }) => flags.has('\\Seen'))).toBe(true)
  })

  it('Exchange: folders that hold no mail are left out, unless a filter says otherwise', async () => {
    const plain = await createScene(1, {}, { behaves: 'exchange' })
    const asked = await createScene(1, { remote: 'folderfilter = lambda f: True' }, { behaves: 'exchange' })
    for (const { server } of [plain, asked]) {
      for (const name of ['Calendar', 'Calendar/Birthdays', 'Aufgaben', 'Work'])
        server.account().create(name).append('x')
    }
    const { code, out } = await plain.home.run('-u', 'basic')
    expect({ code, folders: new Set(mailIn(plain.home).map((file) => file.split('/')[0])) }).toEqual({
      code: 0,
      folders: new Set(['INBOX', 'Work']),
    })
    expect(out).not.toContain('Calendar')
    const { err } = await plain.home.run('--info')
    expect(err).toContain('Calendar (disabled: Exchange and Microsoft 365 keeps no mail there)')
    expect((await plain.home.run('folders')).out).toMatch(
      /Calendar +not synced: Exchange and Microsoft 365 keeps no mail there/,
    )
    await asked.home.run('-u', 'quiet')
    expect(mailIn(asked.home)).toHaveLength(5)
  })

  it('Exchange: the program says once when it goes on', async () => {
    const { server, home } = await createScene(2, {}, { behaves: 'exchange' })
    const soon = text.replace('299123', '300')
    server.faults.add({ kind: 'refuse', command: 'UID FETCH', status: 'NO', text: soon, ...bye })
    const { code, out } = await home.run('-u', 'basic')
    expect(code).toBe(0)
    expect(out.match(/the server asks for patience: goes on at \d\d:\d\d:\d\d/g)).toHaveLength(1)
    expect(mailIn(home)).toHaveLength(2)
  })
})

describe('iCloud', () => {
  it('iCloud: neither QRESYNC, nor what brings nothing, is asked for', async () => {
    const scene = await sceneOf(4, { behaves: 'icloud' })
    const runs = [await scene.sync()]
    scene.inbox.expunge([2])
    scene.inbox.append(mail('new'))
    runs.push(await scene.sync())
    expect(runs.flatMap(({ errors }) => errors)).toEqual([])
    expect(scene.mail()).toEqual(both(['1', '3', '4', 'new']))
    const commands = runs.flatMap(({ commands }) => commands)
    expect(commands.filter((text) => /QRESYNC/.test(text) || dangerous.test(text))).toEqual([])
    expect(commands.some((text) => text.includes('BODY.PEEK[]'))).toBe(true)
    expect(commands.filter((text) => / SEARCH .*(?<!UID 1:\*)$/.test(text))).toEqual([])
  })

  it('iCloud: a VANISHED that makes no sense deletes nothing', async () => {
    const scene = await sceneOf(3, { behaves: 'icloud', habits: { greeting: 'hello', id: { name: 'x' } } })
    await scene.sync()
    scene.inbox.expunge([3])
    expect((await scene.sync()).errors).toEqual([])
    expect(scene.mail()).toEqual(both(['1', '2']))
  })
})

describe('Yahoo', () => {
  const no = '[UNAVAILABLE] UID FETCH Server error while fetching messages'

  it('Yahoo: a range that fails is taken apart down to the bad UID, without waiting', async () => {
    const scene = await sceneOf(40, { behaves: 'yahoo' })
    scene.server.faults.add({ kind: 'unreadable', uids: [1, 17], answer: { no }, ...forGood })
    for (let run = 0; run < 2; run++) {
      const { errors } = await scene.sync()
      expect(errors.map(({ code }) => code)).toEqual(['imap/unreadable', 'imap/unreadable'])
      expect(scene.mail().local).toEqual(subjects(40).filter((each) => each !== '1' && each !== '17'))
      expect(scene.mail().remote).toHaveLength(40)
    }
    expect([scene.waits, scene.pauses]).toEqual([[], []])
  })

  it('Yahoo: a mailbox that begins with messages that cannot be read is read all the same', async () => {
    const scene = await sceneOf(30, { behaves: 'yahoo' })
    const uids = Array.from({ length: 20 }, (_, index) => index + 1)
    scene.server.faults.add({ kind: 'unreadable', uids, answer: { no }, ...forGood })
    const { errors } = await scene.sync()
    expect(errors.filter(({ code }) => code === 'imap/unreadable')).toHaveLength(20)
    expect(scene.mail().local).toHaveLength(10)
  })

  it('Yahoo: what is dropped from a range is asked for again', async () => {
    const scene = await sceneOf(6, {
      behaves: 'yahoo',
      faults: [{ kind: 'unreadable', uids: [3, 4], answer: 'nothing', command: /BODY\.PEEK\[\]/ }],
    })
    expect((await scene.sync()).errors).toEqual([])
    expect(scene.mail()).toEqual(both(subjects(6)))
  })

  it('Yahoo: messages missing from a list are not deleted, and no more than two connections are used', async () => {
    const scene = await sceneOf(5, { behaves: 'yahoo' })
    for (const name of ['a', 'b', 'c']) scene.server.account().create(name).append(mail(name))
    expect(await scene.sync()).toMatchObject({ errors: [], connections: 2 })
    scene.inbox.append(mail('new'))
    scene.server.faults.add({
      kind: 'rewrite',
      command: /^UID FETCH 1:\* \(UID FLAGS\)$/,
      line: (line) => (/FETCH .*UID [23]\b/.test(line) ? undefined : line),
      ...forGood,
    })
    const { commands } = await scene.sync()
    expect(scene.mail()).toEqual(both([...subjects(5), 'new']))
    expect(commands.filter((text) => dangerous.test(text))).toEqual([])
  })
})

describe('Fastmail', () => {
  it('Fastmail: QRESYNC is used, below INBOX., with many messages of the same octets', async () => {
    const scene = await sceneOf(0, {
      host: 'imap.fastmail.com',
      separator: '.',
      namespacePrefix: 'INBOX.',
    })
    const work = scene.server.account().create('INBOX.Work')
    for (let count = 0; count < 50; count++) work.append(mail('same'))
    await scene.sync()
    work.expunge([7, 8])
    const { errors, commands } = await scene.sync()
    expect(errors).toEqual([])
    expect(commands.some((text) => text.includes('(QRESYNC ('))).toBe(true)
    expect(scene.server.account().folder('INBOX.Work').messages()).toHaveLength(48)
    expect(scene.knowledge.profile.name).toBe('fastmail')
  })
})

describe('Proton Bridge', () => {
  it('Proton Bridge: new UIDs double nothing and delete nothing, over one connection', async () => {
    const scene = await sceneOf(6, { behaves: 'proton-bridge' })
    expect(await scene.sync()).toMatchObject({ errors: [], connections: 1 })
    scene.server.restart()
    await scene.sync()
    await scene.sync()
    expect(scene.mail()).toEqual(both(subjects(6)))
  })
})

describe('slow servers', () => {
  it.each(['proton-bridge', 'exchange'] as const)('%s is waited for longer than others', async (behaves) => {
    const scene = await sceneOf(2, { behaves, timeout: 0.2 })
    await scene.sync()
    scene.inbox.append(mail('new'))
    scene.server.faults.add({ kind: 'stall', command: 'UID FETCH', milliseconds: 500 })
    const before = scene.server.loginAttempts.length
    expect((await scene.sync()).errors).toEqual([])
    expect(scene.server.loginAttempts).toHaveLength(before + 1)
    expect(scene.mail()).toEqual(both(['1', '2', 'new']))
  })
})

describe('DavMail', () => {
  it('DavMail: spaces before answers are no matter, and a list that lacks messages deletes none', async () => {
    const scene = await sceneOf(6, { behaves: 'davmail' })
    expect((await scene.sync()).errors).toEqual([])
    scene.inbox.append(mail('new'))
    scene.server.faults.add({ kind: 'drop', command: /^UID FETCH 1:\*/, untagged: 'FETCH' })
    await scene.sync()
    expect((await scene.sync()).errors).toEqual([])
    expect(scene.mail()).toEqual(both([...subjects(6), 'new']))
  })

  it('DavMail: folders that hold no mail are those of Exchange', async () => {
    const scene = await sceneOf(0, { behaves: 'davmail' })
    await scene.sync()
    expect(scene.knowledge.holdsMail('Kontakte/Alte', '/')).toBe(false)
    expect(scene.knowledge.holdsMail('T&AOI-ches', '/')).toBe(false)
    expect(scene.knowledge.holdsMail('Work/Kontakte', '/')).toBe(true)
  })
})

describe('Dovecot', () => {
  it('Dovecot: its cap on connections makes the pool smaller, and spaces in STATUS are no matter', async () => {
    const text = '[UNAVAILABLE] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=1)'
    const scene = await sceneOf(2, {
      behaves: 'dovecot',
      habits: { connectionLimit: { perUser: 1, text } },
      faults: [
        {
          kind: 'rewrite',
          command: /^(?:LIST|STATUS)/,
          line: (line) => line.replace(/^(\* STATUS) (.*) \((.*)\)/, '$1  $2  ( $3 )'),
          ...forGood,
        },
        { kind: 'rewrite', command: 'LIST', line: (line) => line.replace('* LIST (', '* LIST (\\XJunk '), ...forGood },
      ],
    })
    for (const name of ['a', 'b', 'c']) scene.server.account().create(`INBOX.${name}`).append(mail(name))
    expect((await scene.sync()).errors).toEqual([])
    const again = await scene.sync()
    expect(again.errors).toEqual([])
    expect(again.commands.filter((each) => /^(?:SELECT|EXAMINE)/.test(each))).toEqual([])
    expect(scene.pauses).toEqual([])
  })

  it('Dovecot and Cyrus: one command surveys all folders, one opens a folder and tells what changed', async () => {
    const scene = await sceneOf(3, { behaves: 'dovecot' })
    scene.server.account().create('INBOX.Work').append(mail('w'))
    await scene.sync()
    scene.inbox.append(mail('new'))
    const { commands } = await scene.sync()
    expect(commands.filter((text) => text.startsWith('LIST'))).toHaveLength(1)
    expect(commands.filter((text) => text.startsWith('STATUS'))).toEqual([])
    expect(commands.filter((text) => /^(?:SELECT|EXAMINE)/.test(text))).toEqual([expect.stringContaining('(QRESYNC (')])
  })
})

describe('Coremail and QQ', () => {
  it.each(['coremail', 'qq'] as const)('Coremail: ID is sent after the login: %s', async (behaves) => {
    const scene = await sceneOf(3, { behaves })
    const { errors, commands, connections } = await scene.sync()
    expect({ errors, connections }).toEqual({ errors: [], connections: 2 })
    expect(commands.findIndex((text) => text.startsWith('ID '))).toBeLessThan(
      commands.findIndex((text) => /^(?:SELECT|EXAMINE)/.test(text)),
    )
    expect(scene.mail()).toEqual(both(subjects(3)))
  })

  it('Coremail: an empty answer to STATUS means that nothing is known', async () => {
    const scene = await sceneOf(3, { behaves: 'coremail' })
    await scene.sync()
    scene.inbox.append(mail('new'))
    const line = (text: string) => text.replace(/^(\* STATUS .*) \(.*\)$/, '$1 ()')
    scene.server.faults.add({ kind: 'rewrite', command: 'STATUS', line, ...forGood })
    expect((await scene.sync()).errors).toEqual([])
    expect(scene.mail()).toEqual(both([...subjects(3), 'new']))
  })

  it('QQ: sets ascend, in all that is done', async () => {
    const scene = await sceneOf(9, { behaves: 'qq' })
    const runs = [await scene.sync()]
    scene.addHere(mail('here'))
    scene.removeHere(9)
    scene.removeHere(4)
    scene.markSeenHere()
    runs.push(await scene.sync())
    expect(runs.flatMap(({ errors }) => errors)).toEqual([])
    expect(scene.mail()).toEqual(both(['1', '2', '3', '5', '6', '7', '8', 'here']))
  })
})

describe('others', () => {
  it('mail.ru: BODYSTRUCTURE is not asked for', async () => {
    const scene = await sceneOf(2, { behaves: 'mailru' })
    const { errors, commands } = await scene.sync()
    expect(errors).toEqual([])
    expect(commands.filter((text) => dangerous.test(text))).toEqual([])
    expect(scene.mail()).toEqual(both(subjects(2)))
  })

  it('WorkMail: throttling in the middle of a run is waited for', async () => {
    const scene = await sceneOf(3, { behaves: 'workmail', host: 'imap.mail.eu-west-1.awsapps.com' })
    scene.server.account().create('Work').append(mail('w'))
    await scene.sync()
    expect((await scene.sync()).errors).toEqual([])
    expect([scene.mail(), scene.mail('Work')]).toEqual([both(subjects(3)), both(['w'])])
    expect(scene.pauses.length).toBeGreaterThan(0)
  })

  it('Zoho: a connection that answers nothing is given up, and nothing is looked for by header', async () => {
    const scene = await sceneOf(3, { behaves: 'zoho', timeout: 0.3 })
    await scene.sync()
    scene.addHere(mail('here'))
    scene.addHere(mail('here too'))
    scene.server.faults.add({ kind: 'stall', command: 'APPEND', afterEffect: true })
    const { errors, commands } = await scene.sync()
    expect(errors).toEqual([])
    expect(commands.filter((text) => /SEARCH.*HEADER/.test(text))).toEqual([])
    expect(scene.mail()).toEqual(both(['1', '2', '3', 'here', 'here too']))
  })

  it('Any: what a sloppy server leaves out is asked for again, and never taken for deleted', async () => {
    const scene = await sceneOf(8, { behaves: 'sloppy', mechanisms: ['PLAIN'] })
    const runs = [await scene.sync(), await scene.sync()]
    scene.addHere(mail('here'))
    scene.inbox.expunge([3])
    scene.markSeenHere()
    runs.push(await scene.sync(), await scene.sync())
    expect(runs.flatMap(({ errors }) => errors)).toEqual([])
    expect(scene.mail()).toEqual(both(['1', '2', '4', '5', '6', '7', '8', 'here']))
  })

  it('Courier: everything is below INBOX., and nothing is missed without CONDSTORE', async () => {
    const scene = await sceneOf(3, { behaves: 'courier' })
    scene.server.account().create('INBOX.Sent').append(mail('sent'))
    await scene.sync()
    scene.inbox.setFlags(2, ['\\Flagged'])
    scene.inbox.expunge([1])
    expect((await scene.sync()).errors).toEqual([])
    expect(scene.mail()).toEqual(both(['2', '3']))
    expect(scene.mailHere('INBOX/Sent')).toEqual(['sent'])
  })
})
