import { homedir } from 'node:os'
import { join } from 'node:path'
import { MailtideError } from '@mailtide/contracts'

/** A file, and which of its fields is the password. */
export interface GpgArgument {
  readonly file: string
  readonly field?: string
}

/**
 * Reads the argument of `gpg:`: `FILE` or `FILE#FIELD`, in which `~/` is the home directory. A file with `#` in its
 * name is written with another one behind it.
 */
export function parseGpgArgument(text: string, home: string = homedir()): GpgArgument {
  const [, name = '', field = ''] = /^(.*?)(?:#([^#]*))?$/s.exec(text.trim()) ?? []
  if (name === '') {
    throw new MailtideError('credentials/bad-argument', 'The argument of gpg: names no file', {
      scope: 'account',
      hint: 'Write the encrypted file: gpg:~/.offlineimappass.gpg',
    })
  }
  const file = name.startsWith('~/') ? join(home, name.slice(2)) : name
  return field === '' ? { file } : { file, field }
}
