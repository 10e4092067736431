import { spawn } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, realpath } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keepDoor, type LoggedIn } from './courier-login.ts'
import { serverMissing } from './errors.ts'
import { findMailOwner, type MailOwner } from './mail-owner.ts'
import { type UnpackedPackages, unpackPackages } from './unpacked-packages.ts'
import { startWatchdog } from './watchdog.ts'

/** Whether integration tests may start a Courier here, or why they have to be skipped. */
export type CourierAvailability = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/** How a private Courier differs from the usual one. */
export interface CourierOptions {
  /** Extensions that are not to be offered: `['UIDPLUS', 'IDLE']`. */
  readonly without?: readonly string[]
  /** More of what Courier's configuration file would hold: `{ IMAP_KEYWORDS: '0' }`. */
  readonly settings?: Readonly<Record<string, string>>
}

/** A Courier on loopback that nobody else uses. */
export interface CourierServer {
  readonly host: '127.0.0.1'
  /** Takes passwords in the clear. */
  readonly port: number
  /** Adds a user with an empty mailbox, or changes the password of one. */
  addUser(name: string, password: string): Promise<void>
  /** What its processes printed last. */
  logTail(): Promise<string>
  /** Ends the server and removes all its files. */
  close(): Promise<void>
}

const capabilities = 'IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT THREAD=REFERENCES SORT QUOTA IDLE'

// What imapd.conf of Debian's package says.
const usualSettings = {
  IMAP_KEYWORDS: '1',
  IMAP_ACL: '0',
  IMAP_USELOCKS: '1',
  IMAP_CHECK_ALL_FOLDERS: '0',
  IMAP_EMPTYTRASH: '',
  IMAP_ENHANCEDIDLE: '0',
  IMAP_IDLE_TIMEOUT: '1',
  IMAP_MAILBOX_SANITY_CHECK: '0',
  IMAP_OBSOLETE_CLIENT: '0',
  IMAP_DISABLETHREADSORT: '0',
  IMAP_UMASK: '022',
}

let unpacked: Promise<UnpackedPackages | string> | undefined

/**
 * Whether {@link startCourier} can work on this machine. Debian's packages exclude other mail servers, so they are not
 * installed but unpacked, the first time that anybody asks.
 */
export async function courierAvailability(): Promise<CourierAvailability> {
  const courier = await findCourier()
  return typeof courier === 'string' ? { ok: false, reason: courier } : { ok: true }
}

function findCourier(): Promise<UnpackedPackages | string> {
  unpacked ??= unpackPackages(['courier-imap', 'courier-authlib'])
  return unpacked
}

/**
 * Starts a Courier of its own on a free port in a temporary directory: as `nobody` where we are root. Courier's log-in
 * programs have their paths compiled in, so the log-in is ours; all that follows is Courier's own imapd, a process a
 * connection.
 */
export async function startCourier(options: CourierOptions = {}): Promise<CourierServer> {
  const courier = await findCourier()
  if (typeof courier === 'string') throw serverMissing(courier)
  const { root, libraryPath } = courier
  const owner = await findMailOwner()
  const directory = await mkdtemp(join(await realpath(tmpdir()), 'mailtide-courier-'))
  await chmod(directory, 0o755)
  const watchdog = startWatchdog(directory, undefined)
  const offered = capabilities.split(' ').filter((name) => !options.without?.includes(name))
  const environment = {
    LD_LIBRARY_PATH: libraryPath,
    PROTOCOL: 'IMAP',
    IMAP_CAPABILITY: offered.join(' '),
    MAILDIRQUOTA: '',
    TCPREMOTEIP: '127.0.0.1',
    TCPREMOTEPORT: '1',
  }
  const passwords = new Map<string, string>()
  const sockets = new Set<Socket>()
  const running = new Set<Promise<void>>()
  let printed = ''

  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => socket.destroy())
    socket.once('close', () => sockets.delete(socket))
    keepDoor(socket, {
      capabilities: offered,
      isLetIn: (user, password) => passwords.get(user) === password,
      welcome(login) {
        const ended = serve(socket, login).then(() => void running.delete(ended))
        running.add(ended)
      },
    })
  })
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  return {
    host: '127.0.0.1',
    port,
    async addUser(name, password) {
      await makeMaildir(join(directory, name), owner)
      passwords.set(name, password)
    },
    logTail: async () => printed,
    async close() {
      server.close()
      for (const socket of sockets) socket.destroy()
      await Promise.all(running)
      await watchdog.finish()
    },
  }

  /** Hands a connection over to an imapd, until either ends. */
  function serve(socket: Socket, { user, tag, rest }: LoggedIn): Promise<void> {
    const home = join(directory, user)
    const child = spawn(join(root, 'usr/bin/imapd'), ['Maildir'], {
      stdio: 'pipe',
      cwd: home,
      env: { ...usualSettings, ...options.settings, ...environment, ...identity(user, tag), HOME: home },
      uid: owner.uid,
      gid: owner.gid,
    })
    const { promise, resolve } = Promise.withResolvers<void>()
    const log = (text: string) => {
      printed = (printed + text).slice(-4000)
    }
    child.once('error', (error) => log(error.message))
    child.stderr.on('data', (chunk: Buffer) => log(chunk.toString()))
    // A connection that is lost takes the pipes along, by which imapd knows.
    child.stdin.on('error', () => socket.destroy())
    child.stdout.on('error', () => socket.destroy())
    socket.once('close', () => {
      child.stdin.destroy()
      child.stdout.destroy()
    })
    child.once('close', () => {
      socket.end()
      resolve()
    })
    child.stdin.write(rest)
    socket.pipe(child.stdin)
    child.stdout.pipe(socket)
    return promise
  }
}

/** What Courier's own log-in would have put into imapd's environment. */
function identity(user: string, tag: string): Record<string, string> {
  return {
    AUTHENTICATED: user,
    AUTHADDR: user,
    AUTHFULLNAME: '',
    AUTHOPTIONS: '',
    MAILDIR: 'Maildir',
    IMAPLOGINTAG: tag,
  }
}

async function makeMaildir(home: string, { uid, gid }: MailOwner): Promise<void> {
  for (const name of ['', 'Maildir', 'Maildir/tmp', 'Maildir/new', 'Maildir/cur']) {
    await mkdir(join(home, name), { recursive: true })
    await chown(join(home, name), uid, gid)
  }
}
