import { readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FlagSet, type FolderPath, noFlags, parentsOf, type Repository } from '@mailtide/contracts'
import { toLf } from '@mailtide/message-bytes'
import { type BackendUnderTest, describeBackend, temporaryDirectory } from '@mailtide/testing'
import { createDirectoryNames } from './directory-name.ts'
import { parseName } from './file-name.ts'
import { createFlagLetters } from './flag-letters.ts'
import { createMaildirRepository, type MaildirOptions } from './index.ts'

const letters = createFlagLetters()

async function create(options: Partial<MaildirOptions>): Promise<BackendUnderTest> {
  const root = join(temporaryDirectory(), 'mail')
  const repository = createMaildirRepository({ root, durable: false, ...options })
  const { directoryOf } = createDirectoryNames(options.separator ?? '.')
  const parts = (folder: FolderPath) => ['new', 'cur'].map((part) => join(root, directoryOf(folder), part))
  let serial = 0

  const nameOf = (base: string, flags: FlagSet) => `${base}:2,${letters.change('', flags, noFlags)}`
  const filesOf = (folder: FolderPath, id: string) =>
    parts(folder).flatMap((part) =>
      readdirSync(part)
        .filter((name) => parseName(name).base === id)
        .map((name) => join(part, name)),
    )

  return {
    repository: withFoldersAbove(repository),
    async add(folder, { bytes, flags, receivedAt }) {
      const path = join(root, directoryOf(folder), 'cur', nameOf(`${++serial}.theirs`, flags))
      writeFileSync(path, toLf(bytes))
      utimesSync(path, receivedAt, receivedAt)
    },
    async setFlags(folder, id, flags) {
      const target = join(root, directoryOf(folder), 'cur', nameOf(id, flags))
      for (const path of filesOf(folder, id)) renameSync(path, target)
    },
    async remove(folder, id) {
      for (const path of filesOf(folder, id)) rmSync(path)
    },
    async settle() {
      const past = new Date(Date.now() - 10_000)
      for (const part of parts('Work' as FolderPath)) utimesSync(part, past, past)
    },
    removeRoot: async () => rmSync(root, { recursive: true }),
    close: () => repository.close(),
  }
}

/**
 * This backend makes the directories above a folder, but no Maildirs of them: as OfflineIMAP, for each would be a
 * folder that the other side does not have. The suite wants to open them, so they are asked for one by one.
 */
function withFoldersAbove(repository: Repository): Repository {
  return {
    ...repository,
    async createFolder(path, signal) {
      for (const each of [...parentsOf(path), path]) await repository.createFolder(each, signal)
    },
  }
}

const lacks = { epochs: 'base names never lose their meaning' }

describeBackend('backend-maildir', {
  create: () => create({}),
  lacks,
  refusesName: (segment) => (segment.includes('.') ? 'a dot separates folders here' : undefined),
})

describeBackend('backend-maildir with nested directories', {
  create: () =>
    create({ separator: '/', infoSeparator: '!', nameTimeFromHeader: true, restoreAccessTime: true, durable: true }),
  lacks,
})
