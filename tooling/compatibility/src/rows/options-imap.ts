import { option, same } from '../row.ts'
import { config, imap, others, program } from '../tests.ts'

const kind = 'imap'

/** Options of `[Repository …]` of type IMAP and Gmail that lead to the server. */
export const serverOptions = [
  option(
    kind,
    'remotehost',
    same,
    program.run('carries changes both ways and sums them up'),
    config.readConfig('knows the server of type = %s', 'imap.gmail.com'),
  ),
  option(
    kind,
    'remotehosteval remoteporteval remoteusereval remotepasseval',
    same,
    program.values('tell host, port, user and password, as str or bytes, by %s'),
    program.values('%s = %s is an error that names its line'),
  ),
  option(
    kind,
    'remoteport',
    same,
    config.readConfig('reads a small file with every default filled in', 'port: 993'),
    config.readConfig('reads what the file says', 'port: 143'),
  ),
  option(
    kind,
    'ssl',
    'the same; with neither sslcacertfile nor cert_fingerprint the authorities of the system are believed',
    program.repositories('believes no authority but those of the system unless told'),
    program.repositories('believes a server whose authority is named'),
  ),
  option(
    kind,
    'starttls',
    'insisted on, and checked as any TLS; only starttls = no sends in clear text',
    program.servers('without STARTTLS gets no password, unless starttls = no says that it may'),
    program.servers('by STARTTLS has to have a certificate that is right'),
  ),
  option(
    kind,
    'sslcacertfile',
    'the same; OS-DEFAULT is what Node knows to be the system',
    program.repositories('believes a server whose authority is named'),
    program.repositories('names the file of authorities that it cannot read'),
    config.readConfig('trusts certificates by what is set: $why', 'OS-DEFAULT'),
  ),
  option(
    kind,
    'cert_fingerprint',
    'the same; a certificate that does not pass is shown with the line to write',
    program.connections('of another server is refused with the line to write, and taken with that line'),
    imap.door('takes a %s fingerprint for proof'),
    program.repositories('insists on the fingerprint as well as on the authority'),
  ),
  option(
    kind,
    'sslclientcert sslclientkey',
    'the same; EXTERNAL can log in with it',
    program.connections('of the client opens the door (EXTERNAL)'),
    imap.logIn('a client certificate > that cannot be read says so, and shows nothing of the key'),
  ),
  option(
    kind,
    'ssl_version tls_level',
    'the same, for STARTTLS as well; ssl3 is refused',
    program.connections('is shown in ssl_version = %s, if the server speaks it'),
    imap.tls('hold for STARTTLS as well'),
    config.readConfig('reports > [%s] %s', 'tls_level = tls_secure'),
  ),
  option(
    kind,
    'ipv6',
    same,
    imap.families('is reached where only $address answers, unless the other family is wanted'),
  ),
  option(
    kind,
    'usecompression',
    'the same, if the server offers it',
    program.servers('is spoken to in compressed form with usecompression, if it can, and told who we are'),
  ),
  option(
    kind,
    'maxconnections',
    'the same; fewer where the server bears no more',
    program.servers('has no more than maxconnections at once'),
    imap.quirks('connections > are as many as the server bears'),
  ),
  option(
    kind,
    'singlethreadperfolder',
    'messages always come in the order of their UIDs',
    program.messages('come in the order of their UIDs, whatever singlethreadperfolder says'),
  ),
  option(
    kind,
    'retrycount',
    'the same, for everything and not only for downloads; 3 unless set, and 0 counts as 1',
    program.servers('that hangs up is tried again as retrycount says: %i ends with %i'),
    config.readConfig('reads what is left out of a sync', 'retrycount = 0'),
    config.readConfig('reads a small file with every default filled in', 'attempts: 3'),
  ),
  option(
    kind,
    'preauthtunnel transporttunnel',
    same,
    program.connections('a tunnel > leads to the server'),
    imap.tunnel('preauthenticated by doveadm'),
    config.readConfig('reports > [%s] %s', 'preauthtunnel = a'),
    imap.tunnel('a tunnel that leads in at once > needs no user and no password'),
  ),
]

/** Options of `[Repository …]` of type IMAP and Gmail about the time between syncs. */
export const waitingOptions = [
  option(
    kind,
    'idlefolders',
    'the same, and more is watched besides where the server allows',
    program.waiting('idlefolders are watched, and what comes there is synced'),
  ),
  option(kind, 'keepalive', same, program.waiting('keepalive says how often connections are kept from falling asleep')),
  option(
    kind,
    'holdconnectionopen',
    same,
    program.waiting('connections are held with holdconnectionopen, so that nobody logs in anew'),
    imap.shelf('keeps what nobody uses for as long as told'),
  ),
]

