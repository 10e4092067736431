import { type BothSides, type FolderPath, folderPath } from '@mailtide/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NamingRules } from './naming-rules.ts'
import { pairFolders } from './pair-folders.ts'
import { parsePlainRule } from './parse-plain-rule.ts'

const path = (name: string) => folderPath(name.split('/'))
const paths = (...names: string[]) => names.map(path)
const each = (rule: (name: string) => string) => async (names: readonly string[]) => names.map(rule)
const only =
  (...allowed: string[]) =>
  async (names: readonly string[]) =>
    names.map((name) => allowed.includes(name))

function plain(text: string): Partial<NamingRules> {
  const rule = parsePlainRule(text)
  if (rule?.kind !== 'names') throw new Error(text)
  const { forward, backward } = rule
  return {
    translate: async (names) => names.map(forward),
    invert: async (names) => names.map(backward),
    describe: { nametrans: text },
  }
}

function rulesOf(remote: Partial<NamingRules> = {}, local: Partial<NamingRules> = {}): BothSides<NamingRules> {
  return {
    remote: { kind: 'imap', separator: '/', ...remote },
    local: { kind: 'maildir', separator: '.', ...local },
  }
}

async function pair(
  remote: readonly FolderPath[],
  local: readonly FolderPath[],
  rules: BothSides<NamingRules> = rulesOf(),
) {
  const { pairs, leftOut, warnings } = await pairFolders({ remote, local, rules })
  return {
    pairs: pairs.map(({ folders, missingOn }) => {
      const text = `${folders.remote} = ${folders.local}`
      return missingOn ? `${text}, not yet ${missingOn}` : text
    }),
    leftOut: leftOut.map(({ side, path: left, reason }) => `${side} ${left}: ${reason}`),
    warnings,
  }
}

describe('pairFolders', () => {
  it('pairs folders of one name, with the separators of each side', async () => {
    const remote = [folderPath(['Work', 'R.D']), ...paths('INBOX')]
    expect(await pair(remote, paths('INBOX', 'Notes'))).toEqual({
      pairs: ['INBOX = INBOX', 'Notes = Notes, not yet remote', 'Work/R.D = Work/R/D, not yet local'],
      leftOut: [],
      warnings: [],
    })
  })

  it('gives nametrans the untranslated name and reads the result with the same separator', async () => {
    const seen: string[] = []
    const translate = async (names: readonly string[]) => {
      seen.push(...names)
      return names.map((name) => name.replace('INBOX.', '').replace('.', '_').replace('-', '.'))
    }
    const rules = rulesOf({ separator: '.', translate, createFolders: false }, { separator: '/' })
    const { pairs } = await pair(paths('INBOX/a/b', 'INBOX/c-d'), [], rules)
    expect(seen).toEqual(['INBOX.a.b', 'INBOX.c-d'])
    expect(pairs).toEqual(['INBOX/a/b = a_b, not yet local', 'INBOX/c-d = c/d, not yet local'])
  })

  it('makes Maildir++ names of a leading dot, and finds them again', async () => {
    const rules = rulesOf(
      { translate: each((name) => (name === 'INBOX' ? '' : `.${name}`)) },
      { translate: each((name) => (name === '' ? 'INBOX' : name.slice(1))) },
    )
    const local = [path(''), folderPath(['', 'Sent']), folderPath(['', 'New', 'a'])]
    expect(await pair(paths('INBOX', 'Sent', 'Work/x'), local, rules)).toMatchObject({
      pairs: ['INBOX = ', 'New/a = /New/a, not yet remote', 'Sent = /Sent', 'Work/x = /Work/x, not yet local'],
      leftOut: [],
    })
  })

  it('takes a name that is nothing but the separator for the top level', async () => {
    const rules = rulesOf({ translate: each((name) => (name === 'INBOX' ? '/' : name)) })
    expect((await pair(paths('INBOX'), paths(''), rules)).pairs).toEqual(['INBOX = '])
  })

  it('has no remote name for the top of a Maildir tree', async () => {
    expect(await pair([], paths(''))).toMatchObject({
      pairs: [],
      leftOut: ['local : it would be the top level on the remote side, which has no name there'],
    })
  })

  it('takes INBOX in any case for INBOX, on IMAP', async () => {
    expect(await pair(paths('INBOX'), paths('INBOX', 'inbox'))).toMatchObject({
      pairs: ['INBOX = INBOX'],
      leftOut: ['local inbox: its name on the remote would be "INBOX", which belongs with the local "INBOX"'],
      warnings: [{ side: 'local', paths: ['INBOX', 'inbox'], differOnlyIn: 'case' }],
    })
  })

  it('leaves a name alone on a server without levels', async () => {
    const remote = [folderPath(['a.b'])]
    const rules = rulesOf({ separator: '' })
    expect((await pair(remote, paths('a/b', 'c/d'), rules)).pairs).toEqual(['a.b = a/b', 'c.d = c/d, not yet remote'])
  })

  it('leaves out a folder whose name contains a separator', async () => {
    const remote = [folderPath(['a/b'])]
    expect((await pair(remote, [])).leftOut).toEqual(['remote a%2Fb: its name contains the separator "/"'])
    const dotted = rulesOf({ separator: '.' }, { separator: '/' })
    expect((await pair([], paths('a.b'), dotted)).leftOut).toEqual([
      'local a.b: its name contains ".", which separates levels on the remote',
    ])
  })
})

