/** Where the account is, and where its mail and everything else goes. */
export interface DemoAccount {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly pass: string
  /** File of the authority that signed the server's certificate. */
  readonly authorityFile: string
  readonly mail: string
  readonly metadata: string
}

/** OfflineIMAP's minimal configuration, and `metadata`, so that the demo leaves the home directory alone. */
export function rcFile({ host, port, user, pass, authorityFile, mail, metadata }: DemoAccount): string {
  return `[general]
accounts = Demo
metadata = ${metadata}

[Account Demo]
localrepository = Local
remoterepository = Remote

[Repository Local]
type = Maildir
localfolders = ${mail}

[Repository Remote]
type = IMAP
remotehost = ${host}
remoteport = ${port}
remoteuser = ${user}
remotepass = ${pass}
sslcacertfile = ${authorityFile}
`
}
