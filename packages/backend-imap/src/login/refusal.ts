/** Why a way to log in didn't lead in. */
export interface Refusal {
  /** The server's response code (RFC 5530) in upper case; empty if there is none. */
  readonly code: string
  /** In words, the code among them. */
  readonly reason: string
  /** It was we who gave up, not the server. */
  readonly isOurs?: boolean
}

/** What imapflow throws for a command that ended in NO or BAD. */
interface CommandFailure {
  readonly responseStatus?: string
  readonly responseText?: string
  readonly response?: { readonly attributes?: readonly ResponseAttribute[] }
}

interface ResponseAttribute {
  readonly section?: readonly ({ readonly value?: unknown } | null)[]
}

/** Reads a refusal of the server; undefined if what was thrown is something else. */
export function readRefusal(thrown: unknown): Refusal | undefined {
  const failure: CommandFailure = typeof thrown === 'object' && thrown !== null ? thrown : {}
  const { responseStatus, responseText = '', response } = failure
  if (responseStatus !== 'NO' && responseStatus !== 'BAD') return undefined
  const word = response?.attributes?.[0]?.section?.[0]?.value
  const code = typeof word === 'string' ? word.toUpperCase() : ''
  return { code, reason: `${code} ${responseText}`.trim() || responseStatus }
}
