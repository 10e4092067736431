import type { CredentialRequest } from '@mailtide/contracts'
import type { NetrcEntry } from './parse-netrc.ts'

/** The entry that fits a login, nothing, or several logins of which the user has to name one. */
export type Choice = NetrcEntry | 'several' | undefined

const imapServices = new Set(['imap', 'imap2', 'imap3', 'imap4', 'imaps', 'imap4s'])

/**
 * Chooses the entry for a login: the user's own before one without a user, one for this port before one for any, and
 * `default` last. Of equals the last one wins, as in Python's `netrc`.
 */
export function chooseEntry(entries: readonly NetrcEntry[], request: CredentialRequest): Choice {
  const usable = entries.filter((entry) => entry.password && fitsPort(entry, request))
  const here = usable.filter((entry) => fitsHost(entry, request))
  const anywhere = usable.filter((entry) => entry.host === undefined)
  return chooseAmong(here, request.user) ?? chooseAmong(anywhere, request.user)
}

function chooseAmong(entries: readonly NetrcEntry[], user: string | undefined): Choice {
  const named = entries.filter(({ login }) => login !== undefined && (user === undefined || login === user))
  if (new Set(named.map(({ login }) => login)).size > 1) return 'several'
  const fitting = named.length > 0 ? named : entries.filter(({ login }) => login === undefined)
  return fitting.findLast(({ port }) => port !== undefined) ?? fitting.at(-1)
}

function fitsHost({ host }: NetrcEntry, request: CredentialRequest): boolean {
  const written = host?.toLowerCase()
  const wanted = request.host.toLowerCase()
  return written === wanted || written === `${wanted}:${request.port}`
}

// Emacs writes `imap`, `imaps` or a number, whatever the port is.
function fitsPort({ port }: NetrcEntry, request: CredentialRequest): boolean {
  return port === undefined || port === String(request.port) || imapServices.has(port.toLowerCase())
}
