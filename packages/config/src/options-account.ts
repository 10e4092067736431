import type { OptionGroup } from './option.ts'

/** Options of `[Account …]`. */
export const accountOptions = {
  localrepository: { type: 'text', meaning: 'Name of the repository on this machine.', example: 'disk' },
  remoterepository: { type: 'text', meaning: 'Name of the repository on the server.', example: 'server' },
  autorefresh: { type: 'number', default: '0', meaning: 'Minutes between syncs; 0 syncs once.' },
  quick: {
    type: 'integer',
    default: '0',
    meaning: 'How many quick syncs follow each full one; below 0 all are quick.',
  },
  utf8foldernames: { type: 'boolean', default: 'no', meaning: 'Decode the names of folders from modified UTF-7.' },
  'maildir-windows-compatible': {
    type: 'boolean',
    default: 'no',
    meaning: 'Write ! instead of : before the flags in file names.',
  },
  presynchook: {
    type: 'text',
    meaning: 'Shell command before each sync; OFFLINEIMAPSYNCMODE is full, quick or idle.',
    example: 'imapfilter',
  },
  postsynchook: {
    type: 'text',
    meaning: 'Shell command after each sync that did not fail as a whole.',
    example: 'notmuch new',
  },
  maxsize: {
    type: 'integer',
    meaning: 'Pass over new messages of so many bytes and more; what is synced already stays.',
    example: '2000000',
  },
  maxage: {
    type: 'text',
    meaning: 'Pass over new messages of the server that are older than so many days, or than a day (YYYY-MM-DD).',
    example: '365',
  },
  synclabels: {
    type: 'boolean',
    default: 'no',
    meaning: 'Sync the labels of messages, between a Gmail and a GmailMaildir.',
  },
  labelsheader: {
    type: 'text',
    default: 'X-Keywords',
    meaning: 'Header that holds the labels in local files, by commas; by spaces in X-Label and Keywords.',
  },
  ignorelabels: {
    type: 'list',
    meaning: 'Labels that are neither added nor removed on either side.',
    example: String.raw`\Inbox, \Starred, \Sent`,
  },
  filterheaders: {
    type: 'list',
    meaning: 'Headers removed from messages on upload.',
    example: 'X-Received',
  },
  proxy: {
    type: 'text',
    meaning: 'Connect through a proxy, written SOCKS5:host:port, SOCKS4:… or HTTP:….',
    example: 'SOCKS5:localhost:9999',
  },
  authproxy: {
    type: 'text',
    meaning: 'Proxy for OAuth2 instead of the one of proxy; empty for none.',
    example: 'HTTP:localhost:3128',
  },
  'write-offlineimap-state': {
    type: 'boolean',
    default: 'no',
    source: 'mailtide',
    meaning: "Keep OfflineIMAP's own state up to date after each sync, so that it can take over again any time.",
  },
  status_backend: { type: 'text', status: 'removed', meaning: 'Where the status was kept.' },
  skipsleep: { type: 'text', status: 'removed', meaning: 'Set by OfflineIMAP itself while it ran.' },
} as const satisfies OptionGroup
