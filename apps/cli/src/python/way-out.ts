import type { Expression } from '@mailtide/config'
import { MailtideError } from '@mailtide/contracts'

/** Errors of the built-in interpreter where `python3` may know more. */
export const beyondBuiltin: readonly string[] = [
  'python/unsupported',
  'python/limit',
  'python/syntax-error',
  'cli/pythonfile-failed',
]

const sayings: Readonly<Record<string, string>> = {
  nametrans: '"nametrans = strip-prefix: INBOX." or "nametrans = map: Sent Mail -> sent"',
  folderfilter: '"folderfilter = include: INBOX, Sent" or "folderfilter = exclude: Trash, Lists/*"',
  remotehosteval: '"remotehost = imap.example.org"',
  remoteporteval: '"remoteport = 993"',
  remoteusereval: '"remoteuser = alex"',
  remotepasseval: '"remotepassprovider = pass:Mail/account", "gpg:FILE" or "command:PROGRAM"',
}

/** Where the built-in interpreter is at its end, the error's hint becomes mailtide's own way to say the same. */
export function withWayOut(thrown: unknown, { option }: Expression): unknown {
  if (!(thrown instanceof MailtideError) || !beyondBuiltin.includes(thrown.code)) return thrown
  // Most of these are mistakes, and its own hint says so.
  if (thrown.code === 'python/syntax-error') return thrown
  const saying = sayings[option]
  const hint = `Install python3${saying === undefined ? '' : `, or say it without Python: ${saying}`}.`
  return new MailtideError(thrown.code, thrown.message, { scope: 'account', hint, cause: thrown.cause })
}
