import { chooseExtensions, type Extension } from '../extensions.ts'
import type { Fault } from '../faults/fault.ts'
import type { TestServerOptions } from '../options.ts'

/** Servers that can be imitated. `sloppy` is none of them: it does what any server has been seen to do. */
export type Behaviour =
  | 'gmail'
  | 'exchange'
  | 'icloud'
  | 'yahoo'
  | 'proton-bridge'
  | 'davmail'
  | 'coremail'
  | 'qq'
  | 'workmail'
  | 'zoho'
  | 'mailru'
  | 'dovecot'
  | 'courier'
  | 'sloppy'

interface Manner extends Omit<TestServerOptions, 'behaves' | 'extensions'> {
  /** All, if none are named. */
  readonly extensions?: ReadonlySet<Extension>
}

/** What happens to every command, or to each of a name. */
const always = { times: Infinity }
const rewrite = (command: string | RegExp, line: (line: string) => string): Fault => ({
  kind: 'rewrite',
  command,
  line,
  ...always,
})

const manners: Readonly<Record<Behaviour, Manner>> = {
  gmail: {
    extensions: new Set([
      ...([
        'UNSELECT',
        'IDLE',
        'NAMESPACE',
        'ID',
        'CHILDREN',
        'UIDPLUS',
        'COMPRESS=DEFLATE',
        'ENABLE',
        'MOVE',
      ] as const),
      ...(['CONDSTORE', 'ESEARCH', 'LIST-EXTENDED', 'LIST-STATUS', 'LITERAL+', 'SPECIAL-USE', 'SASL-IR'] as const),
    ]),
    habits: {
      greeting: 'Gimap ready for requests from 127.0.0.1 k2if6111336rvb.0',
      id: { name: 'GImap', vendor: 'Google, Inc.', 'support-url': 'http://mail.google.com/support' },
      connectionLimit: {
        perUser: 15,
        text: '[ALERT] Too many simultaneous connections. (Failure)',
        untagged: true,
      },
      appendLimit: 35_651_584,
      literalMinus: true,
      labels: {},
    },
  },
  exchange: {
    extensions: new Set(['CHILDREN', 'ID', 'IDLE', 'NAMESPACE', 'LITERAL+', 'SASL-IR', 'UNSELECT']),
    habits: {
      greeting: 'The Microsoft Exchange IMAP4 service is ready.',
      id: { name: 'Microsoft.Exchange.Imap4.Imap4Server', version: '15.20' },
      longestCommand: 1000,
    },
  },
  icloud: {
    extensions: new Set([
      ...(['CONDSTORE', 'ENABLE', 'QRESYNC', 'NAMESPACE', 'UIDPLUS', 'CHILDREN', 'UNSELECT', 'ESEARCH'] as const),
      ...(['SASL-IR', 'ID', 'IDLE', 'LIST-STATUS', 'LITERAL+'] as const),
    ]),
    habits: { greeting: 'iSCREAM ready to rumble' },
    faults: [
      { kind: 'without-item', item: 'RFC822', ...always },
      { kind: 'drop', command: 'ENABLE', untagged: 'ENABLED', ...always },
      rewrite(/^/, (line) => line.replace(/^(\* VANISHED(?: \(EARLIER\))?) .*/, '$1 ()')),
    ],
  },
  yahoo: {
    extensions: new Set([
      ...(['ID', 'MOVE', 'NAMESPACE', 'UIDPLUS', 'LITERAL+', 'CHILDREN', 'UNSELECT', 'SASL-IR', 'IDLE'] as const),
      ...(['CONDSTORE', 'ENABLE', 'SPECIAL-USE'] as const),
    ]),
    habits: {
      greeting: 'IMAP4rev1 imapgate-1.8.1_01.20166',
      connectionLimit: { perUser: 2, text: '[LIMIT] Too many connections' },
      zeroModSeqIsBad: true,
    },
  },
  'proton-bridge': {
    extensions: new Set(['IDLE', 'ID', 'MOVE', 'UIDPLUS', 'UNSELECT']),
    habits: {
      greeting: 'Proton Mail Bridge 03.00.00 - gluon session ID 1',
      id: { name: 'gluon', vendor: 'Proton' },
      forgetsUids: true,
    },
  },
  davmail: {
    extensions: new Set(['IDLE', 'MOVE', 'SPECIAL-USE', 'UIDPLUS']),
    habits: { greeting: 'IMAP4rev1 DavMail 6.2.0 server ready' },
    faults: [
      // Its keep-alive: octets before the answer while Exchange is thinking.
      rewrite(/^(?:LIST|SELECT)/i, (line) => ` ${line}`),
      { kind: 'drop', command: 'IDLE', untagged: 'EXISTS', ...always },
    ],
  },
  coremail: {
    extensions: new Set(['SPECIAL-USE', 'ID', 'LITERAL+', 'UIDPLUS']),
    habits: { greeting: 'Coremail System IMap Server Ready(163com[0])', idAfterLogin: true },
  },
  qq: {
    extensions: new Set(['IDLE', 'ID', 'UIDPLUS', 'NAMESPACE', 'CHILDREN']),
    habits: { greeting: 'QQMail XMIMAP4Server ready', idAfterLogin: true, ascendingSetsOnly: true },
  },
  workmail: {
    extensions: new Set(['IDLE', 'ID', 'MOVE', 'UIDPLUS', 'NAMESPACE', 'CHILDREN', 'LITERAL+']),
    faults: [
      {
        kind: 'refuse',
        command: 'UID FETCH',
        skip: 2,
        status: 'NO',
        text: 'Request was throttled, try again later',
        bye: 'Too many requests',
      },
    ],
  },
  zoho: {
    extensions: new Set(['IDLE', 'ID', 'NAMESPACE', 'UIDPLUS', 'CHILDREN', 'UNSELECT', 'MOVE', 'SPECIAL-USE']),
    habits: { greeting: 'IMAP4 Server (Zoho Mail IMAP4rev1 Server version 1.0)' },
    faults: [rewrite(/SEARCH.* HEADER /i, (line) => line.replace(/(?<=^\* SEARCH.*) \d+/g, '$&$&'))],
  },
  mailru: { faults: [rewrite(/BODYSTRUCTURE/i, (line) => line.replace(/"BOUNDARY" "[^"]*"/gi, '"BOUNDARY" NIL'))] },
  dovecot: {
    separator: '.',
    namespacePrefix: 'INBOX.',
    habits: {
      greeting: 'Dovecot ready.',
      id: { name: 'Dovecot' },
      connectionLimit: {
        perUser: 10,
        text: '[UNAVAILABLE] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)',
      },
    },
  },
  courier: {
    separator: '.',
    namespacePrefix: 'INBOX.',
    extensions: new Set(['UIDPLUS', 'CHILDREN', 'NAMESPACE', 'IDLE']),
    habits: { greeting: 'Courier-IMAP ready.' },
  },
  sloppy: {
    faults: [
      // Once each: who asks again is answered.
      { kind: 'without-item', command: 'UID FETCH', item: 'UID' },
      { kind: 'without-item', command: /BODY(?:\.PEEK)?\[\]/i, item: 'BODY[]', nil: true },
      { kind: 'unsorted', ...always },
      { kind: 'drop', command: 'LIST', untagged: 'STATUS', ...always },
      { kind: 'hide-code', command: /^(?:SELECT|EXAMINE)/i, code: 'UIDNEXT', ...always },
      rewrite(/^/, (line) => (line.startsWith('+ ') ? '+' : line)),
    ],
  },
}

/** The options with what the behaviour they name adds to them. */
export function withBehaviour({ behaves, ...options }: TestServerOptions): TestServerOptions {
  if (behaves === undefined) return options
  const { extensions, habits, faults = [], ...manner } = manners[behaves]
  return {
    ...manner,
    ...options,
    extensions: chooseExtensions(options.extensions, extensions),
    habits: { ...habits, ...options.habits },
    faults: [...faults, ...(options.faults ?? [])],
  }
}
