import { MailtideError } from '@mailtide/contracts'

/** There is no rc file where one was looked for. */
export function noConfiguration(places: readonly string[]): MailtideError {
  return new MailtideError(
    'cli/no-configuration',
    `there is no configuration file: looked for ${places.join(', then ')}`,
    {
      scope: 'run',
      hint: 'Write one, or name it with -c FILE. mailtide reads the same file as OfflineIMAP.',
    },
  )
}

/** The rc file is there and cannot be read. */
export function unreadableConfiguration(file: string, cause: unknown): MailtideError {
  return new MailtideError('cli/unreadable-configuration', `${file} cannot be read: ${reasonOf(cause)}`, {
    scope: 'run',
    hint: 'It has to be a text file that you may read.',
    cause,
  })
}

/** The log file of `-l` cannot be written. */
export function unwritableLog(file: string, cause: unknown): MailtideError {
  return new MailtideError('cli/unwritable-log', `the log file ${file} cannot be opened: ${reasonOf(cause)}`, {
    scope: 'run',
    hint: 'Give -l a file in a directory that exists and that you may write to.',
    cause,
  })
}

/** `-u` or `ui` asks for something that this version does not have. */
export function noSuchUi(asked: string): MailtideError {
  return new MailtideError('cli/no-such-ui', `there is no user interface '${asked}' in this version of mailtide`, {
    scope: 'run',
    hint: 'There are ttyui, basic and quiet.',
  })
}

/** The rc names no password for an account. */
export function noPassword(repository: string): MailtideError {
  return new MailtideError('cli/no-password', `there is no password in [Repository ${repository}]`, {
    scope: 'account',
    hint: 'Set remotepassfile to a file that only you can read, whose first line is the password, or set remotepass.',
  })
}

/** A file that the rc names, of passwords or of certificates, cannot be read. */
export function unreadableFile(option: string, file: string, cause: unknown): MailtideError {
  return new MailtideError('cli/unreadable-file', `${file} (${option}) cannot be read: ${reasonOf(cause)}`, {
    scope: 'account',
    hint: `Check that the file that ${option} names exists, and its permissions.`,
    cause,
  })
}

/** `-f` names a folder that is on neither side. */
export function noSuchFolder(name: string): MailtideError {
  return new MailtideError('cli/no-such-folder', `there is no folder '${name}', which -f names`, {
    scope: 'folder',
    hint: 'mailtide --info shows the names of all folders, as -f takes them.',
  })
}

/** The file of `--folders` cannot be used. */
export function sampleUnreadable(file: string, cause: unknown): MailtideError {
  return new MailtideError('cli/sample-unreadable', `${file} (--folders) cannot be used: ${reasonOf(cause)}`, {
    scope: 'run',
    hint: 'It holds {"names": ["INBOX", …], "account": "home", "localfolders": "/home/alex/Mail"}.',
    cause,
  })
}

/** Why a file cannot be used, in words. */
export function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  const code = 'code' in cause ? cause.code : undefined
  if (code === 'ENOENT') return 'it does not exist'
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied'
  if (code === 'EISDIR') return 'it is a directory'
  return cause.message
}
