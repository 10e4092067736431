import type { LabelSet } from '@mailtide/contracts'
import type { TestAccount } from '@mailtide/test-server'
import type { LawSide } from '@mailtide/testing'

/** Whether a folder is one of Gmail's own, or stands for a label that the law gives to messages. */
export function isLabelAlone(folder: string): boolean {
  return /^(?:\[Gmail\](?:\/.*)?|Lists|Two words|Grün)$/.test(folder)
}

/** An account of a test server as another mail client edits it. */
export function createServerSide(account: TestAccount, hasLabels = false): LawSide {
  return {
    ...(hasLabels && {
      setLabels: async (folder: string, id: string, labels: LabelSet) => {
        const readable = [...labels].map((label) => label.replace('Gr&APw-n', 'Grün'))
        account.folder(folder).setLabels(Number(id), readable)
      },
    }),
    folders: async () => account.folders().flatMap(({ name }) => (hasLabels && isLabelAlone(name) ? [] : [name])),
    createFolder: async (path) => {
      if (!account.has(path)) account.create(path)
    },
    list: async (folder) =>
      account
        .folder(folder)
        .messages()
        .map(({ uid, bytes, flags, letter }) => ({
          id: String(uid),
          bytes,
          flags: new Set(flags),
          ...(hasLabels && { labels: new Set(letter?.labels.filter((label) => !isOwn(label))) }),
        })),
    add: async (folder, { bytes, flags, receivedAt }) => {
      account.folder(folder).append(bytes, { flags, ...(receivedAt && { internalDate: receivedAt }) })
    },
    setFlags: async (folder, id, flags) => account.folder(folder).setFlags(Number(id), flags),
    remove: async (folder, id) => account.folder(folder).expunge([Number(id)]),
  }
}

/** A label that stands for one of the law's folders, or that follows from a flag. */
function isOwn(label: string): boolean {
  return !['Lists', 'Two words', 'Gr&APw-n', '\\Important'].includes(label)
}