describe('folderfilter and folderincludes', () => {
  it('leave out what a filter refuses, on either side and under either name', async () => {
    const rules = rulesOf(
      { accepts: only('INBOX', 'a', 'c'), translate: each((name) => name.toLowerCase()) },
      { accepts: only('inbox', 'b', 'c', 'd'), translate: each((name) => (name === 'inbox' ? 'INBOX' : name)) },
    )
    expect(await pair(paths('INBOX', 'a', 'b', 'c'), paths('inbox', 'a', 'b', 'd', 'e'), rules)).toMatchObject({
      pairs: ['c = c, not yet local', 'INBOX = inbox'],
      leftOut: [
        'remote a: the local folderfilter leaves out "a"',
        'remote b: the remote folderfilter leaves it out',
        'local a: the local folderfilter leaves it out',
        'local b: the remote folderfilter leaves out "b", its name there',
        'local d: the remote folderfilter leaves out "d", its name there',
        'local e: the local folderfilter leaves it out',
      ],
    })
  })

  it('are told apart from the other reasons to leave a folder out', async () => {
    const rules = rulesOf({ accepts: only('INBOX', 'a.b') }, { translate: async (names) => names.map(() => undefined) })
    const { leftOut } = await pairFolders({ remote: paths('INBOX', 'no'), local: paths('x'), rules })
    expect(leftOut.map(({ path: left, filtered }) => [left, filtered])).toEqual([
      ['no', true],
      ['x', false],
    ])
  })

  it('let included folders in, listed or not', async () => {
    const rules = rulesOf({ accepts: only(), includes: ['a', 'shared/b', 'inbox'] }, { includes: ['z'] })
    const { pairs } = await pairFolders({ remote: paths('INBOX', 'a', 'c'), local: [], rules })
    expect(pairs).toEqual([
      { folders: { remote: 'a', local: 'a' }, visibleNames: { remote: 'a', local: 'a' }, missingOn: 'local' },
      {
        folders: { remote: 'INBOX', local: 'INBOX' },
        visibleNames: { remote: 'INBOX', local: 'INBOX' },
        missingOn: 'local',
      },
      {
        folders: { remote: 'shared/b', local: 'shared/b' },
        visibleNames: { remote: 'shared/b', local: 'shared.b' },
        missingOn: 'local',
        unlisted: true,
      },
    ])
  })

  it('are asked once for each side and again for names that would be new', async () => {
    const asked: string[][] = []
    const accepts = async (names: readonly string[]) => {
      asked.push([...names])
      return names.map(() => true)
    }
    await pair(paths('a', 'b'), paths('a', 'c', 'd'), rulesOf({ accepts }))
    expect(asked).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
  })

  it('must answer for each folder', async () => {
    await expect(pair(paths('a', 'b'), [], rulesOf({ accepts: async () => [true] }))).rejects.toMatchObject({
      code: 'folder-rules/answers-missing',
      message: 'folderfilter of the remote repository was asked about 2 folders and answered for 1',
    })
  })
})

