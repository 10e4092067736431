import type { OptionGroup } from './option.ts'
import { repositoryOptions } from './options-repository.ts'

/** Options of `[Repository …]` with `type = IMAP` or `type = Gmail`. */
export const imapOptions = {
  ...repositoryOptions,
  remotehost: {
    type: 'text',
    meaning: 'Name or address of the server; imap.gmail.com with type = Gmail.',
    example: 'imap.example.org',
  },
  remotehosteval: {
    type: 'python',
    meaning: 'Computes the name of the server; comes before remotehost.',
    example: 'host_of("home")',
  },
  remoteport: { type: 'integer', meaning: 'Port; without it 993 with ssl, else 143.', example: '993' },
  remoteporteval: { type: 'python', meaning: 'Computes the port; comes before remoteport.', example: '993' },
  remoteuser: {
    type: 'text',
    meaning: 'User to log in as; without it, whoever the store of the password names.',
    example: 'alex',
  },
  remoteusereval: {
    type: 'python',
    meaning: 'Computes the user, as str or bytes; comes before remoteuser.',
    example: 'user_of("home")',
  },
  remoteuserprovider: {
    type: 'text',
    source: 'mailtide',
    meaning: 'Who knows the user, as NAME:ARGUMENT like remotepassprovider; comes first.',
    example: 'pass:Mail/home',
  },
  remotepassprovider: {
    type: 'text',
    source: 'mailtide',
    meaning:
      'Who knows the password, as NAME:ARGUMENT: command, command-shell, netrc, gpg, pass, secret-service or keyring; comes first.',
    example: 'pass:Mail/home',
  },
  remotepass: { type: 'secret', meaning: 'Password. Without any, netrc, the keyring and then you are asked for it.' },
  remotepasseval: {
    type: 'python',
    meaning: 'Computes the password, as str or bytes; asked again when the server refuses it.',
    example: 'get_pass("home")',
  },
  remotepassfile: {
    type: 'tilde path',
    meaning: 'File whose first line is the password.',
    example: '~/.config/mailtide/password',
  },
  ssl: { type: 'boolean', default: 'yes', meaning: 'TLS from the first byte on.' },
  starttls: { type: 'boolean', default: 'yes', meaning: 'Without ssl: insist on STARTTLS; no is plain text.' },
  sslcacertfile: { type: 'path', meaning: 'PEM file of authorities to trust; OS-DEFAULT, or none, is the system.' },
  cert_fingerprint: { type: 'list', meaning: "Digests of the server's certificate, SHA-1 to SHA-512, in hex." },
  ipv6: { type: 'boolean', meaning: 'yes: only IPv6; no: only IPv4; unset: whichever works.' },
  usecompression: { type: 'boolean', default: 'no', meaning: 'COMPRESS=DEFLATE, where the server offers it.' },
  maxconnections: {
    type: 'integer',
    meaning: 'Connections at once; unset, what suits the server: 3, or 2 (Yahoo, QQ, DavMail), or 1 (Proton Bridge).',
    example: '4',
  },
  ssl_version: {
    type: 'text',
    meaning: 'The one version of TLS to speak: tls1, tls1_1 or tls1_2; unset or ssl23, the best that both know.',
    example: 'tls1_2',
  },
  tls_level: {
    type: 'text',
    default: 'tls_compat',
    meaning: 'Which versions ssl_version may name: tls_secure (1.1 on), tls_no_ssl (1.0 on) or tls_compat.',
  },
  auth_mechanisms: {
    type: 'list',
    meaning: 'Ways to log in, in the order in which they are tried; unset, all that there are, the strongest first.',
    example: 'XOAUTH2, PLAIN',
  },
  holdconnectionopen: {
    type: 'boolean',
    meaning:
      'With autorefresh, keep all connections between syncs, and not only those that watch; unset, yes with idlefolders.',
    example: 'yes',
  },
  keepalive: {
    type: 'integer',
    default: '0',
    meaning: 'Seconds between NOOPs on connections that are kept; 0 is every nine minutes.',
  },
  singlethreadperfolder: {
    type: 'boolean',
    default: 'no',
    meaning: 'Copy the messages of a folder one after another, in the order of their UIDs; mailtide always does.',
  },
  expunge: {
    type: 'boolean',
    default: 'yes',
    meaning: 'Whether messages deleted on the other side are expunged here, or only marked as \\Deleted.',
  },
  retrycount: {
    type: 'integer',
    default: '3',
    meaning: 'How often something is begun whose connection breaks off.',
  },
  remote_identity: {
    type: 'text',
    meaning: 'Whose mail to open, where that is somebody else than who logs in.',
    example: 'shared-mailbox',
  },
  sslclientcert: {
    type: 'path',
    meaning: 'PEM file of a certificate to show to the server.',
    example: '~/.config/mailtide/client.pem',
  },
  sslclientkey: {
    type: 'path',
    meaning: 'PEM file of the key of sslclientcert; unset, it is in the same file.',
    example: '~/.config/mailtide/client.key',
  },
  preauthtunnel: {
    type: 'text',
    meaning: 'Shell command that speaks IMAP on its stdin and stdout, logged in already.',
    example: 'ssh -q mail.example.org /usr/lib/dovecot/imap',
  },
  transporttunnel: {
    type: 'text',
    meaning: 'Shell command that leads to the server by its stdin and stdout; then the login is as usual.',
    example: 'openssl s_client -connect imap.example.org:993 -quiet',
  },
  reference: {
    type: 'text',
    meaning: 'Sync only folders whose names begin with this; new folders are created below it.',
    example: 'Mail/',
  },
  subscribedonly: { type: 'boolean', default: 'no', meaning: 'Sync subscribed folders only.' },
  decodefoldernames: {
    type: 'boolean',
    default: 'no',
    meaning: "OfflineIMAP's old way to decode the names of folders; the same as utf8foldernames in the account.",
  },
  idlefolders: {
    type: 'python',
    meaning: 'With autorefresh, list of folders that are watched first where not all can be (no NOTIFY); unset, INBOX.',
    example: "['INBOX', 'Work']",
  },
  newmail_hook: {
    type: 'python',
    meaning: 'Function that is called when unread messages have come into INBOX.',
    example: 'lambda: notify()',
  },
  copy_ignore_eval: {
    type: 'python',
    meaning: 'Function of a folder that answers the UIDs of messages that are never downloaded, or None.',
    example: "lambda folder: {'INBOX': [1, 2]}.get(folder)",
  },
  oauth2_access_token_provider: {
    type: 'text',
    source: 'mailtide',
    meaning: 'Who knows an access token, as NAME:ARGUMENT: oauth2, oama, command or command-shell; comes first.',
    example: 'oauth2:gmail',
  },
  oauth2_client_id: { type: 'text', meaning: "OAuth2: the client's id.", example: 'id.apps.example.org' },
  oauth2_client_id_eval: { type: 'python', meaning: "OAuth2: the client's id, computed.", example: 'client_id()' },
  oauth2_client_secret: { type: 'secret', meaning: "OAuth2: the client's secret." },
  oauth2_client_secret_eval: {
    type: 'python',
    meaning: "OAuth2: the client's secret, computed.",
    example: 'client_secret()',
  },
  oauth2_refresh_token: { type: 'secret', meaning: 'OAuth2: the token that access tokens are made with.' },
  oauth2_refresh_token_eval: {
    type: 'python',
    meaning: 'OAuth2: the token that access tokens are made with, computed anew at each refresh.',
    example: 'refresh_token()',
  },
  oauth2_access_token: { type: 'secret', meaning: 'OAuth2: the token to log in with.' },
  oauth2_access_token_eval: {
    type: 'python',
    meaning: 'OAuth2: the token to log in with, computed anew at each login.',
    example: 'get_token("alex@example.org")',
  },
  oauth2_request_url: {
    type: 'text',
    meaning: 'OAuth2: where tokens are asked for; unset, what is known of the provider.',
    example: 'https://oauth2.googleapis.com/token',
  },
  oauth2_authorization_url: {
    type: 'text',
    source: 'mailtide',
    meaning: 'OAuth2: where mailtide login sends the browser; unset, what is known of the provider.',
    example: 'https://login.example.org/authorize',
  },
  oauth2_device_url: {
    type: 'text',
    source: 'mailtide',
    meaning: 'OAuth2: where mailtide login --device asks for a code; unset, what is known of the provider.',
    example: 'https://login.example.org/device',
  },
  oauth2_scopes: {
    type: 'text',
    source: 'mailtide',
    meaning: 'OAuth2: what mailtide login asks for, with blanks between; unset, what is known of the provider.',
    example: 'https://mail.google.com/',
  },
  oauth2_token_store: {
    type: 'text',
    default: 'auto',
    source: 'mailtide',
    meaning:
      'Where tokens are kept: secret-service, keyring, pass or file; auto is the first of these that can be used.',
  },
  sep: { type: 'text', status: 'removed', meaning: "The server's own separator is used." },
  trashfolder: { type: 'text', status: 'inert', meaning: "Gmail's trash; OfflineIMAP never used it." },
  spamfolder: { type: 'text', status: 'inert', meaning: "Gmail's spam; OfflineIMAP never used it." },
  realdelete: { type: 'boolean', status: 'removed', meaning: 'Gmail: delete for good.' },
} as const satisfies OptionGroup
