import type { Certificate } from './certificate.ts'

/** What a private Dovecot is made of. */
export interface DovecotSetup {
  readonly directory: string
  readonly port: number
  readonly tlsPort: number
  readonly certificate: Certificate | undefined
  /** Who owns the mail. */
  readonly mailOwner: { readonly uid: number; readonly gid: number }
  /** Set when Dovecot runs as an ordinary user: the name that stands in for its own two users. */
  readonly user: { readonly name: string; readonly group: string } | undefined
  /** Extensions not to be offered. */
  readonly without: readonly string[]
  /** More settings, in the language of the installed version. */
  readonly settings: string
}

// What Dovecot 2.3.19 offers after login, since its configuration can only replace the list as a whole.
const capabilities =
  'IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT SORT=DISPLAY THREAD=REFERENCES THREAD=REFS ' +
  'THREAD=ORDEREDSUBJECT MULTIAPPEND URL-PARTIAL CATENATE UNSELECT CHILDREN NAMESPACE UIDPLUS LIST-EXTENDED ' +
  'I18NLEVEL=1 CONDSTORE QRESYNC ESEARCH ESORT SEARCHRES WITHIN CONTEXT=SEARCH LIST-STATUS BINARY MOVE ' +
  'SNIPPET=FUZZY PREVIEW=FUZZY PREVIEW STATUS=SIZE SAVEDATE LITERAL+ NOTIFY'

/** The configuration file for Dovecot 2.3. */
export function configuration23(setup: DovecotSetup): string {
  const { directory, certificate, mailOwner, without } = setup
  const offered = capabilities.split(' ').filter((name) => !without.includes(name))
  return lines(
    commonSettings(setup, 'service_count = 0'),
    'disable_plaintext_auth = no',
    `mail_uid = ${mailOwner.uid}`,
    `mail_gid = ${mailOwner.gid}`,
    'mail_location = maildir:~/Maildir',
    `passdb {\n  driver = passwd-file\n  args = scheme=PLAIN username_format=%u ${directory}/users/%u\n}`,
    `userdb {\n  driver = passwd-file\n  args = username_format=%u ${directory}/users/%u\n}`,
    without.length > 0 && `imap_capability = ${offered.join(' ')}`,
    certificate && `ssl = yes\nssl_cert = <${certificate.certificateFile}\nssl_key = <${certificate.keyFile}`,
    setup.settings,
  )
}

/** The configuration file for Dovecot 2.4, whose settings have other names. */
export function configuration24(setup: DovecotSetup): string {
  const { directory, certificate, mailOwner, without } = setup
  return lines(
    'dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0',
    commonSettings(setup, 'restart_request_count = unlimited'),
    'auth_allow_cleartext = yes',
    `mail_uid = ${mailOwner.uid}`,
    `mail_gid = ${mailOwner.gid}`,
    'mail_driver = maildir\nmail_path = ~/Maildir',
    `passdb passwd-file {\n  default_password_scheme = PLAIN\n  passwd_file_path = ${directory}/users/%{user}\n}`,
    `userdb passwd-file {\n  passwd_file_path = ${directory}/users/%{user}\n}`,
    without.length > 0 && `imap_capability {\n${without.map((name) => `  ${name} = no\n`).join('')}}`,
    certificate &&
      `ssl = yes\nssl_server_cert_file = ${certificate.certificateFile}\nssl_server_key_file = ${certificate.keyFile}`,
    setup.settings,
  )
}

function commonSettings(setup: DovecotSetup, oneLoginProcess: string): string {
  const { directory, port, tlsPort, certificate, user } = setup
  return lines(
    `base_dir = ${directory}/run\nstate_dir = ${directory}/run\nlog_path = ${directory}/dovecot.log`,
    'protocols = imap\nlisten = 127.0.0.1',
    'auth_mechanisms = plain login\nauth_failure_delay = 0',
    'first_valid_uid = 1\nmail_max_userip_connections = 200\nmail_fsync = never',
    'namespace inbox {\n  inbox = yes\n  separator = .\n}',
    `service imap-login {
  ${oneLoginProcess}
  process_min_avail = 1
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${certificate ? tlsPort : 0}
  }
}`,
    'service imap {\n  process_limit = 200\n}\nservice anvil {\n  client_limit = 1000\n}',
    !certificate && 'ssl = no',
    user && asOrdinaryUser(user),
  )
}

function asOrdinaryUser({ name, group }: { readonly name: string; readonly group: string }): string {
  const services = ['anvil', 'imap-login', 'stats']
  return lines(
    `default_internal_user = ${name}\ndefault_internal_group = ${group}\ndefault_login_user = ${name}`,
    ...services.map((service) => `service ${service} {\n  chroot =\n}`),
  )
}

function lines(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => part).join('\n')
}
