import type { Secret } from './secret.ts'

/**
 * A place on this machine that keeps small secret texts, each under a name, until they are removed: a desktop's keyring,
 * `pass`, a private file. A text is not empty, and comes back exactly as it was given, its line ends too. No error of it, and
 * nothing that it logs, ever holds a secret.
 */
export interface SecretStore {
  /**
   * Octets of the longest text that it keeps, where there is a limit. A longer one is refused, and what was there before
   * stays.
   */
  readonly longest?: number
  /**
   * Undefined if it can be used here, or the reason in words why it can't be: "its keyring is locked". Quick, and asks
   * nobody for a password, so that several stores can be asked in a row. What is true now need not be true at the next
   * call.
   */
  isUsable(signal: AbortSignal): Promise<string | undefined>
  /**
   * What is kept under this name; undefined if the store works and holds nothing there. Rejects (scope `account`) if it
   * can't be asked, and if it is locked: that is not nothing. Somebody may be asked for the password of the store.
   */
  read(name: string, signal: AbortSignal): Promise<Secret | undefined>
  /**
   * Keeps a text under this name, in the place of what was there. Resolves once it is safe: it has been read back, and was
   * the same. Rejects otherwise; what was there before may then be lost.
   */
  write(name: string, secret: Secret, signal: AbortSignal): Promise<void>
  /** Removes what is kept under this name. A name with nothing under it is no error. */
  remove(name: string, signal: AbortSignal): Promise<void>
}
