import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type FolderPair, type FolderPath, messageId, noFlags, type Pair } from '@mailtide/contracts'
import { describeStatusStore, temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it, vi } from 'vitest'
import { openStatus } from './index.ts'

const inbox: FolderPair = { local: 'INBOX' as FolderPath, remote: 'INBOX' as FolderPath }
const files = new WeakMap<object, string>()

function openedAt(file: string) {
  const store = openStatus({ file, durable: false })
  files.set(store, file)
  return store
}

describeStatusStore('status-sqlite', {
  create: async () => openedAt(newFile()),
  reopen: async (closed) => openedAt(files.get(closed) ?? ''),
})

function newFile(): string {
  return join(temporaryDirectory(), 'Account-test', 'mailtide.sqlite')
}

function pairs(count: number): Pair[] {
  return Array.from({ length: count }, (_, index) => ({
    local: messageId(`1700000000_${index}.1.host,U=${index + 1}`),
    remote: messageId(String(index + 1)),
    flags: noFlags,
  }))
}

function filled(count: number): string {
  const file = newFile()
  const status = openStatus({ file, durable: false })
  status.folder(inbox).commit({ put: pairs(count) })
  status.close()
  return file
}

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

describe('the file of a status', () => {
  it('is for its owner alone, and so is its directory', () => {
    const file = newFile()
    const status = openStatus({ file, durable: true })
    status.folder(inbox).commit({ put: pairs(1) })
    expect(readdirSync(dirname(file)).sort()).toEqual(['mailtide.sqlite', 'mailtide.sqlite-wal'])
    const modes = [dirname(file), file, `${file}-wal`].map(modeOf)
    expect(modes).toEqual(['700', '600', '600'])
    status.close()
    expect(readdirSync(dirname(file))).toEqual(['mailtide.sqlite'])
  })

  it('belongs to one at a time', () => {
    const file = newFile()
    const status = openStatus({ file, durable: false })
    expect(() => openStatus({ file, durable: false })).toThrow(expect.objectContaining({ code: 'status/in-use' }))
    status.close()
    openStatus({ file, durable: false }).close()
  })

  it('begins anew where it was moved away, whatever log it left behind', () => {
    const file = newFile()
    const status = openStatus({ file, durable: false })
    status.folder(inbox).commit({ put: pairs(3) })
    const log = readFileSync(`${file}-wal`)
    status.close()
    rmSync(file)
    writeFileSync(`${file}-wal`, log)
    const again = openStatus({ file, durable: false })
    expect([...again.folders()]).toEqual([])
    again.close()
  })

  it('names itself and a way out when it cannot be made', () => {
    const notADirectory = join(temporaryDirectory(), 'file')
    writeFileSync(notADirectory, '')
    const file = join(notADirectory, 'mailtide.sqlite')
    expect(() => openStatus({ file, durable: false })).toThrow(
      expect.objectContaining({ code: 'status/unreachable', message: expect.stringContaining(file) }),
    )
  })

  it('of the time before labels is brought forward, or read as it is', () => {
    const file = filled(2)
    const database = new DatabaseSync(file)
    database.exec('ALTER TABLE pair DROP COLUMN label_set; PRAGMA user_version = 1')
    database.close()
    for (const readOnly of [true, false]) {
      const status = openStatus({ file, durable: false, readOnly })
      expect([...status.folder(inbox).pairs()]).toStrictEqual(pairs(2))
      status.close()
    }
    const status = openStatus({ file, durable: false })
    const put = pairs(2).map((pair) => ({ ...pair, labels: new Set(['Work']) }))
    status.folder(inbox).commit({ put })
    expect([...status.folder(inbox).pairs()]).toEqual(put)
    status.close()
  })

  it('is refused when a later mailtide wrote it', () => {
    const file = filled(1)
    const database = new DatabaseSync(file)
    database.exec('PRAGMA user_version = 99')
    database.close()
    for (const readOnly of [false, true]) {
      expect(() => openStatus({ file, durable: false, readOnly })).toThrow(
        expect.objectContaining({ code: 'status/too-new', message: expect.stringContaining('99') }),
      )
    }
  })
})

