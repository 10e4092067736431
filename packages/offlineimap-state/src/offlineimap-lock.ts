import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { asStateError } from './errors.ts'
import { readText } from './read-text.ts'

/** Whether a running OfflineIMAP has an account to itself. */
export type OfflineImapLock =
  | { readonly state: 'free' }
  /** By another process, whose id is known unless it lives in another container. */
  | { readonly state: 'held'; readonly processId: number | undefined }
  /** This system doesn't tell who holds a lock. */
  | { readonly state: 'unknown'; readonly reason: string }

/** Where a test puts its own table of locks. */
export interface LockOptions {
  /** The table of all locks. Default: that of Linux. */
  readonly table?: string
}

/** A line of the table that tells of a lock that is held, not only waited for. */
interface HeldLock {
  readonly processId: number
  /** `fe:00`, hexadecimal. */
  readonly device: string
  readonly inode: string
}

/**
 * Whether another process holds `<metadata>/<account>.lock`, which OfflineIMAP does while it synchronises, not while it
 * sleeps. It locks by `flock` or by `fcntl`, depending on how it was installed; Node can do neither, but Linux shows all
 * locks in a table. A file that nobody holds was left over and means nothing.
 */
export function offlineImapLock(metadata: string, account: string, options: LockOptions = {}): OfflineImapLock {
  const { table = '/proc/locks' } = options
  const file = join(metadata, `${account}.lock`)
  const found = statOf(file)
  if (!found) return { state: 'free' }
  const text = readText(table)
  if (text === undefined) return { state: 'unknown', reason: `there is no ${table} on this system` }
  const holders = heldLocks(text).filter((lock) => lock.inode === String(found.ino))
  const holder = holders.find((lock) => lock.processId !== process.pid && isOn(lock, found))
  if (!holder) return { state: 'free' }
  return { state: 'held', processId: holder.processId > 0 ? holder.processId : undefined }
}

/**
 * | number | kind            |          |       | process | device and inode | from | to  |
 * | ------ | --------------- | -------- | ----- | ------- | ---------------- | ---- | --- |
 * | `1:`   | `POSIX`,`FLOCK` | ADVISORY | WRITE | 6759    | `fe:00:2442647`  | 0    | EOF |
 * | `1: ->`| one who waits   |          |       |         |                  |      |     |
 */
function heldLocks(table: string): HeldLock[] {
  const line = /^\d+:\s+\w+\s+\w+\s+\w+\s+(-?\d+)\s+([\da-f]+:[\da-f]+):(\d+)\s/gim
  return [...table.matchAll(line)].map(([, processId = '', device = '', inode = '']) => ({
    processId: Number(processId),
    device,
    inode,
  }))
}

/** Equal inodes may be on different disks; on some file systems (btrfs) the table and `stat` name the device differently. */
function isOn(lock: HeldLock, found: FileIdentity): boolean {
  const [major = 0, minor = 0] = lock.device.split(':').map((part) => Number.parseInt(part, 16))
  if (major === majorOf(found.dev) && minor === minorOf(found.dev)) return true
  const open = openFiles(lock.processId)
  return open === undefined || open.some(({ dev, ino }) => dev === found.dev && ino === found.ino)
}

// How Linux packs a device number (makedev(3)).
function majorOf(device: number): number {
  const bits = BigInt(device)
  return Number(((bits >> 8n) & 0xfffn) | ((bits >> 32n) & 0xfffff000n))
}

function minorOf(device: number): number {
  const bits = BigInt(device)
  return Number((bits & 0xffn) | ((bits >> 12n) & 0xffffff00n))
}

/** The files that a process has open; undefined if it may not be asked. */
function openFiles(processId: number): FileIdentity[] | undefined {
  const directory = `/proc/${processId}/fd`
  try {
    return readdirSync(directory).flatMap((name) => statOf(join(directory, name)) ?? [])
  } catch {
    return undefined
  }
}

interface FileIdentity {
  readonly dev: number
  readonly ino: number
}

function statOf(file: string): FileIdentity | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false })
  } catch (thrown) {
    throw asStateError(file, thrown)
  }
}
