import { ImapFlow } from 'imapflow'
import { lettersOf, type Resident, residentOf } from './census.ts'
import type { SampleMessage } from './generate-mail.ts'
import { modifiedUtf7 } from './modified-utf7.ts'

/** How to log in. */
export interface AccountAccess {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly pass: string
  /** PEM of the authority to trust; without one the connection is not encrypted. */
  readonly ca?: string
}

/** Does something with an account over a connection of its own. */
export async function withAccount<T>(access: AccountAccess, work: (client: ImapFlow) => Promise<T>): Promise<T> {
  const { host, port, user, pass, ca } = access
  const encryption = ca === undefined ? { secure: false, doSTARTTLS: false } : { secure: true, tls: { ca } }
  const client = new ImapFlow({
    host,
    port,
    auth: { user, pass },
    ...encryption,
    logger: false,
    disableAutoIdle: true,
    disableCompression: true,
  })
  let lost: Error | undefined
  client.on('error', (error) => {
    lost = error
  })
  await client.connect()
  try {
    return await work(client)
  } catch (error) {
    throw lost ?? error
  } finally {
    await client.logout()
  }
}

/** Stores mail in an account; creates the folders it goes to. */
export function deliver(access: AccountAccess, mail: Iterable<SampleMessage>): Promise<void> {
  return withAccount(access, async (client) => {
    const existing = new Set((await client.list()).map(({ path }) => path))
    for (const { folder, bytes, flags, receivedAt } of mail) {
      const path = folder.join('/')
      if (!existing.has(path)) await client.mailboxCreate([...folder])
      existing.add(path)
      const stored = await client.append(path, bytes, [...flags], receivedAt)
      if (!stored) throw new Error(`the server did not take a message for ${path}`)
    }
  })
}

/** Everything in an account; the folders' names are in modified UTF-7. */
export function readAccount(access: AccountAccess): Promise<Resident[]> {
  return withAccount(access, async (client) => {
    const residents: Resident[] = []
    for (const { path, delimiter, flags } of await client.list()) {
      if (flags.has('\\Noselect')) continue
      const mailbox = await client.mailboxOpen(path, { readOnly: true })
      if (mailbox.exists === 0) continue
      const folder = path.split(delimiter).map(modifiedUtf7).join('/')
      for await (const message of client.fetch('1:*', { flags: true, source: true })) {
        if (!message.source) throw new Error(`the server gave no bytes of a message in ${path}`)
        residents.push(residentOf(folder, message.source, lettersOf(message.flags ?? [])))
      }
    }
    return residents
  })
}
