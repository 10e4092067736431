import { testsIn } from './row.ts'

const cli = (file: string) => testsIn(`apps/cli/src/${file}`)
const inPackage = (name: string) => (file: string) => testsIn(`packages/${name}/src/${file}`)
const configTests = inPackage('config')
const imapTests = inPackage('backend-imap')
const maildirTests = inPackage('backend-maildir')
const engineTests = inPackage('engine')
const stateTests = inPackage('offlineimap-state')

/** The tests of the program. */
export const program = {
  accountLoop: cli('run/account-loop.test.ts'),
  adopting: cli('run/adopting.integration.test.ts'),
  arguments: cli('arguments.test.ts'),
  autoEvaluator: cli('python/auto-evaluator.test.ts'),
  blinkenlights: cli('ui/blinkenlights.test.ts'),
  chooseUi: cli('run/choose-ui.test.ts'),
  commandLine: cli('compatibility/command-line.integration.test.ts'),
  commands: cli('commands/commands.integration.test.ts'),
  configuration: cli('compatibility/configuration.integration.test.ts'),
  connections: cli('run/connections.integration.test.ts'),
  credentialChain: cli('login/credential-chain.test.ts'),
  daemon: cli('daemon/daemon.integration.test.ts'),
  eventLines: cli('lines/event-lines.test.ts'),
  exitCodes: cli('exit-codes.test.ts'),
  frame: cli('ui/frame.test.ts'),
  folders: cli('compatibility/folders.integration.test.ts'),
  gate: cli('run/gate.test.ts'),
  interfaces: cli('compatibility/interfaces.integration.test.ts'),
  labels: cli('compatibility/labels.integration.test.ts'),
  jsonUi: cli('ui/json-ui.test.ts'),
  kerberos: cli('login/kerberos.test.ts'),
  machineUi: cli('ui/machine-ui.test.ts'),
  mailboxList: cli('mailboxes/mailbox-list.integration.test.ts'),
  mailboxListAfter: cli('mailboxes/offlineimap.integration.test.ts'),
  messages: cli('compatibility/messages.integration.test.ts'),
  modes: cli('modes/modes.integration.test.ts'),
  oauth2: cli('login/oauth2.integration.test.ts'),
  options: cli('run/options.integration.test.ts'),
  progress: cli('ui/progress.test.ts'),
  prompt: cli('login/prompt.test.ts'),
  rcPassword: cli('login/rc-password.test.ts'),
  readRc: cli('run/read-rc.test.ts'),
  recipes: cli('login/recipes.integration.test.ts'),
  repositories: cli('run/repositories.integration.test.ts'),
  rules: cli('rules/rules.integration.test.ts'),
  run: cli('run/run.integration.test.ts'),
  secrets: cli('login/secrets.integration.test.ts'),
  servers: cli('compatibility/servers.integration.test.ts'),
  signals: cli('run/signals.test.ts'),
  signalsAndLocks: cli('compatibility/signals-and-locks.integration.test.ts'),
  switching: cli('run/switching.integration.test.ts'),
  syslogUi: cli('ui/syslog-ui.test.ts'),
  systemdUnits: cli('systemd-units.integration.test.ts'),
  ttyUi: cli('ui/tty-ui.test.ts'),
  values: cli('python/values.integration.test.ts'),
  verify: cli('verify/verify.integration.test.ts'),
  waiting: cli('compatibility/waiting.integration.test.ts'),
} as const

/** The tests of `@mailtide/config`. */
export const config = {
  interpolate: configTests('interpolate.test.ts'),
  paths: configTests('paths.test.ts'),
  readConfig: configTests('read-config.test.ts'),
  scanRc: configTests('scan-rc.test.ts'),
  testCases: configTests('test-cases.test.ts'),
  values: configTests('values.test.ts'),
} as const

/** The tests of what evaluates Python. */
export const python = {
  cases: inPackage('python')('cases.test.ts'),
  differential: inPackage('python')('differential.integration.test.ts'),
  host: inPackage('python-host')('create-python-host.integration.test.ts'),
  interpreter: inPackage('python')('python.test.ts'),
  programs: inPackage('python')('modules/programs.test.ts'),
} as const

