import { createHash } from 'node:crypto'
import { renameSync } from 'node:fs'
import { type FolderPath, messageId } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { createMaildirRepository } from './create-maildir-repository.ts'
import { createFixture, inbox, knownIds, signal, summaries } from './maildir.fixture.ts'
import { migrateFolderHashes } from './migrate-folder-hashes.ts'

const md5 = (name: string) => createHash('md5').update(name).digest('hex')
const [plain, present, other] = ['INBOX', 'mail.INBOX', 'Elsewhere'].map(md5)

/** A folder INBOX that is called `mail.INBOX` after nametrans. */
async function createTranslated(localName = (path: FolderPath) => `mail.${path}`) {
  const fixture = await createFixture({ localName })
  return {
    ...fixture,
    async peers() {
      await fixture.maildir.survey(new Map(), signal)
      const folder = await fixture.maildir.open(inbox, 'select', signal)
      const listed = summaries(await folder.changes(undefined, knownIds(), signal))
      return [...listed.values()].map(({ id, peer }) => `${/^\d+/.exec(id)?.[0]}: ${peer}`).sort()
    },
  }
}

describe('a folder that was taken over', () => {
  it('knows UIDs by the hash of its name, before nametrans and after, and by no other', async () => {
    const { put, peers } = await createTranslated()
    put(`cur/1_0.7.vm,U=4,FMD5=${present}:2,S`)
    put(`cur/2_0.7.vm,U=5,FMD5=${plain}:2,S`)
    put(`new/3_0.7.vm,U=6,FMD5=${plain}!2,`)
    put(`cur/4_0.7.vm,U=7,FMD5=${other}:2,S`)
    put('cur/5_0.7.vm,U=8:2,S')
    expect(await peers()).toEqual(['1: 4', '2: 5', '3: 6', '4: undefined', '5: undefined'])
  })

  it('gives a UID that several names claim to the present hash, then to the oldest', async () => {
    const { put, peers } = await createTranslated()
    put(`cur/1_0.7.vm,U=4,FMD5=${plain}:2,S`)
    put(`cur/2_0.7.vm,U=4,FMD5=${present}:2,S`)
    put(`cur/3_0.7.vm,U=4,FMD5=${present}:2,S`)
    put(`cur/4_0.7.vm,U=5,FMD5=${plain}:2,S`)
    put(`cur/5_0.7.vm,U=5,FMD5=${plain}:2,S`)
    expect(await peers()).toEqual(['1: undefined', '2: 4', '3: undefined', '4: 5', '5: undefined'])
  })

  it('takes no hash for its own that another folder has after nametrans', async () => {
    const { put, peers, maildir } = await createTranslated((path) => (path === inbox ? 'mail.INBOX' : 'INBOX'))
    put(`cur/1_0.7.vm,U=4,FMD5=${plain}:2,S`)
    expect(await peers()).toEqual(['1: 4'])
    await maildir.createFolder('Work' as FolderPath, signal)
    expect(await peers()).toEqual(['1: undefined'])
  })

  it('takes no former hash as long as the other folders are unknown', async () => {
    const { root, put } = await createTranslated()
    put(`cur/1_0.7.vm,U=4,FMD5=${plain}:2,S`)
    const maildir = createMaildirRepository({ root, localName: (path) => `mail.${path}` })
    const folder = await maildir.open(inbox, 'examine', signal)
    const [summary] = summaries(await folder.changes(undefined, knownIds(), signal)).values()
    expect(summary?.peer).toBeUndefined()
  })

  it('writes the present hash where it notes a UID', async () => {
    const { folder, put, names } = await createTranslated()
    put(`cur/1_0.7.vm,U=4,FMD5=${plain}:2,S`)
    const id = messageId(`1_0.7.vm,U=4,FMD5=${plain}`)
    await folder.notePeers?.([{ id, peer: messageId('4') }], signal)
    expect(names('cur')).toEqual([`1893456000_0.7.vm,U=4,FMD5=${present}:2,S`])
  })
})

