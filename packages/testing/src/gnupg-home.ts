import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runProgram } from '@mailtide/run-program'
import { temporaryDirectory } from './temporary-directory.ts'

/** A GnuPG directory with one secret key, and an agent of its own. */
export interface GnupgHome {
  /** What `gpg`, `pass` and whoever starts them need in their environment. */
  readonly env: Readonly<Record<'GNUPGHOME', string>>
  /** Whose key it is. */
  readonly recipient: string
  encrypt(text: string): Promise<Uint8Array>
  /** Ends the agent. */
  close(): Promise<void>
}

/** How {@link createGnupgHome} makes the key. */
export interface GnupgHomeOptions {
  /** Protects the secret key. Default: nothing does. */
  readonly passphrase?: string
  /** The program that is to ask for the passphrase. Default: one that is not there. */
  readonly pinentry?: string
}

const timeout = 60_000
const recipient = 'bob@example.org'

/** Makes a key in a directory that lasts as long as the test; close it, so that its agent ends. */
export async function createGnupgHome(options: GnupgHomeOptions = {}): Promise<GnupgHome> {
  const { passphrase = '', pinentry = '/nonexistent/pinentry' } = options
  const GNUPGHOME = temporaryDirectory()
  const env = { GNUPGHOME }
  // Few rounds of hashing: it is to be quick, not safe.
  writeFileSync(join(GNUPGHOME, 'gpg-agent.conf'), `pinentry-program ${pinentry}\ns2k-count 65536\n`)
  const gpg = (args: readonly string[], input?: string) =>
    runProgram({ command: 'gpg', args: ['--batch', ...args], env, timeout, ...(input !== undefined && { input }) })
  const close = async () => {
    await runProgram({ command: 'gpgconf', args: ['--kill', 'gpg-agent'], env, timeout })
  }
  try {
    const key = ['--quick-generate-key', recipient, 'future-default', 'default', 'never']
    await gpg(['--pinentry-mode', 'loopback', '--passphrase-fd', '0', ...key], `${passphrase}\n`)
    // Making the key told the agent the passphrase.
    await close()
  } catch (error) {
    await close()
    throw error
  }
  return {
    env,
    recipient,
    close,
    async encrypt(text) {
      const { stdout } = await gpg(['--trust-model', 'always', '--encrypt', '--recipient', recipient], text)
      return stdout
    },
  }
}
