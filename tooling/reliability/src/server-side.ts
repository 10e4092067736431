import type { TestAccount } from '@mailtide/test-server'
import type { LawSide } from '@mailtide/testing'

/** An account of a test server as another mail client edits it. */
export function createServerSide(account: TestAccount): LawSide {
  return {
    folders: async () => account.folders().map(({ name }) => name),
    createFolder: async (path) => {
      if (!account.has(path)) account.create(path)
    },
    list: async (folder) =>
      account
        .folder(folder)
        .messages()
        .map(({ uid, bytes, flags }) => ({ id: String(uid), bytes, flags: new Set(flags) })),
    add: async (folder, { bytes, flags, receivedAt }) => {
      account.folder(folder).append(bytes, { flags, ...(receivedAt && { internalDate: receivedAt }) })
    },
    setFlags: async (folder, id, flags) => account.folder(folder).setFlags(Number(id), flags),
    remove: async (folder, id) => account.folder(folder).expunge([Number(id)]),
  }
}