describe('migrateFolderHashes', () => {
  async function createMigration() {
    const fixture = await createTranslated()
    const { put } = fixture
    put(`cur/1_0.7.vm,U=4,FMD5=${plain}:2,FSz`, 'one')
    put(`new/2_0.7.vm,U=5,FMD5=${plain}!2,`, 'two')
    put(`cur/3_0.7.vm,U=6,FMD5=${present}:2,S`)
    put(`cur/4_0.7.vm,U=7,FMD5=${other}:2,S`)
    put('new/5.theirs')
    const localName = (path: FolderPath) => `mail.${path}`
    const migrate = (dryRun: boolean) => migrateFolderHashes({ root: fixture.root, localName, dryRun }, signal)
    const files = () => [...fixture.names('cur'), ...fixture.names('new')]
    return { ...fixture, migrate, files }
  }

  const expected = {
    path: 'INBOX',
    renamed: [
      { from: `new/2_0.7.vm,U=5,FMD5=${plain}!2,`, to: `new/2_0.7.vm,U=5,FMD5=${present}!2,` },
      { from: `cur/1_0.7.vm,U=4,FMD5=${plain}:2,FSz`, to: `cur/1_0.7.vm,U=4,FMD5=${present}:2,FSz` },
    ],
    neither: ['new/5.theirs', `cur/4_0.7.vm,U=7,FMD5=${other}:2,S`],
    inTheWay: [],
  }

  it('renames what has the hash of the plain name, and tells what has neither', async () => {
    const { migrate, files, peers } = await createMigration()
    expect(await migrate(false)).toEqual([expected])
    expect(files()).toEqual([
      `1_0.7.vm,U=4,FMD5=${present}:2,FSz`,
      `3_0.7.vm,U=6,FMD5=${present}:2,S`,
      `4_0.7.vm,U=7,FMD5=${other}:2,S`,
      `2_0.7.vm,U=5,FMD5=${present}!2,`,
      '5.theirs',
    ])
    expect(await peers()).toEqual(['1: 4', '2: 5', '3: 6', '4: undefined', '5: undefined'])
    expect(await migrate(false)).toEqual([{ ...expected, renamed: [] }])
  })

  it('changes nothing in a dry run, and tells the same', async () => {
    const { migrate, files } = await createMigration()
    const before = files()
    expect(await migrate(true)).toEqual([expected])
    expect(files()).toEqual(before)
  })

  it('replaces no file', async () => {
    const { migrate, put, files } = await createMigration()
    put(`cur/1_0.7.vm,U=4,FMD5=${present}:2,FSz`, 'another')
    const [folder] = await migrate(false)
    expect(folder?.inTheWay).toEqual([`cur/1_0.7.vm,U=4,FMD5=${plain}:2,FSz`])
    expect(files()).toHaveLength(6)
  })

  it('leaves alone a hash that another folder has after nametrans', async () => {
    const { root, put, maildir, names } = await createTranslated()
    await maildir.createFolder('Work' as FolderPath, signal)
    put(`cur/1_0.7.vm,U=4,FMD5=${plain}:2,S`)
    const localName = (path: FolderPath) => (path === inbox ? 'mail.INBOX' : 'INBOX')
    const migrated = await migrateFolderHashes({ root, localName }, signal)
    expect(migrated.find(({ path }) => path === inbox)).toMatchObject({
      renamed: [],
      neither: [`cur/1_0.7.vm,U=4,FMD5=${plain}:2,S`],
    })
    expect(names('cur')).toHaveLength(1)
  })

  it('says that the root is missing', async () => {
    const { root } = await createTranslated()
    renameSync(root, `${root}.away`)
    await expect(migrateFolderHashes({ root, localName: String }, signal)).rejects.toMatchObject({
      code: 'maildir/root-missing',
    })
  })
})