/** The tests of `@mailtide/backend-imap`. */
export const imap = {
  createFolder: imapTests('create-folder.integration.test.ts'),
  door: imapTests('door.integration.test.ts'),
  expunge: imapTests('expunge.integration.test.ts'),
  families: imapTests('families.integration.test.ts'),
  faults: imapTests('faults.integration.test.ts'),
  folderNames: imapTests('folder-names.test.ts'),
  gmail: imapTests('gmail.integration.test.ts'),
  listing: imapTests('listing.integration.test.ts'),
  logIn: imapTests('login/log-in.integration.test.ts'),
  mechanisms: imapTests('login/mechanisms.test.ts'),
  protocolTexts: imapTests('protocol-texts.test.ts'),
  proxy: imapTests('proxy.integration.test.ts'),
  shelf: imapTests('shelf.test.ts'),
  oddCertificates: imapTests('odd-certificates.integration.test.ts'),
  quirks: imapTests('quirks.integration.test.ts'),
  tls: imapTests('tls.integration.test.ts'),
  trace: imapTests('trace.integration.test.ts'),
  tunnel: imapTests('tunnel.integration.test.ts'),
  uidSet: imapTests('uid-set.test.ts'),
  watch: imapTests('watch.integration.test.ts'),
} as const

/** The tests of `@mailtide/backend-maildir`. */
export const maildir = {
  accessTime: maildirTests('access-time.test.ts'),
  adoption: maildirTests('adoption.test.ts'),
  directoryName: maildirTests('directory-name.test.ts'),
  fileName: maildirTests('file-name.test.ts'),
  flagLetters: maildirTests('flag-letters.test.ts'),
  labels: maildirTests('labels.test.ts'),
  listing: maildirTests('listing.test.ts'),
  noColons: maildirTests('no-colons.integration.test.ts'),
  reading: maildirTests('reading.test.ts'),
  times: maildirTests('times.test.ts'),
  tree: maildirTests('tree.test.ts'),
  watchTree: maildirTests('watch-tree.test.ts'),
  writing: maildirTests('writing.test.ts'),
} as const

/** The tests of `@mailtide/engine`, and of the rules that it follows. */
export const engine = {
  greatLaw: engineTests('great-law.test.ts'),
  labels: engineTests('labels.test.ts'),
  inherit: engineTests('inherit.test.ts'),
  pairFolders: inPackage('folder-rules')('pair-folders.test.ts'),
  plan: inPackage('planner')('plan.test.ts'),
  policies: engineTests('policies.test.ts'),
  sync: engineTests('sync.test.ts'),
  windows: engineTests('windows.test.ts'),
} as const

/** The tests of `@mailtide/offlineimap-state`. */
export const state = {
  fileNames: stateTests('file-names.test.ts'),
  flatStatus: stateTests('flat-status.test.ts'),
  lock: stateTests('offlineimap-lock.test.ts'),
  offlineimap: stateTests('offlineimap.integration.test.ts'),
  open: stateTests('open-offlineimap-state.test.ts'),
  sqliteStatus: stateTests('sqlite-status.test.ts'),
  uidMap: stateTests('uid-map.test.ts'),
  write: stateTests('write-offlineimap-state.test.ts'),
} as const

/** The tests of other packages. */
export const others = {
  acquireLock: testsIn('packages/durable-fs/src/acquire-lock.test.ts'),
  createOAuth2Provider: testsIn('packages/credentials/oauth2/src/create-oauth2-provider.test.ts'),
  netrcProvider: testsIn('packages/credentials/netrc/src/create-netrc-provider.test.ts'),
  parseNetrc: testsIn('packages/decrypted-text/src/parse-netrc.test.ts'),
  formatMailboxes: testsIn('packages/mutt-mailboxes/src/format-mailboxes.test.ts'),
  mailboxCache: testsIn('packages/mutt-mailboxes/src/mailbox-cache.test.ts'),
  killedAmid: testsIn('tooling/reliability/src/kill.integration.test.ts'),
  replaceFile: testsIn('packages/durable-fs/src/replace-file.test.ts'),
  takingOver: testsIn('tooling/reliability/src/taking-over.test.ts'),
  writeFiles: testsIn('packages/durable-fs/src/write-files.test.ts'),
} as const
