import { chmod, chown, mkdir, mkdtemp, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProgram } from '@mailtide/run-program'
import { makeCertificate } from './certificate.ts'
import { findDovecot, type InstalledDovecot } from './dovecot-availability.ts'
import { configuration23, configuration24, type DovecotSetup } from './dovecot-configuration.ts'
import { launchDovecot } from './dovecot-process.ts'
import { dovecotDidNotStart, dovecotMissing } from './errors.ts'
import { freePorts } from './free-ports.ts'
import type { ServerProcess } from './server-process.ts'

/** How a private Dovecot differs from the usual one. */
export interface DovecotOptions {
  /** Extensions that are not to be offered: `['QRESYNC', 'LITERAL+']`. */
  readonly without?: readonly string[]
  /** More settings for dovecot.conf, in the language of the installed version. */
  readonly settings?: string
}

/** How a user's mail is kept: `.` is Maildir++, `/` is sdbox, where a folder may have any name. */
export interface DovecotUserOptions {
  readonly separator?: '.' | '/'
}

/** An IMAP server on loopback that nobody else uses. */
export interface DovecotServer {
  readonly host: '127.0.0.1'
  /** Takes passwords in the clear, and STARTTLS where `tls` is there. */
  readonly port: number
  /** Implicit TLS for `localhost` and 127.0.0.1, and the authority to trust. Undefined where openssl is missing. */
  readonly tls: { readonly port: number; readonly ca: string } | undefined
  /** Adds a user with an empty mailbox, or changes the password of one. */
  addUser(name: string, password: string, options?: DovecotUserOptions): Promise<void>
  /** The end of the server's log. */
  logTail(): Promise<string>
  /** Ends the server and removes all its files. */
  close(): Promise<void>
}

/** Starts a Dovecot of its own on free ports in a temporary directory: as root or as an ordinary user. */
export async function startDovecot(options: DovecotOptions = {}): Promise<DovecotServer> {
  const dovecot = await findDovecot()
  if (typeof dovecot === 'string') throw dovecotMissing(dovecot)
  for (let attempt = 1; ; attempt++) {
    const server = await startOnce(dovecot, options)
    if (server) return server
    if (attempt === 5) throw dovecotDidNotStart('found each of five ports taken by others', '')
  }
}

async function startOnce(dovecot: InstalledDovecot, options: DovecotOptions): Promise<DovecotServer | undefined> {
  const directory = await mkdtemp(join(await realpath(tmpdir()), 'mailtide-dovecot-'))
  try {
    const setup = await prepare(directory, options)
    const write = dovecot.series === '2.3' ? configuration23 : configuration24
    await writeFile(join(directory, 'dovecot.conf'), `${write(setup)}\n`)
    const running = launchDovecot(dovecot.program, directory)
    if (await running.greets(setup.port)) return serverOf(dovecot, setup, running)
    const log = await running.logTail()
    await running.end()
    if (/Address already in use/.test(log)) return undefined
    throw dovecotDidNotStart('did not start', log)
  } catch (error) {
    await rm(directory, { recursive: true, force: true })
    throw error
  }
}

async function prepare(directory: string, options: DovecotOptions): Promise<DovecotSetup> {
  await chmod(directory, 0o755)
  const isRoot = process.getuid?.() === 0
  const mailOwner = isRoot
    ? { uid: Number(await idOf('-u', 'nobody')), gid: Number(await idOf('-g', 'nobody')) }
    : { uid: Number(await idOf('-u')), gid: Number(await idOf('-g')) }
  for (const name of ['run', 'users', 'home']) await mkdir(join(directory, name))
  if (isRoot) await chown(join(directory, 'home'), mailOwner.uid, mailOwner.gid)
  const [port, tlsPort] = await freePorts()
  return {
    directory,
    port,
    tlsPort,
    certificate: await makeCertificate(directory),
    mailOwner,
    user: isRoot ? undefined : { name: await idOf('-un'), group: await idOf('-gn') },
    without: options.without ?? [],
    settings: options.settings ?? '',
  }
}

async function idOf(...args: string[]): Promise<string> {
  const { stdout } = await runProgram({ command: 'id', args, timeout: 10_000 })
  return Buffer.from(stdout).toString().trim()
}

function serverOf(dovecot: InstalledDovecot, setup: DovecotSetup, running: ServerProcess): DovecotServer {
  const { directory, certificate, mailOwner } = setup
  return {
    host: '127.0.0.1',
    port: setup.port,
    tls: certificate && { port: setup.tlsPort, ca: certificate.ca },
    async addUser(name, password, { separator = '.' } = {}) {
      const owner = `${mailOwner.uid}:${mailOwner.gid}`
      const fields = separator === '/' ? extraFields[dovecot.series] : ''
      const file = join(directory, 'users', name)
      await writeFile(`${file}.new`, `${name}:{PLAIN}${password}:${owner}::${directory}/home/${name}::${fields}\n`)
      await rename(`${file}.new`, file)
    },
    logTail: running.logTail,
    close: running.end,
  }
}

const extraFields = {
  '2.3': 'userdb_mail=sdbox:~/mail userdb_namespace/inbox/separator=/',
  '2.4': 'userdb_mail_driver=sdbox userdb_mail_path=~/mail userdb_namespace/inbox/separator=/',
}
