import { MailtideError } from '@mailtide/contracts'

/** `peritem` asks for a name that mailboxes do not have. */
export function unknownName(name: string, at: number): MailtideError {
  const message = `peritem: %(${name})s at character ${at + 1} is no name of a mailbox`
  return new MailtideError('mailboxes/unknown-name', message, {
    scope: 'run',
    hint: 'The names are accountname, foldername and localfolders.',
  })
}

/** `peritem` has a percent sign that begins nothing. */
export function badTemplate(peritem: string, at: number): MailtideError {
  const message = `peritem: cannot be read from character ${at + 1} on: ${JSON.stringify(peritem.slice(at, at + 20))}`
  return new MailtideError('mailboxes/bad-template', message, {
    scope: 'run',
    hint: 'Write %% for a percent sign, and names as in %(foldername)s.',
  })
}

/** The program that reads the list has no way to write this name. */
export function nameNotSayable(name: string, program: string): MailtideError {
  return new MailtideError('mailboxes/name-not-sayable', `${program} cannot be told the name ${JSON.stringify(name)}`, {
    scope: 'run',
    hint: 'Leave that folder out with folderfilter in [mbnames], or rename it.',
  })
}

/** A file of the cache of mailboxes is damaged. */
export function cacheUnreadable(cause?: unknown): MailtideError {
  return new MailtideError('mailboxes/cache-unreadable', 'The cached list of mailboxes cannot be read', {
    scope: 'run',
    hint: 'Remove the file: it is made anew when its account is synced.',
    cause,
  })
}
