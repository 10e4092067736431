import { connect } from 'node:net'
import type { DovecotServer } from '@mailtide/testing'

/** A user of a server, and what can be asked on that user's behalf. */
export interface Mailbox {
  readonly user: string
  readonly port: number
  command(...commands: string[]): Promise<string>
  append(folder: string, flags: string, subject: string): Promise<void>
  /** Every folder with its UIDVALIDITY, UIDNEXT, and each message's UID and flags. */
  contents(): Promise<string>
}

/** Makes a user, whose folders are separated by slashes unless told otherwise. */
export async function mailboxOf(server: DovecotServer, user: string, separator: '.' | '/' = '/'): Promise<Mailbox> {
  await server.addUser(user, 'secret', { separator })

  async function command(...commands: string[]): Promise<string> {
    const socket = connect(server.port, server.host)
    const all = [`LOGIN ${user} secret`, ...commands, 'LOGOUT']
    socket.write(all.map((line, index) => `a${index} ${line}\r\n`).join(''))
    let heard = ''
    for await (const chunk of socket) heard += chunk.toString('latin1')
    const refused = /^a\d+ (?:NO|BAD).*$/m.exec(heard)
    if (refused) throw new Error(refused[0])
    return heard
  }

  return {
    user,
    port: server.port,
    command,
    async append(folder, flags, subject) {
      const message = `Subject: ${subject}\r\n\r\nhello\r\n`
      await command(`APPEND "${folder}" (${flags}) {${message.length}+}\r\n${message}`)
    },
    async contents() {
      const list = await command('LIST "" "*"')
      const names = [...list.matchAll(/^\* LIST \((?!.*\\Noselect).*?\) "." (.*?)\r$/gim)].map(([, name = '']) => name)
      const commands = names.flatMap((name) => [
        `STATUS ${name} (UIDNEXT UIDVALIDITY)`,
        `EXAMINE ${name}`,
        'UID FETCH 1:* FLAGS',
      ])
      const lines = (await command(...commands)).replace(/ ?\\Recent/g, '').split('\r\n')
      return lines.filter((line) => /^\* (STATUS|\d+ FETCH)/.test(line)).join('\n')
    },
  }
}
