import { readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FlagSet, type FolderPath, noFlags, parentsOf, type Repository } from '@mailtide/contracts'
import { toLf, withLabels } from '@mailtide/message-bytes'
import { type BackendUnderTest, describeBackend, temporaryDirectory } from '@mailtide/testing'
import { createDirectoryNames } from './directory-name.ts'
import { parseName } from './file-name.ts'
import { createFlagLetters } from './flag-letters.ts'
import { createMaildirRepository, type MaildirOptions } from './index.ts'

const letters = createFlagLetters()

async function create(options: Partial<MaildirOptions>): Promise<BackendUnderTest> {
  const root = join(temporaryDirectory(), 'mail')
  let ahead = 0
  const now = () => new Date(Date.now() + ahead)
  const repository = createMaildirRepository({ root, durable: false, now, ...options })
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
    async setLabels(folder, id, labels) {
      for (const path of filesOf(folder, id)) {
        const content = withLabels(readFileSync(path), options.labels?.header ?? '', labels)
        // In its place, as some editors do, or as mail clients do it.
        if (++serial % 2 === 0) writeFileSync(path, content)
        else {
          const temporary = join(root, directoryOf(folder), 'tmp', 'theirs')
          writeFileSync(temporary, content)
          renameSync(temporary, path)
        }
      }
    },
    async settle() {
      // The time at which a file changed can't be set: the clock goes on instead.
      ahead += 10_000
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

describeBackend('backend-maildir with labels', {
  create: () => create({ labels: { header: 'X-Keywords' } }),
  labels: true,
  lacks,
  refusesName: (segment) => (segment.includes('.') ? 'a dot separates folders here' : undefined),
})
