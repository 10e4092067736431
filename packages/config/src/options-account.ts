import type { OptionGroup } from './option.ts'

/** Options of `[Account …]`. */
export const accountOptions = {
  localrepository: { type: 'text', meaning: 'Name of the repository on this machine.' },
  remoterepository: { type: 'text', meaning: 'Name of the repository on the server.' },
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
    status: 'refused',
    meaning: 'Shell command before each sync.',
    hint: 'Leave it out and run the command before mailtide.',
  },
  postsynchook: {
    type: 'text',
    status: 'refused',
    meaning: 'Shell command after each sync.',
    hint: 'Leave it out and run the command after mailtide.',
  },
  maxsize: { type: 'integer', status: 'refused', meaning: 'Pass over larger messages.' },
  maxage: { type: 'text', status: 'refused', meaning: 'Pass over older messages.' },
  synclabels: { type: 'boolean', default: 'no', status: 'refused', meaning: "Sync Gmail's labels." },
  labelsheader: { type: 'text', default: 'X-Keywords', status: 'inert', meaning: 'Header that holds the labels.' },
  ignorelabels: { type: 'list', status: 'inert', meaning: 'Labels that are left alone.' },
  filterheaders: { type: 'list', status: 'refused', meaning: 'Headers removed from messages on upload.' },
  proxy: { type: 'text', status: 'refused', meaning: 'Connect through a SOCKS or HTTP proxy.' },
  authproxy: { type: 'text', status: 'inert', meaning: 'Proxy for OAuth2.' },
  status_backend: { type: 'text', status: 'removed', meaning: 'Where the status was kept.' },
  skipsleep: { type: 'text', status: 'removed', meaning: 'Set by OfflineIMAP itself while it ran.' },
} as const satisfies OptionGroup
