import type { ProfileName } from './profile.ts'

/** By what a kind of server is known. All texts are in lower case. */
export interface Recognition {
  readonly name: Exclude<ProfileName, 'generic'>
  /** Host names; one that begins with a dot stands for every name below it as well. */
  readonly hosts?: readonly string[]
  /** Found somewhere in the greeting. */
  readonly greetings?: readonly string[]
  /** Found somewhere in the `name` or the `vendor` of the answer to ID. */
  readonly ids?: readonly string[]
  /** One of these is offered. */
  readonly capabilities?: readonly string[]
}

/** How each kind of server is known; the first that fits counts. */
export const recognitions: readonly Recognition[] = [
  // Before Gmail: bridges have been built that speak Gmail's extension.
  {
    name: 'proton-bridge',
    greetings: ['proton mail bridge', 'gluon session'],
    ids: ['protonmail', 'proton mail', 'gluon'],
  },
  { name: 'davmail', greetings: ['davmail'], ids: ['davmail'] },
  {
    name: 'gmail',
    hosts: ['imap.gmail.com', 'imap.googlemail.com'],
    greetings: ['gimap ready'],
    ids: ['gimap'],
    capabilities: ['x-gm-ext-1'],
  },
  {
    name: 'exchange',
    hosts: ['.office365.com', '.office365.us', '.outlook.com', 'partner.outlook.cn', 'imap-mail.outlook.com'],
    greetings: ['microsoft exchange'],
    ids: ['microsoft.exchange'],
  },
  { name: 'icloud', hosts: ['.mail.me.com', '.mail.icloud.com'], greetings: ['iscream'], ids: ['icloud'] },
  {
    name: 'yahoo',
    hosts: ['.mail.yahoo.com', '.aol.com'],
    greetings: ['yahoo.com', 'imapgate-'],
    ids: ['yahoo'],
    capabilities: ['xymhighestmodseq'],
  },
  { name: 'fastmail', hosts: ['.fastmail.com', '.messagingengine.com'], ids: ['fastmail'] },
  { name: 'qq', hosts: ['.qq.com'], greetings: ['qqmail'], ids: ['qqmail'] },
  {
    name: 'coremail',
    hosts: ['imap.163.com', 'imap.126.com', 'imap.yeah.net', 'imap.188.com', '.qiye.163.com'],
    greetings: ['coremail'],
    ids: ['coremail'],
    capabilities: ['x-cm-ext-1'],
  },
  { name: 'workmail', hosts: ['.awsapps.com'], ids: ['workmail'] },
  {
    name: 'zoho',
    hosts: ['.zoho.com', '.zoho.eu', '.zoho.in', '.zoho.com.au', '.zoho.jp'],
    greetings: ['zoho'],
    ids: ['zoho'],
  },
  { name: 'mailru', hosts: ['imap.mail.ru'] },
  { name: 'dovecot', greetings: ['dovecot'], ids: ['dovecot'] },
  { name: 'cyrus', greetings: ['cyrus imap'], ids: ['cyrus imap'] },
  { name: 'courier', greetings: ['courier-imap'], ids: ['courier'] },
]
