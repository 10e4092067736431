import { homedir } from 'node:os'
import { join } from 'node:path'
import type { CredentialProvider } from '@mailtide/contracts'
import { chooseEntry, parseNetrc } from '@mailtide/decrypted-text'
import { fileEncrypted, lineNotUnderstood, severalLogins } from './errors.ts'
import { readPrivateFile } from './read-private-file.ts'

/** Where the passwords are. */
export interface NetrcProviderOptions {
  /**
   * One file, which has to be there. Default: `$NETRC` or else `~/.netrc`, then `/etc/netrc`, as far as they are there.
   */
  readonly file?: string
  /** Where `NETRC` and `HOME` are looked up. Default: that of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** The file of the system, which others may read. Default: `/etc/netrc`. */
  readonly systemFile?: string
}

/**
 * A provider that reads netrc and authinfo files: by host and login, and by port where an entry has one. A file is read
 * anew each time; one that others may read, or that is not the user's own, is refused.
 */
export function createNetrcProvider(options: NetrcProviderOptions = {}): CredentialProvider {
  const { file, env = process.env, systemFile = '/etc/netrc' } = options
  const places =
    file === undefined
      ? [
          { path: env['NETRC'] || join(env['HOME'] || homedir(), '.netrc'), isOptional: true },
          { path: systemFile, isOptional: true, isShared: true },
        ]
      : [{ path: file }]

  return {
    async find(request, signal) {
      signal.throwIfAborted()
      for (const { path, ...allowed } of places) {
        if (/\.(?:gpg|asc)$/.test(path)) throw fileEncrypted(path)
        const text = await readPrivateFile(path, { ...allowed, signal })
        if (text === undefined) continue
        const parsed = parseNetrc(text)
        if ('badLine' in parsed) throw lineNotUnderstood(path, parsed.badLine)
        const entry = chooseEntry(parsed.entries, request)
        if (entry === 'several') throw severalLogins(path, request.host)
        if (entry?.password === undefined) continue
        const user = entry.login ?? request.user
        return { kind: 'password', secret: entry.password, ...(user !== undefined && { user }) }
      }
      return undefined
    },
  }
}
