import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startTestServer, type TestServer, type TestServerOptions } from '@mailtide/test-server'
import { temporaryDirectory } from '@mailtide/testing'
import { onTestFinished } from 'vitest'

// All runs read the same files: what was compiled for one serves the others.
const compiled = temporaryDirectory()
const program = fileURLToPath(new URL('../main.ts', import.meta.url))

/** A home directory with an rc file, and the program run in it as a user would, with this added to its environment. */
export function createHome(environment: Readonly<Record<string, string>> = {}) {
  const home = temporaryDirectory()
  const path = (...parts: string[]) => join(home, ...parts)

  const script = `import(${JSON.stringify(program)}).then(({ main }) => main(process.argv.slice(1)))`
  const wordsOf = (args: readonly string[]) => ['-e', script, '--', ...args]

  function start(
    args: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ): { child: ChildProcess; output: { out: string; err: string } } {
    const env = { PATH: process.env['PATH'], HOME: home, NODE_COMPILE_CACHE: compiled, ...environment, ...more }
    const child = spawn(process.execPath, wordsOf(args), { cwd: home, env })
    const output = { out: '', err: '' }
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output.out += text
    })
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output.err += text
    })
    return { child, output }
  }
  return {
    path,
    start,
    /** The same as a line for a shell. */
    commandLine: (...args: string[]) =>
      [process.execPath, ...wordsOf(args)].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' '),
    async run(...args: string[]) {
      const { child, output } = start(args)
      const [code] = await once(child, 'close')
      return { code, ...output }
    },
    write: (text: string) => writeFileSync(path('.offlineimaprc'), text),
    /** Files below a directory, by their way from it. */
    files: (directory: string) =>
      existsSync(path(directory))
        ? readdirSync(path(directory), { recursive: true, withFileTypes: true }).flatMap((entry) =>
            entry.isFile() ? [join(entry.parentPath, entry.name).slice(path(directory).length + 1)] : [],
          )
        : [],
  }
}

/** A user's home directory. */
export type Home = ReturnType<typeof createHome>

/** A server that ends with the test. */
export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const server = await startTestServer(options)
  onTestFinished(() => server.close())
  return server
}

/** Lines that are added to an account's sections. */
export interface AccountLines {
  readonly general?: string
  readonly account?: string
  readonly local?: string
  readonly remote?: string
}

/** The sections of an account whose repositories are called after it. */
export function accountRc(name: string, port: number, more: AccountLines = {}): string {
  return `[Account ${name}]
localrepository = ${name}-disk
remoterepository = ${name}-server
${more.account ?? ''}
[Repository ${name}-disk]
type = Maildir
localfolders = ~/mail-${name}
${more.local ?? ''}
[Repository ${name}-server]
type = IMAP
remotehost = 127.0.0.1
remoteport = ${port}
remoteuser = demo
remotepass = demo
ssl = no
starttls = no
${more.remote ?? ''}
`
}

/** An rc file with an account `home`, of whose server only these lines are known. */
export function bareRc(remote: string, more: Omit<AccountLines, 'remote'> = {}): string {
  return `${general('home', more.general)}
[Account home]
localrepository = disk
remoterepository = server
${more.account ?? ''}
[Repository disk]
type = Maildir
localfolders = ~/mail-home
${more.local ?? ''}
[Repository server]
type = IMAP
${remote}
`
}

/** The lines that reach a server in clear text, without a user. */
export function reaching({ host, port }: Pick<TestServer, 'host' | 'port'>): string {
  return `remotehost = ${host}\nremoteport = ${port}\nssl = no\nstarttls = no`
}

/** The section `[general]`. */
export const general = (accounts: string, more = '') => `[general]\naccounts = ${accounts}\n${more}\n`
/** A message that differs from those of other numbers. */
export const message = (number: number) => `Subject: ${number}\r\n\r\nThe message ${number}.\r\n`

/** A home whose account `home` is on a server with so many messages in INBOX. */
export async function createScene(messages: number, more: AccountLines = {}, options: TestServerOptions = {}) {
  const home = createHome()
  const server = await startServer(options)
  const inbox = server.account().folder('INBOX')
  for (let number = 0; number < messages; number++) inbox.append(message(number))
  home.write(general('home', more.general) + accountRc('home', server.port, more))
  return { server, inbox, home }
}

/** The files of all messages of the account `home`. */
export function mailIn(home: Home): string[] {
  return home.files('mail-home').filter((file) => /(cur|new)\//.test(file))
}