describe('the one-to-one check', () => {
  it('stops the account when two folders would be one', async () => {
    const rules = rulesOf({
      translate: each((name) => name.toLowerCase()),
      describe: { nametrans: 'lambda f:\n f.lower()' },
    })
    await expect(pair(paths('Sent', 'sent'), [], rules)).rejects.toMatchObject({
      code: 'folder-rules/collision',
      scope: 'account',
      message:
        'The remote folders "Sent" and "sent" would both be "sent" locally (remote nametrans: lambda f: f.lower(), separator "/"; local nametrans: none, separator ".")',
      hint: expect.stringContaining('Change nametrans'),
    })
  })

  it('does so as well when it is the separators that make them one', async () => {
    await expect(pair([...paths('a/b'), folderPath(['a.b'])], [])).rejects.toMatchObject({
      message: expect.stringContaining('"a.b" and "a/b" would both be "a.b" locally'),
      hint: expect.stringContaining('sep = /'),
    })
  })

  it('does not mind when one of the two is left out', async () => {
    const rules = rulesOf({ translate: each((name) => name.toLowerCase()), accepts: only('Sent') })
    expect((await pair(paths('Sent', 'sent'), [], rules)).pairs).toEqual(['Sent = sent, not yet local'])
    const localOnly = rulesOf({ translate: each((name) => name.toLowerCase()) }, { accepts: only() })
    expect((await pair(paths('Sent', 'sent'), [], localOnly)).pairs).toEqual([])
  })

  const lower = { translate: each((name: string) => `in/${name}`), describe: { nametrans: "lambda f: 'in/' + f" } }

  it('stops the account when a new remote folder would not lead back, and says what to write', async () => {
    await expect(pair(paths('a'), paths('in/a', 'notes'), rulesOf(lower))).rejects.toMatchObject({
      code: 'folder-rules/no-way-back',
      scope: 'account',
      message: expect.stringMatching(
        /^The local folder "notes" would be created as "notes" on the remote, but that one is "in.notes" locally \(remote nametrans: lambda f: 'in\/' \+ f, separator "\/"; local/,
      ),
      hint: expect.stringMatching(/^Give the local repository a nametrans that turns "notes" .*createfolders = no/),
    })
    const local = { translate: each((name: string) => `x.${name}`) }
    await expect(pair([], paths('a'), rulesOf({}, local))).rejects.toMatchObject({
      hint: expect.stringMatching(/^Give the remote repository a nametrans that undoes the local one/),
    })
  })

  it('needs no inverse where no remote folder may be created', async () => {
    const rules = rulesOf({ ...lower, createFolders: false })
    expect(await pair(paths('a'), paths('in/a', 'notes'), rules)).toMatchObject({
      pairs: ['a = in/a'],
      leftOut: ['local notes: the remote has no "notes", and createfolders = no there'],
    })
  })

  it('needs no inverse for a folder that is claimed', async () => {
    const rules = rulesOf({ separator: '.', translate: each((name) => name.replace(/^INBOX\./, '')) })
    expect(await pair(paths('INBOX', 'INBOX/Sent'), paths('INBOX', 'Sent'), rules)).toMatchObject({
      pairs: ['INBOX = INBOX', 'INBOX/Sent = Sent'],
      leftOut: [],
    })
  })

  it('warns of names that some file systems take for the same', async () => {
    const { warnings } = await pair(paths('Sent', 'sent', 'caf\u00e9', 'cafe\u0301'), [])
    expect(warnings).toEqual([
      { side: 'remote', paths: ['cafe\u0301', 'caf\u00e9'], differOnlyIn: 'unicode-form' },
      { side: 'remote', paths: ['Sent', 'sent'], differOnlyIn: 'case' },
      { side: 'local', paths: ['cafe\u0301', 'caf\u00e9'], differOnlyIn: 'unicode-form' },
      { side: 'local', paths: ['Sent', 'sent'], differOnlyIn: 'case' },
    ])
  })

  it('shows no control characters of names', async () => {
    const rules = rulesOf({ translate: each(() => '\u001b[31m\u202e') })
    await expect(pair(paths('a\u009b', 'b'), [], rules)).rejects.toMatchObject({
      message: expect.not.stringMatching(/[\p{Cc}\p{Cf}]/u),
    })
  })
})

describe('rules in plain words', () => {
  it('serve both ways', async () => {
    const rules = rulesOf({ separator: '.', ...plain('strip-prefix: INBOX.\nmap: INBOX.Sent Items -> sent') })
    const local = paths('INBOX', 'a/b', 'sent', 'new')
    expect(await pair(paths('INBOX', 'INBOX/a/b', 'INBOX/Sent Items'), local, rules)).toMatchObject({
      pairs: ['INBOX/a/b = a/b', 'INBOX = INBOX', 'INBOX/new = new, not yet remote', 'INBOX/Sent Items = sent'],
      leftOut: [],
    })
  })

  it('serve the remote when they are the local ones', async () => {
    const rules = rulesOf({}, plain('prefix: Mail.'))
    expect((await pair(paths('INBOX', 'Mail/a', 'Mail/b'), paths('INBOX', 'a', 'c'), rules)).pairs).toEqual([
      'Mail/a = a',
      'Mail/b = b, not yet local',
      'Mail/c = c, not yet remote',
      'INBOX = INBOX',
    ])
  })

  it('leave out, and do not stop for, a folder that they have no name for', async () => {
    expect(await pair([], paths('a', 'Old/b'), rulesOf(plain('prefix: Old/')))).toMatchObject({
      pairs: ['b = Old/b, not yet remote'],
      leftOut: ['local a: nametrans has no remote name for it'],
    })
  })

  it('give the local folder the visible name that the inverse would give', async () => {
    const rules = rulesOf({ separator: '/', ...plain('strip-prefix: INBOX/') })
    const { pairs } = await pairFolders({ remote: paths('INBOX/a/b'), local: [], rules })
    expect(pairs[0]?.visibleNames).toEqual({ remote: 'a/b', local: 'INBOX.a.b' })
  })
})

describe('the order', () => {
  it('is by visible name, whatever the case', async () => {
    const rules = rulesOf({ ...plain('map: z -> 0, a -> b2') })
    expect((await pair(paths('a', 'B', 'c', 'z', 'A'), [], rules)).pairs.map((text) => text[0])).toEqual([
      'z',
      'A',
      'B',
      'a',
      'c',
    ])
  })

  it('is that of foldersort, and nothing is lost that it does not mention', async () => {
    const sort = async (names: readonly string[]) => names.filter((name) => name !== 'b').toReversed()
    const { pairs, folders } = await pairFolders({
      remote: paths('a', 'b', 'c'),
      local: paths('d'),
      rules: rulesOf(),
      sort,
    })
    expect(pairs.map((one) => one.folders.remote)).toEqual(['d', 'c', 'a', 'b'])
    expect(folders.remote.map(({ name }) => name)).toEqual(['c', 'a', 'b'])
  })
})

describe('any pairing', () => {
  const level = fc.constantFrom('INBOX', 'inbox', 'a', 'A', 'b', 'a.b', 'x', '', 'Old')
  const anyPath = fc.array(level, { minLength: 1, maxLength: 3 }).map(folderPath)
  const translation = fc.constantFrom<Partial<NamingRules>>(
    {},
    plain('strip-prefix: INBOX/'),
    plain('prefix: Old/'),
    plain('map: a -> b, b -> a, INBOX -> x'),
    { translate: each((name) => name.toLowerCase()) },
    { translate: each((name) => name.replaceAll('.', '')) },
  )
  const filter = fc.constantFrom<Partial<NamingRules>>(
    {},
    { accepts: async (names) => names.map((name) => !/A|x/.test(name)) },
  )
  const side = (kind: NamingRules['kind']) =>
    fc
      .tuple(translation, filter, fc.constantFrom('/', '.', ''), fc.boolean())
      .map(([names, accepts, separator, createFolders]) => ({ kind, separator, createFolders, ...names, ...accepts }))
  const request = fc.record({
    remote: fc.uniqueArray(anyPath, { maxLength: 6 }),
    local: fc.uniqueArray(anyPath, { maxLength: 6 }),
    rules: fc.record({ remote: side('imap'), local: fc.oneof(side('maildir'), side('imap')) }),
  })

  it('puts every folder in exactly one place, and none in two pairs', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (given) => {
        const pairing = await pairFolders(given).catch(() => undefined)
        fc.pre(pairing !== undefined)
        for (const one of ['remote', 'local'] as const) {
          const paired = pairing.pairs.map(({ folders }) => folders[one])
          const leftOut = pairing.leftOut.filter((folder) => folder.side === one).map((folder) => folder.path)
          const places = [...paired, ...leftOut]
          expect(new Set(places).size).toBe(places.length)
          expect(given[one].filter((folder) => !places.includes(folder))).toEqual([])
          const missing = pairing.pairs.filter(({ missingOn }) => missingOn === one).map(({ folders }) => folders[one])
          expect(given[one].filter((folder) => missing.includes(folder))).toEqual([])
        }
      }),
    )
  })

  it('is the same once the missing folders exist', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (given) => {
        const before = await pairFolders(given).catch(() => undefined)
        fc.pre(before !== undefined)
        const remote = [...given.remote, ...before.pairs.map(({ folders }) => folders.remote)]
        const local = [...given.local, ...before.pairs.map(({ folders }) => folders.local)]
        const after = await pairFolders({ ...given, remote, local })
        expect(after.pairs).toEqual(before.pairs.map(({ missingOn, ...one }) => one))
        expect(after.leftOut.map((folder) => folder.path)).toEqual(before.leftOut.map((folder) => folder.path))
      }),
    )
  })

  it('does not depend on the order in which the folders are given', async () => {
    const settle = (pairing: ReturnType<typeof pairFolders>) => pairing.catch((error: Error) => error.message)
    await fc.assert(
      fc.asyncProperty(request, async (given) => {
        const turned = { ...given, remote: given.remote.toReversed(), local: given.local.toReversed() }
        expect(await settle(pairFolders(turned))).toEqual(await settle(pairFolders(given)))
      }),
    )
  })
})
