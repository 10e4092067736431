import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { launchServer, type ServerProcess } from './server-process.ts'

/** Starts a Dovecot on the dovecot.conf in this directory, which is the Dovecot's own and goes with it. */
export function launchDovecot(program: string, directory: string): ServerProcess {
  const server = launchServer({ program, args: ['-F', '-c', join(directory, 'dovecot.conf')], directory })
  return {
    ...server,
    async logTail() {
      const log = await readFile(join(directory, 'dovecot.log'), 'utf8').catch(() => '')
      return `${await server.logTail()}${log.slice(-4000)}`
    },
  }
}
