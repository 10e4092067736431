import { chmod, chown, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProgram } from '@mailtide/run-program'
import {
  type CyrusSetup,
  cyrusDirectories,
  imapdConfiguration,
  imapSocket,
  masterConfiguration,
  passwordFile,
  realm,
} from './cyrus-configuration.ts'
import { cyrusDidNotStart, serverMissing } from './errors.ts'
import { openLoopbackRelay } from './loopback-relay.ts'
import { findMailOwner } from './mail-owner.ts'
import { launchServer, type ServerProcess } from './server-process.ts'
import { type UnpackedPackages, unpackPackages } from './unpacked-packages.ts'

/** Whether integration tests may start a Cyrus here, or why they have to be skipped. */
export type CyrusAvailability = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/** How a private Cyrus differs from the usual one. */
export interface CyrusOptions {
  /** Extensions that are not to be offered: `['QRESYNC', 'LITERAL+']`. */
  readonly without?: readonly string[]
  /** What parts the levels of folder names; `/` unless told. */
  readonly separator?: '.' | '/'
  /** Where a user's folders are: beside the INBOX, as unless told, or below it, as in Cyrus's own default. */
  readonly namespace?: 'flat' | 'below-inbox'
  /** More lines for imapd.conf, each instead of the one for the same option if there is one. */
  readonly settings?: string
}

/** A Cyrus on loopback that nobody else uses. */
export interface CyrusServer {
  readonly host: '127.0.0.1'
  /** Takes passwords in the clear. */
  readonly port: number
  /** Adds a user with an empty mailbox, or changes the password of one. */
  addUser(name: string, password: string): Promise<void>
  /** What the server printed last. Its log goes to syslog. */
  logTail(): Promise<string>
  /** Ends the server and removes all its files. */
  close(): Promise<void>
}

let unpacked: Promise<UnpackedPackages | string> | undefined

/**
 * Whether {@link startCyrus} can work on this machine. Debian's packages exclude other mail servers, so they are not
 * installed but unpacked, the first time that anybody asks.
 */
export async function cyrusAvailability(): Promise<CyrusAvailability> {
  const cyrus = await findCyrus()
  return typeof cyrus === 'string' ? { ok: false, reason: cyrus } : { ok: true }
}

function findCyrus(): Promise<UnpackedPackages | string> {
  unpacked ??= unpackPackages(['cyrus-imapd', 'cyrus-common', 'sasl2-bin'])
  return unpacked
}

/** Starts a Cyrus of its own in a temporary directory: as `nobody` where we are root. */
export async function startCyrus(options: CyrusOptions = {}): Promise<CyrusServer> {
  const cyrus = await findCyrus()
  if (typeof cyrus === 'string') throw serverMissing(cyrus)
  const directory = await mkdtemp(join(await realpath(tmpdir()), 'mailtide-cyrus-'))
  try {
    const setup = await prepare(cyrus, directory, options)
    const running = launch(cyrus, setup)
    if (await running.greets(imapSocket(directory))) return await serverOf(cyrus, setup, running)
    const log = await running.logTail()
    await running.end()
    throw cyrusDidNotStart(log)
  } catch (error) {
    await rm(directory, { recursive: true, force: true })
    throw error
  }
}

async function prepare({ root }: UnpackedPackages, directory: string, options: CyrusOptions): Promise<CyrusSetup> {
  const { without = [], separator = '/', namespace = 'flat', settings = '' } = options
  const owner = await findMailOwner()
  const setup = { directory, root, owner, separator, namespace, without, settings }
  for (const name of cyrusDirectories) await mkdir(join(directory, name))
  await writeFile(join(directory, 'imapd.conf'), imapdConfiguration(setup))
  await writeFile(join(directory, 'cyrus.conf'), masterConfiguration(setup))
  for (const name of ['', ...cyrusDirectories]) await chown(join(directory, name), owner.uid, owner.gid)
  await chmod(directory, 0o755)
  return setup
}

function launch({ root, libraryPath }: UnpackedPackages, { directory, owner }: CyrusSetup): ServerProcess {
  const file = (name: string) => join(directory, name)
  return launchServer({
    program: join(root, 'usr/sbin/cyrmaster'),
    args: ['-D', '-C', file('imapd.conf'), '-M', file('cyrus.conf'), '-p', file('run/pid')],
    env: { LD_LIBRARY_PATH: libraryPath },
    owner,
    directory,
  })
}

async function serverOf(
  { root, libraryPath }: UnpackedPackages,
  { directory, owner }: CyrusSetup,
  running: ServerProcess,
): Promise<CyrusServer> {
  // Cyrus leaves Nagle's algorithm on, by which a second answer waits for the delayed ACK of the first.
  const relay = await openLoopbackRelay(imapSocket(directory))
  let added = Promise.resolve()
  return {
    host: '127.0.0.1',
    port: relay.port,
    addUser(name, password) {
      // One after the other: the file of passwords is locked by nobody.
      added = added.then(async () => {
        const file = passwordFile(directory)
        await runProgram({
          command: join(root, 'usr/sbin/saslpasswd2'),
          args: ['-p', '-c', '-f', file, '-u', realm, name],
          input: password,
          env: { LD_LIBRARY_PATH: libraryPath },
          timeout: 10_000,
        })
        await chown(file, owner.uid, owner.gid)
      })
      return added
    },
    logTail: running.logTail,
    close() {
      relay.close()
      return running.end()
    },
  }
}
