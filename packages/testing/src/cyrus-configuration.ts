import { join } from 'node:path'
import type { MailOwner } from './mail-owner.ts'

/** What a private Cyrus is made of. */
export interface CyrusSetup {
  readonly directory: string
  /** Where its packages were unpacked. */
  readonly root: string
  readonly owner: MailOwner
  readonly separator: '.' | '/'
  readonly namespace: 'flat' | 'below-inbox'
  readonly without: readonly string[]
  readonly settings: string
}

/** The realm of all users, which is the server's name. */
export const realm = 'localhost'

/** The directories that Cyrus wants to find. */
export const cyrusDirectories: readonly string[] = [
  ...['', '/db', '/lock', '/log', '/msg', '/proc', '/quota', '/socket', '/user'].map((name) => `conf${name}`),
  'run',
  'spool',
]

/** The text of imapd.conf. A setting may stand in it only once. */
export function imapdConfiguration(setup: CyrusSetup): string {
  const { directory, owner, separator, namespace, without, settings } = setup
  const lines = [
    `configdirectory: ${directory}/conf`,
    `partition-default: ${directory}/spool`,
    'defaultpartition: default',
    `servername: ${realm}`,
    `loginrealms: ${realm}`,
    `cyrus_user: ${owner.name}`,
    `cyrus_group: ${owner.group}`,
    `master_pid_file: ${directory}/run/master.pid`,
    ...['idle', 'lmtp', 'notify'].map((name) => `${name}socket: ${directory}/run/${name}`),
    'sasl_pwcheck_method: auxprop',
    'sasl_auxprop_plugin: sasldb',
    `sasl_sasldb_path: ${passwordFile(directory)}`,
    'sasl_mech_list: PLAIN LOGIN',
    'sasl_minimum_layer: 0',
    'allowplaintext: yes',
    'failedloginpause: 0s',
    // By itself Cyrus would put X for every octet beyond ASCII in a header.
    'munge8bit: no',
    // Each user has an INBOX from the first login on.
    'autocreate_quota: 0',
    'autocreate_post: yes',
    `altnamespace: ${namespace === 'flat' ? 'yes' : 'no'}`,
    `unixhierarchysep: ${separator === '/' ? 'yes' : 'no'}`,
    'duplicatesuppression: no',
    'conversations: no',
    ...(without.length > 0 ? [`suppress_capabilities: ${without.join(' ')}`] : []),
  ]
  const keyOf = (line: string) => line.split(':', 1)[0]
  const more = settings.split('\n')
  const replaced = new Set(more.map(keyOf))
  return `${[...lines.filter((line) => !replaced.has(keyOf(line))), ...more].join('\n')}\n`
}

/** The text of cyrus.conf: which processes the master keeps. */
export function masterConfiguration({ directory, root }: CyrusSetup): string {
  const run = (program: string, args = '') =>
    `cmd="${join(root, 'usr/lib/cyrus/bin', program)} -C ${directory}/imapd.conf${args}"`
  return `START {
  recover ${run('ctl_cyrusdb', ' -r')}
}
DAEMON {
  idled ${run('idled')}
}
SERVICES {
  imap ${run('imapd', ' -U 40')} listen="${imapSocket(directory)}" prefork=2
}
`
}

/** Where the server listens. */
export function imapSocket(directory: string): string {
  return join(directory, 'run/imap')
}

/** Where the users and their passwords are. */
export function passwordFile(directory: string): string {
  return join(directory, 'sasldb2')
}
