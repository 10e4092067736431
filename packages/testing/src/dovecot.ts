import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { makeCertificate } from './certificate.ts'
import { findDovecot, type InstalledDovecot } from './dovecot-availability.ts'
import { configuration23, configuration24, type DovecotSetup } from './dovecot-configuration.ts'
import { dovecotDidNotStart, dovecotMissing } from './errors.ts'

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
    const running = launch(dovecot.program, directory)
    if (await greets(running, setup.port)) return serverOf(dovecot, setup, running)
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
    ? { uid: Number(idOf('-u', 'nobody')), gid: Number(idOf('-g', 'nobody')) }
    : { uid: Number(idOf('-u')), gid: Number(idOf('-g')) }
  for (const name of ['run', 'users', 'home']) await mkdir(join(directory, name))
  if (isRoot) await chown(join(directory, 'home'), mailOwner.uid, mailOwner.gid)
  const [port, tlsPort] = await freePorts()
  return {
    directory,
    port,
    tlsPort,
    certificate: await makeCertificate(directory),
    mailOwner,
    user: isRoot ? undefined : { name: idOf('-un'), group: idOf('-gn') },
    without: options.without ?? [],
    settings: options.settings ?? '',
  }
}

function idOf(...args: string[]): string {
  return execFileSync('id', args, { encoding: 'utf8' }).trim()
}

async function freePorts(): Promise<[number, number]> {
  const probes = [createServer(), createServer()] as const
  const port = (probe: (typeof probes)[number]) =>
    new Promise<number>((resolve, reject) => {
      probe.once('error', reject)
      probe.listen(0, '127.0.0.1', () => {
        const address = probe.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      })
    })
  const ports: [number, number] = [await port(probes[0]), await port(probes[1])]
  for (const probe of probes) await new Promise((resolve) => probe.close(resolve))
  return ports
}

interface Running {
  readonly process: ChildProcess
  logTail(): Promise<string>
  end(): Promise<void>
}

function launch(program: string, directory: string): Running {
  let printed = ''
  // A group of its own: the end of the server is the end of every process it started.
  const child = spawn(program, ['-F', '-c', join(directory, 'dovecot.conf')], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-4000)
    })
  }
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      printed += error.message
      resolve()
    })
    child.once('exit', () => resolve())
  })
  const killGroup = () => signalGroup(child, 'SIGKILL')
  process.once('exit', killGroup)
  return {
    process: child,
    async logTail() {
      const log = await readFile(join(directory, 'dovecot.log'), 'utf8').catch(() => '')
      return `${printed}${log.slice(-4000)}`
    },
    async end() {
      signalGroup(child, 'SIGTERM')
      await Promise.race([ended, wait(300, undefined, { ref: false })])
      killGroup()
      await ended
      process.removeListener('exit', killGroup)
      await rm(directory, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

async function greets({ process: child }: Running, port: number): Promise<boolean> {
  const deadline = Date.now() + 20_000
  while (child.pid !== undefined && child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    if (await greetsNow(port)) return true
    await wait(20)
  }
  return false
}

function greetsNow(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const settle = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(5000, () => settle(false))
    socket.once('error', () => settle(false))
    socket.once('close', () => settle(false))
    socket.once('data', (chunk) => settle(chunk.toString('latin1').startsWith('* OK')))
  })
}

function serverOf(dovecot: InstalledDovecot, setup: DovecotSetup, running: Running): DovecotServer {
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
