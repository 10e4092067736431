import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { FlagSet, LabelSet } from '@mailtide/contracts'
import { readLabels, toCrlf, toLf, withLabels, withoutHeaders } from '@mailtide/message-bytes'
import type { LawMail, LawMessage, LawSide } from '@mailtide/testing'

const letters: Readonly<Record<string, string>> = {
  D: '\\Draft',
  F: '\\Flagged',
  R: '\\Answered',
  S: '\\Seen',
  T: '\\Deleted',
}

/** A Maildir side in which messages may also lie under the names that OfflineIMAP gave them. */
export interface MaildirSide extends LawSide {
  addNamed(folder: string, mail: LawMail, uid: number): Promise<void>
}

/** A tree of Maildirs with `sep = .` as a mail client edits it: by file operations and nothing else. */
export function createMaildirSide(root: string, labelsHeader?: string): MaildirSide {
  let deliveries = 0
  const directory = (folder: string) => join(root, folder.replaceAll('/', '.'))
  const write = (folder: string, base: string, flags: FlagSet, place: (file: string) => void) => {
    const info = Object.keys(letters)
      .filter((letter) => flags.has(letters[letter] as string))
      .join('')
    place(join(directory(folder), flags.size === 0 ? 'new' : 'cur', info === '' ? base : `${base}:2,${info}`))
  }
  const deliver = (folder: string, base: string, { bytes, flags, receivedAt }: LawMail) => {
    write(folder, base, flags, (file) => {
      writeFileSync(file, toLf(bytes))
      if (receivedAt) utimesSync(file, receivedAt, receivedAt)
    })
  }
  const fileOf = (folder: string, id: string) => {
    for (const part of ['cur', 'new']) {
      const name = readdirSync(join(directory(folder), part)).find((file) => baseOf(file) === id)
      if (name !== undefined) return join(directory(folder), part, name)
    }
    throw new Error(`no file ${id} in ${folder}`)
  }
  return {
    async folders() {
      if (!existsSync(root)) return []
      return readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? [entry.name.replaceAll('.', '/')] : [],
      )
    },
    async createFolder(path) {
      for (const part of ['tmp', 'new', 'cur']) mkdirSync(join(directory(path), part), { recursive: true })
    },
    async list(folder) {
      return ['cur', 'new'].flatMap((part) =>
        readdirSync(join(directory(folder), part)).map(
          (file): LawMessage => ({
            id: baseOf(file),
            ...contentOf(toCrlf(readFileSync(join(directory(folder), part, file))), labelsHeader),
            flags: new Set([...(file.split(':2,')[1] ?? '')].map((letter) => letters[letter] ?? letter)),
          }),
        ),
      )
    },
    add: async (folder, mail) => deliver(folder, `1700000000.M${++deliveries}P1.client`, mail),
    async addNamed(folder, mail, uid) {
      const hash = createHash('md5').update(folder.replaceAll('/', '.')).digest('hex')
      deliver(folder, `1700000000_${++deliveries}.1.client,U=${uid},FMD5=${hash}`, mail)
    },
    async setFlags(folder, id, flags) {
      write(folder, id, flags, (file) => renameSync(fileOf(folder, id), file))
    },
    ...(labelsHeader !== undefined && {
      async setLabels(folder: string, id: string, labels: LabelSet) {
        const file = fileOf(folder, id)
        const edited = join(directory(folder), 'tmp', 'edited')
        writeFileSync(edited, withLabels(readFileSync(file), labelsHeader, labels))
        const { atime, mtime } = statSync(file)
        utimesSync(edited, atime, mtime)
        renameSync(edited, file)
      },
    }),
    async remove(folder, id) {
      rmSync(fileOf(folder, id))
    },
  }
}

/** Labels are no part of what both sides have to hold alike, octet for octet. */
function contentOf(bytes: Uint8Array, labelsHeader: string | undefined): Pick<LawMessage, 'bytes' | 'labels'> {
  if (labelsHeader === undefined) return { bytes }
  return { bytes: withoutHeaders(bytes, [labelsHeader]), labels: new Set(readLabels(bytes, labelsHeader)) }
}

function baseOf(file: string): string {
  return file.split(':2,')[0] as string
}