describe('a damaged status', () => {
  const damages: Record<string, (file: string) => void> = {
    'that was emptied': (file) => truncateSync(file, 0),
    'of other bytes': (file) => writeFileSync(file, 'no database\n'.repeat(1000)),
    'cut off': (file) => truncateSync(file, 5000),
    'that is some other database': (file) => {
      truncateSync(file, 0)
      const database = new DatabaseSync(file)
      database.exec('CREATE TABLE mail (id)')
      database.close()
    },
  }
  for (const [what, damage] of Object.entries(damages)) {
    it(`${what} is an error that says what to do, and stays as it is`, () => {
      const file = filled(1)
      damage(file)
      const bytes = readFileSync(file)
      for (const readOnly of [false, true]) {
        const use = () => openStatus({ file, durable: false, readOnly }).folder(inbox)
        expect(use).toThrow(
          expect.objectContaining({ code: 'status/damaged', hint: expect.stringContaining('backup') }),
        )
      }
      expect(readFileSync(file).equals(bytes)).toBe(true)
    })
  }

  it('whose texts are not what was written is found when they are read', () => {
    const file = filled(1)
    const database = new DatabaseSync(file)
    database.exec(`UPDATE folder SET cursors = 'nonsense'`)
    database.close()
    const status = openStatus({ file, durable: false })
    expect(() => status.folder(inbox)).toThrow(expect.objectContaining({ code: 'status/damaged' }))
    status.close()
  })

  it('of scattered bad pages is found when they are read', () => {
    const file = filled(5000)
    const bytes = readFileSync(file)
    for (let page = 10; page < bytes.length / 4096; page++) randomBytes(4096).copy(bytes, page * 4096)
    writeFileSync(file, bytes)
    const folder = openStatus({ file, durable: false }).folder(inbox)
    expect(() => [...folder.pairs()]).toThrow(expect.objectContaining({ code: 'status/damaged' }))
  })
})

describe('a status opened for reading', () => {
  it('is empty where there is no file, and makes none', () => {
    const directory = temporaryDirectory()
    const status = openStatus({ file: join(directory, 'a', 'mailtide.sqlite'), durable: true, readOnly: true })
    expect([status.messageCount, [...status.folders()], status.folder(inbox).count]).toEqual([0, [], 0])
    status.close()
    expect(readdirSync(directory)).toEqual([])
  })

  it('answers as the file does, and writes nothing beside it', () => {
    const file = filled(3)
    const before = statSync(file, { bigint: true })
    const status = openStatus({ file, durable: true, readOnly: true })
    expect([...status.folder(inbox).pairs()]).toEqual(pairs(3))
    expect(status.folder(inbox).pair('local', pairs(3)[1]?.local ?? messageId(''))).toEqual(pairs(3)[1])
    expect(readdirSync(dirname(file))).toEqual(['mailtide.sqlite'])
    status.close()
    expect(readdirSync(dirname(file))).toEqual(['mailtide.sqlite'])
    expect(statSync(file, { bigint: true }).mtimeNs).toBe(before.mtimeNs)
  })

  it('finds what a crash left in the log, in a copy that it removes again', () => {
    const file = newFile()
    const crashed = openStatus({ file, durable: false })
    crashed.folder(inbox).commit({ put: pairs(3) })
    const copy = join(temporaryDirectory(), 'mailtide.sqlite')
    for (const suffix of ['', '-wal']) writeFileSync(copy + suffix, readFileSync(file + suffix))
    crashed.close()
    const names = readdirSync(dirname(copy))
    const elsewhere = join(temporaryDirectory(), 'tmp')
    mkdirSync(elsewhere)
    vi.stubEnv('TMPDIR', elsewhere)
    const status = openStatus({ file: copy, durable: true, readOnly: true })
    vi.unstubAllEnvs()
    expect([...status.folder(inbox).pairs()]).toEqual(pairs(3))
    expect(readdirSync(dirname(copy))).toEqual(names)
    status.close()
    expect(readdirSync(elsewhere)).toEqual([])
  })

  it.each([
    { deed: 'commit', write: (status) => status.folder(inbox).commit({ put: pairs(1) }) },
    { deed: 'intend', write: (status) => status.folder(inbox).intend([]) },
    { deed: 'reset', write: (status) => status.folder(inbox).reset() },
    { deed: 'setNote', write: (status) => status.setNote('root', 'x') },
  ] satisfies { deed: string; write: (status: ReturnType<typeof openStatus>) => void }[])(
    'refuses to $deed',
    ({ write }) => {
      const status = openStatus({ file: filled(1), durable: false, readOnly: true })
      expect(() => write(status)).toThrow(expect.objectContaining({ code: 'status/read-only' }))
      status.close()
    },
  )
})
