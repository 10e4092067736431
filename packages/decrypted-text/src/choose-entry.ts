import type { WantedLogin } from './login.ts'
import type { NetrcEntry } from './parse-netrc.ts'

/** The entry that fits a login, nothing, or several logins of which the user has to name one. */
export type Choice = NetrcEntry | 'several' | undefined

const imapServices = new Set(['imap', 'imap2', 'imap3', 'imap4', 'imaps', 'imap4s'])

/**
 * Chooses the entry for a login: the user's own before one without a user, one for this port before one for any, and
 * `default` last. Of equals the last one wins, as in Python's `netrc`.
 */
export function chooseEntry(entries: readonly NetrcEntry[], wanted: WantedLogin): Choice {
  const usable = entries.filter((entry) => entry.password && fitsPort(entry, wanted))
  const here = usable.filter((entry) => fitsHost(entry, wanted))
  const anywhere = usable.filter((entry) => entry.host === undefined)
  return chooseAmong(here, wanted.user) ?? chooseAmong(anywhere, wanted.user)
}

function chooseAmong(entries: readonly NetrcEntry[], user: string | undefined): Choice {
  const named = entries.filter(({ login }) => login !== undefined && (user === undefined || login === user))
  if (new Set(named.map(({ login }) => login)).size > 1) return 'several'
  const fitting = named.length > 0 ? named : entries.filter(({ login }) => login === undefined)
  return fitting.findLast(({ port }) => port !== undefined) ?? fitting.at(-1)
}

function fitsHost({ host }: NetrcEntry, wanted: WantedLogin): boolean {
  const written = host?.toLowerCase()
  const name = wanted.host.toLowerCase()
  return written === name || written === `${name}:${wanted.port}`
}

// Emacs writes `imap`, `imaps` or a number, whatever the port is.
function fitsPort({ port }: NetrcEntry, wanted: WantedLogin): boolean {
  return port === undefined || port === String(wanted.port) || imapServices.has(port.toLowerCase())
}