/** Options of `[Repository …]` of type IMAP and Gmail about folders and messages. */
export const mailOptions = [
  option(
    kind,
    'expunge',
    same,
    program.options('expunge = no > marks on the server what was deleted here, and does not let it come back'),
  ),
  option(
    kind,
    'reference subscribedonly',
    'the same; new folders are subscribed to where subscribedonly is set',
    program.folders('below a reference, or subscribed to, are the only ones where that is asked for'),
    imap.listing('subscribes to what it creates, and to nothing that was there'),
  ),
  option(
    kind,
    'decodefoldernames',
    'the same as utf8foldernames, where OfflineIMAP crashes',
    program.folders('are decoded by utf8foldernames for rules and directories, and by decodefoldernames alike'),
  ),
  option(
    kind,
    'newmail_hook',
    same,
    program.options('newmail_hook > is called once after unread messages came into INBOX'),
  ),
  option(kind, 'copy_ignore_eval', same, program.options('copy_ignore_eval > keeps the messages away that it names')),
  option(kind, 'sep', 'ignored, and said so', program.configuration('[%s] %s has no effect, and says so', "'sep = .'")),
  {
    ...option(
      kind,
      'trashfolder spamfolder',
      'without effect, as in OfflineIMAP',
      program.configuration('%s does nothing', 'trashfolder'),
    ),
    isIdle: true as const,
  },
  option(
    kind,
    'realdelete',
    'ignored, as in OfflineIMAP, and said so',
    program.configuration('[%s] %s has no effect, and says so', 'realdelete'),
  ),
]

/** Options of `[Repository …]` of type IMAP and Gmail about logging in. */
export const loginOptions = [
  option(kind, 'remoteuser', same, program.recipes('a netrc file > tells the password of a user')),
  option(
    kind,
    'remotepass',
    'the same; it is shown nowhere',
    program.run('says so when the password is wrong, without showing it'),
    config.readConfig('keeps a password exactly, and never shows it'),
  ),
  option(
    kind,
    'remotepassfile',
    same,
    program.servers('takes the first line of remotepassfile, without the blanks around it'),
    config.paths('replaces only the tilde where OfflineIMAP does'),
  ),
  option(
    kind,
    'remoteuserprovider remotepassprovider',
    'user and password without Python',
    program.recipes('has a sibling in pass, by the function of the ArchWiki'),
    program.recipes('is asked %s', 'without Python'),
  ),
  option(
    kind,
    'remote_identity',
    'whose mail is opened, where OfflineIMAP crashes',
    program.servers('opens the mail of another by remote_identity'),
    imap.logIn('the mail of another > is opened by %s'),
  ),
  option(
    kind,
    'auth_mechanisms',
    'the same; unset, the strongest first; SCRAM, OAUTHBEARER and EXTERNAL as well',
    program.servers('lets in by the mechanisms of auth_mechanisms alone'),
    imap.mechanisms('takes the list of OfflineIMAP, and says why GSSAPI cannot be had'),
    config.readConfig('reports > [%s] %s', 'auth_mechanisms = XOAUTH'),
  ),
  option(
    kind,
    'oauth2_client_id oauth2_client_secret oauth2_refresh_token oauth2_request_url',
    'the same; the token is used until shortly before it expires, and one that comes in its place is kept',
    program.oauth2('access tokens > are refreshed with the refresh token of the rc file'),
    others.createOAuth2Provider('refreshes, and uses what it got until shortly before it expires'),
    others.createOAuth2Provider('is used from then on, also in the next run, until another one is configured'),
  ),
  option(
    kind,
    'oauth2_client_id_eval oauth2_client_secret_eval oauth2_refresh_token_eval',
    'the same, evaluated anew for each refresh',
    program.servers('asks for tokens with what is computed, through authproxy alone'),
    others.createOAuth2Provider('looks its settings up again at each refresh, and drops their line ends'),
  ),
  option(kind, 'oauth2_access_token', same, program.servers('OAuth 2 > takes an access token as it is')),
  option(
    kind,
    'oauth2_access_token_eval',
    'evaluated anew for each login, so that a daemon outlives the token',
    program.recipes('an access token of oama > is asked for by the function of the ArchWiki, by %s'),
    program.credentialChain('asks each time where the source knows best'),
  ),
  option(
    kind,
    'oauth2_access_token_provider',
    'an access token without Python',
    program.recipes('an access token of oama > is asked for by %s'),
  ),
  option(
    kind,
    'oauth2_authorization_url oauth2_device_url oauth2_scopes oauth2_token_store',
    'mailtide logs in by itself, and keeps what it gets',
    program.oauth2('gets tokens in a browser, keeps them for this user alone, and syncs with them'),
    program.oauth2('gets them by a code that is typed in elsewhere'),
  ),
]
