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
    status: 'unneeded',
    meaning: 'Shell command before each sync.',
    hint: 'Run the command before mailtide.',
  },
  postsynchook: {
    type: 'text',
    status: 'unneeded',
    meaning: 'Shell command after each sync.',
    hint: 'Run the command after mailtide.',
  },
  maxsize: { type: 'integer', status: 'refused', meaning: 'Pass over messages of more bytes.', example: '2000000' },
  maxage: {
    type: 'text',
    status: 'refused',
    meaning: 'Pass over messages of more days, or from before a day (YYYY-MM-DD).',
    example: '365',
  },
  synclabels: { type: 'boolean', default: 'no', status: 'refused', meaning: "Sync Gmail's labels." },
  labelsheader: { type: 'text', default: 'X-Keywords', status: 'inert', meaning: 'Header that holds the labels.' },
  ignorelabels: {
    type: 'list',
    status: 'inert',
    meaning: 'Labels that are left alone.',
    example: String.raw`\Inbox, \Starred, \Sent`,
  },
  filterheaders: {
    type: 'list',
    status: 'refused',
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
  status_backend: { type: 'text', status: 'removed', meaning: 'Where the status was kept.' },
  skipsleep: { type: 'text', status: 'removed', meaning: 'Set by OfflineIMAP itself while it ran.' },
} as const satisfies OptionGroup
