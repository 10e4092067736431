import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { allMechanisms } from './auth/mechanisms.ts'
import { certificate } from './certificate.ts'
import { clientCertificate } from './client-certificate.ts'
import { unknownUser } from './errors.ts'
import { chooseExtensions } from './extensions.ts'
import { createFaultList, type Faults } from './faults/fault-list.ts'
import { withBehaviour } from './habits/behaviours.ts'
import { createLabels } from './labels/labels.ts'
import type { LoggedCommand, LoginAttempt, TestServerOptions, TestUser } from './options.ts'
import { runSession } from './session/run-session.ts'
import type { ServerState, UserAccount } from './session/session.ts'
import { createAccount } from './store/account.ts'
import { createTestAccount, type TestAccount } from './store/test-account.ts'
import { type Connection, createConnection } from './wire/connection.ts'

/** A running IMAP server whose mail is in memory. */
export interface TestServer {
  readonly host: string
  readonly port: number
  /** The certificate (PEM) that signed the one of the server, which is valid for `localhost`, `127.0.0.1` and `::1`. */
  readonly certificateAuthority: string
  /** A certificate (PEM) that logs in `demo` by EXTERNAL, its key, and the authority that signed it. */
  readonly clientCertificate: { readonly authority: string; readonly certificate: string; readonly key: string }
  /** A user's mail: the first user's, if none is named. */
  account(user?: string): TestAccount
  /** What goes wrong, and from now on may. */
  readonly faults: Faults
  /** How many connections are open. */
  readonly connections: number
  /** Every command received so far. */
  readonly commands: readonly LoggedCommand[]
  /** Every try to log in that came to an end. */
  readonly loginAttempts: readonly LoginAttempt[]
  /** Gives a user another password or access token from now on; a token that goes is known as expired. */
  changeUser(name: string, change: Partial<Pick<TestUser, 'password' | 'accessToken'>>): void
  /** Cuts every connection, and takes new ones as before. */
  disconnect(): void
  /** Cuts every connection, as the end of the program would, and takes new ones; UIDs are lost where that is a habit. */
  restart(): void
  /** Cuts every connection and stops. Rejects if the server itself went wrong, or a function in a fault threw. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const host = '127.0.0.1'

/** Starts a server on a free port of 127.0.0.1. */
export async function startTestServer(wanted: TestServerOptions = {}): Promise<TestServer> {
  const options = withBehaviour(wanted)
  const users = createUsers(options)
  const expiredTokens = new Set<string>()
  const state = createState(options, users, expiredTokens)
  const connections = new Set<Connection>()
  const failures: unknown[] = []
  let accepted = 0

  const server = createServer((socket) => {
    const connection = createConnection(socket, options.latency ?? 0)
    connections.add(connection)
    connection.closed.addEventListener('abort', () => connections.delete(connection))
    runSession(state, connection, ++accepted).catch((failure: unknown) => {
      failures.push(failure)
      connection.cut()
    })
  })
  server.listen(0, host)
  await once(server, 'listening')

  function disconnect(): void {
    for (const connection of [...connections]) connection.cut()
  }

  async function close(): Promise<void> {
    disconnect()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
    if (failures.length > 0) throw new AggregateError(failures.splice(0), 'the test server went wrong')
  }

  return {
    host,
    port: (server.address() as AddressInfo).port,
    certificateAuthority: certificate.authority,
    clientCertificate,
    account(user = state.users.keys().next().value ?? '') {
      const found = state.users.get(user)
      if (!found) throw unknownUser(user)
      return createTestAccount(found.account)
    },
    faults: state.faults,
    get connections() {
      return connections.size
    },
    commands: state.commands,
    loginAttempts: state.loginAttempts,
    changeUser(name, change) {
      const found = users.get(name)
      if (!found) throw unknownUser(name)
      const user = { ...found.user, ...change }
      const { accessToken } = found.user
      if (accessToken !== undefined && accessToken !== user.accessToken) expiredTokens.add(accessToken)
      users.set(name, { ...found, user })
    },
    disconnect,
    restart() {
      disconnect()
      if (!options.habits?.forgetsUids) return
      for (const { account } of state.users.values()) {
        for (const mailbox of account.mailboxes.values()) mailbox.changeUidValidity()
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

function createUsers(options: TestServerOptions): Map<string, UserAccount> {
  const separator = options.separator ?? '/'
  const namespacePrefix = options.namespacePrefix ?? ''
  const permanentFlags = options.permanentFlags ?? ['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft', '\\*']
  const users = options.users ?? [{ name: 'demo', password: 'demo' }]
  const createLabelling = () => options.habits?.labels && createLabels(options.habits.labels)
  return new Map(
    users.map((user) => {
      const labels = createLabelling()
      return [user.name, { user, account: createAccount({ separator, namespacePrefix, permanentFlags, labels }) }]
    }),
  )
}

function createState(
  options: TestServerOptions,
  users: ServerState['users'],
  expiredTokens: ServerState['expiredTokens'],
): ServerState {
  return {
    extensions: chooseExtensions(options.extensions),
    habits: options.habits ?? {},
    mechanisms: options.mechanisms ?? allMechanisms,
    tls: options.tls ?? 'none',
    separator: options.separator ?? '/',
    namespacePrefix: options.namespacePrefix ?? '',
    users,
    expiredTokens,
    faults: createFaultList(options.faults ?? []),
    commands: [],
    loginAttempts: [],
    sessions: new Set(),
  }
}
