import { type Credential, MailtideError } from '@mailtide/contracts'

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

/** `-u` or `ui` asks for something that there is not. */
export function noSuchUi(asked: string, known: readonly string[]): MailtideError {
  return new MailtideError('cli/no-such-ui', `there is no user interface '${asked}'`, {
    scope: 'run',
    hint: `There are ${known.join(', ')}.`,
  })
}

/** Nobody knows a password, or an access token, of an account. `kind` is what alone would do. */
export function noCredential(account: string, repository: string, kind?: Credential['kind']): MailtideError {
  const section = `[Repository ${repository}]`
  if (kind === 'access-token') {
    return new MailtideError('cli/no-token', `there is no access token for ${section}`, {
      scope: 'account',
      hint: `Run: mailtide login ${account}. Or set oauth2_access_token_provider to a program that knows one.`,
    })
  }
  return new MailtideError('cli/no-password', `there is no password for ${section}`, {
    scope: 'account',
    hint: 'Add the host and user to ~/.netrc (chmod 600), or set remotepassprovider, for example to pass:Mail/home.',
  })
}

/** Neither the rc file nor the store of the password says who logs in. */
export function noUser(repository: string): MailtideError {
  return new MailtideError(
    'cli/no-user',
    `[Repository ${repository}] names no user, nor does what knows the password`,
    {
      scope: 'account',
      hint: 'Set remoteuser.',
    },
  )
}

/** `remoteuserprovider` leads to a password whose user is not known. */
export function noUserThere(place: string): MailtideError {
  return new MailtideError('cli/no-user', `${place} leads to no user`, {
    scope: 'account',
    hint: 'Name the field, as in pass:Mail/home#user, or add a line "user: …" to the entry.',
  })
}

/** `oauth2:` names a provider that mailtide knows nothing of. */
export function noSuchPreset(name: string, place: string, known: readonly string[]): MailtideError {
  return new MailtideError('cli/no-such-preset', `oauth2:${name} (${place}) names no provider that mailtide knows`, {
    scope: 'account',
    hint: `There are ${known.join(', ')}; for others write oauth2: and set oauth2_request_url and its neighbours.`,
  })
}

/** OfflineIMAP holds its lock on the account. */
export function offlineImapRuns(account: string, processId: number | undefined): MailtideError {
  const who = processId === undefined ? 'OfflineIMAP' : `OfflineIMAP (process ${processId})`
  return new MailtideError('cli/offlineimap-runs', `${who} is at work on the account ${account}`, {
    scope: 'account',
    retryable: true,
    hint: 'Let it finish, or end it; both must not sync the same mail at once.',
  })
}

/** `mailtide adopt --from mbsync` found nothing that mbsync wrote. */
export function mbsyncStateMissing(place: string): MailtideError {
  return new MailtideError('cli/mbsync-state-missing', `there is no state of mbsync in ${place}`, {
    scope: 'account',
    hint: 'It is .mbsyncstate in each Maildir (SyncState *), or lies in a directory such as ~/.mbsync: name that with --state.',
  })
}

/** mbsync left placeholders where messages were too big for its MaxSize. */
export function mbsyncPlaceholders(maildir: string, count: number): MailtideError {
  const message = `${maildir} holds ${count} placeholders of mbsync in place of big messages`
  return new MailtideError('cli/mbsync-placeholders', message, {
    scope: 'folder',
    hint: 'Run mbsync once without MaxSize and with these messages flagged, so that they come whole; then adopt.',
  })
}

/** `mailtide login` lacks something that the rc file has to say. */
export function loginNeeds(option: string, repository: string, hint: string): MailtideError {
  return new MailtideError(
    'cli/login-needs',
    `[Repository ${repository}] lacks ${option}, which mailtide login needs`,
    {
      scope: 'account',
      hint,
    },
  )
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

/** The rules leave nothing to sync: OfflineIMAP calls it an error as well, for most often it is a slip. */
export function noFolderWanted(account: string, refused: number): MailtideError {
  const message = `no folder of ${account} is synced: folderfilter refuses all ${refused} of the server`
  return new MailtideError('cli/no-folder-wanted', message, {
    scope: 'account',
    hint: 'mailtide folders shows each folder, and why it is not synced.',
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
