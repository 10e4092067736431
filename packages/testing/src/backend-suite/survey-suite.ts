import { type Cursor, type FolderPath, folderPath, type MessageId, noFlags, parentsOf } from '@mailtide/contracts'
import { describe, expect } from 'vitest'
import type { BackendSuite } from './backend-under-test.ts'
import { append, backendTest, knownOf, list, mailAbout, mailOf, type Room, signal, work } from './room.ts'

const oddNames = [
  'a.b',
  'R/D',
  '100%',
  'a%2Fb',
  'Entwürfe',
  '日本語 ✉',
  'a b',
  '"quoted"',
  'back\\slash',
  'A&B',
  'a*b',
  '-x',
].concat(['&-', '~', '#news', "it's", '(x)', '{5}', 'x'.repeat(100)])

/** Folders: which there are, which changed, how they come to be. */
export function describeSurvey(suite: BackendSuite): void {
  describe('survey', () => {
    backendTest(suite, 'lists each folder once', async (room) => {
      for (const name of ['Work', 'Work/Old', 'Lists']) await room.repository.createFolder(name as FolderPath, signal)
      const paths = (await room.repository.survey(new Map(), signal)).map(({ path }) => path)
      expect(paths).toEqual(expect.arrayContaining(['Work', 'Work/Old', 'Lists']))
      expect(new Set(paths).size).toBe(paths.length)
    })

    backendTest(suite, 'holds every folder for changed that it has no good cursor of', async (room) => {
      await room.visit(list)
      await room.backend.settle?.()
      const { epoch, position } = await cursorNow(room)
      expect(await mayHaveChanged(room, undefined)).toBe(true)
      expect(await mayHaveChanged(room, { epoch, position: '' })).toBe(true)
      expect(await mayHaveChanged(room, { epoch: `${epoch}1`, position })).toBe(true)
    })

    backendTest(
      suite,
      'tells a folder that did not change',
      async (room) => {
        await room.visit((folder) => append(folder, mailAbout('a'), mailAbout('b')))
        await room.backend.settle?.()
        expect(await mayHaveChanged(room, await cursorNow(room))).toBe(false)
      },
      'telling-unchanged',
    )

    const edits: Record<string, (room: Room, id: MessageId) => Promise<void>> = {
      'new mail': ({ backend }) => backend.add(work, mailAbout('b')),
      'other flags': ({ backend }, id) => backend.setFlags(work, id, new Set(['\\Flagged'])),
      'fewer flags': ({ backend }, id) => backend.setFlags(work, id, noFlags),
      'a removal': ({ backend }, id) => backend.remove(work, id),
    }
    for (const [what, edit] of Object.entries(edits)) {
      backendTest(suite, `never calls a folder unchanged after ${what}`, async (room) => {
        const [id] = await room.visit((folder) => append(folder, mailAbout('a', new Set(['\\Seen']))))
        if (id === undefined) throw new Error('nothing was appended')
        await room.backend.settle?.()
        const cursor = await cursorNow(room)
        await edit(room, id)
        expect(await mayHaveChanged(room, cursor)).toBe(true)
      })
    }

    backendTest(suite, 'passes over cursors of folders that are gone', async (room) => {
      const known = new Map([['Gone' as FolderPath, await cursorNow(room)]])
      expect((await room.repository.survey(known, signal)).map(({ path }) => path)).not.toContain('Gone')
    })

    backendTest(
      suite,
      'throws when the root is gone',
      async (room) => {
        await room.visit((folder) => append(folder, mailAbout('a')))
        await room.backend.removeRoot?.()
        await expect(room.repository.survey(new Map(), signal)).rejects.toMatchObject({ name: 'MailtideError' })
        expect(await room.repository.readMark?.(signal)).toBeUndefined()
      },
      'removable-root',
    )
  })

  describe('the mark of a store', () => {
    backendTest(suite, 'is made once and stays', async ({ repository }, context) => {
      if (!repository.readMark || !repository.establish) return context.skip('this store carries no mark')
      const mark = await repository.establish(signal)
      expect(mark).not.toBe('')
      expect(await repository.establish(signal)).toBe(mark)
      expect(await repository.readMark(signal)).toBe(mark)
    })
  })

  describe('createFolder', () => {
    backendTest(suite, 'makes a folder whose parents are missing', async ({ repository, visit }) => {
      const path = 'a1/b2/c3' as FolderPath
      await visit((folder) => append(folder, mailAbout('a')), path)
      expect((await repository.survey(new Map(), signal)).map((survey) => survey.path)).toContain(path)
      expect((await visit(list, path)).size).toBe(1)
    })

    backendTest(
      suite,
      'makes the folders above it too',
      async ({ repository }) => {
        const path = 'a1/b2/c3/d4' as FolderPath
        await repository.createFolder(path, signal)
        const paths = (await repository.survey(new Map(), signal)).map((survey) => survey.path)
        expect(paths).toEqual(expect.arrayContaining([...parentsOf(path), path]))
        for (const each of [...parentsOf(path), path]) {
          const folder = await repository.open(each, 'select', signal)
          await folder.close()
        }
      },
      'folders-above',
    )

    backendTest(suite, 'leaves a folder that exists as it is', async (room) => {
      await room.visit((folder) => append(folder, mailAbout('a')))
      await room.repository.createFolder(work, signal)
      expect((await room.visit(list)).size).toBe(1)
    })

    for (const name of oddNames) {
      backendTest(suite, `makes a folder named ${name}, and finds it again`, async (room, context) => {
        const refusal = suite.refusesName?.(name)
        if (refusal !== undefined) return context.skip(refusal)
        const path = folderPath(['Odd', name])
        await room.visit((folder) => append(folder, mailOf(`Subject: here\r\n\r\n`)), path)
        const paths = (await room.repository.survey(new Map(), signal)).map((survey) => survey.path)
        expect(paths.filter((each) => each === path)).toEqual([path])
        expect((await room.visit(list, path)).size).toBe(1)
      })
    }
  })
}

async function mayHaveChanged({ repository }: Room, cursor: Cursor | undefined): Promise<boolean | undefined> {
  const known = new Map(cursor ? [[work, cursor]] : [])
  return (await repository.survey(known, signal)).find(({ path }) => path === work)?.mayHaveChanged
}

async function cursorNow({ visit }: Room): Promise<Cursor> {
  return visit(async (folder) => (await folder.changes(undefined, knownOf([]), signal)).cursor)
}
