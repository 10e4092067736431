import { readlinkSync } from 'node:fs'

/**
 * What gpg needs in its environment to ask for a passphrase on a terminal: `GPG_TTY`, unless it is set already. Default:
 * the terminal of this process, if it has one (on Linux).
 */
export function gpgTerminal(
  env: Readonly<Record<string, string | undefined>>,
  terminal: string | undefined = ownTerminal(),
): { readonly GPG_TTY?: string } {
  return terminal === undefined || env['GPG_TTY'] ? {} : { GPG_TTY: terminal }
}

function ownTerminal(): string | undefined {
  if (!process.stdin.isTTY || process.platform !== 'linux') return undefined
  return readlinkSync('/proc/self/fd/0')
}
