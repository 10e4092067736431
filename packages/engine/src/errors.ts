import { type FolderPath, MailtideError, type Side } from '@mailtide/contracts'

/** The local store is not the one that the status speaks of: an unmounted disk, a swapped directory. */
export function storeMissing(account: string, found: string | undefined): MailtideError {
  const what = found === undefined ? 'its mark (.mailtide-id) is gone' : 'it carries the mark of another store'
  return new MailtideError('engine/store-missing', `the local mail of ${account} is not where it was: ${what}`, {
    scope: 'account',
    hint: "Is its disk mounted? To start afresh and download everything, remove the account's folder in the metadata directory.",
  })
}

/** A side that held messages suddenly lists no folder. */
export function nothingListed(account: string, side: Side): MailtideError {
  return new MailtideError('engine/nothing-listed', `the ${side} side of ${account} lists no folders at all`, {
    scope: 'account',
    retryable: true,
    hint: 'Nothing was changed. If this lasts, ask the provider, or look at the account in another mail program.',
  })
}

/** A pairing has one folder in two pairs. */
export function foldersCollide(first: FolderPath, second: FolderPath, target: FolderPath): MailtideError {
  return new MailtideError(
    'engine/folders-collide',
    `the remote folders ${first} and ${second} are both ${target} locally`,
    {
      scope: 'account',
      hint: 'Leave one of them out, or change the rule that names them.',
    },
  )
}

/** The store took messages for others that it has already. */
export function twinsMerged(side: Side, path: FolderPath, messages: number): MailtideError {
  const what = messages === 1 ? 'a message is' : `${messages} messages are`
  return new MailtideError(
    'engine/twins-merged',
    `${what} the same, octet for octet, as others in ${path} on the ${side} side`,
    {
      scope: 'message',
      hint: 'This server keeps one of each. Nothing is lost: the others stay where they are, and are not copied again.',
    },
  )
}

/** The ids of a folder lost their meaning (UIDVALIDITY changed). */
export function epochChanged(side: Side, path: FolderPath, was: string, is: string): MailtideError {
  return new MailtideError(
    'engine/epoch-changed',
    `${path} has a new UIDVALIDITY on the ${side} side (${was} was saved, now it is ${is})`,
    {
      scope: 'folder',
      hint: 'The folder was made anew or restored on the server. It is left alone on both sides, so nothing is lost.',
    },
  )
}

/** The plan wants to change a folder that the store declares read-only. */
export function folderReadOnly(side: Side, path: FolderPath, steps: number): MailtideError {
  return new MailtideError(
    'engine/folder-read-only',
    `${path} is read-only on the ${side} side: ${steps} changes wait`,
    {
      scope: 'folder',
      hint: `Set "readonly = yes" for this repository if it is meant to be so.`,
    },
  )
}
