import { describe, expect, it } from 'vitest'
import type { ProfileName } from './profile.ts'
import { profileFor, type ServerSigns } from './profile-for.ts'
import { genericProfile, profiles } from './profiles.ts'
import { recognitions } from './recognition.ts'

const known: readonly (readonly [ProfileName, Omit<ServerSigns, 'host'> & { readonly host?: string }])[] = [
  ['gmail', { host: 'imap.gmail.com' }],
  ['gmail', { host: 'IMAP.Googlemail.com.' }],
  ['gmail', { greeting: 'OK Gimap ready for requests from 192.0.2.1 k2if6111336rvb.0' }],
  ['gmail', { capabilities: ['IMAP4rev1', 'X-GM-EXT-1'] }],
  ['gmail', { id: { name: 'GImap', vendor: 'Google, Inc.' } }],
  ['exchange', { host: 'outlook.office365.com' }],
  ['exchange', { host: 'imap-mail.outlook.com' }],
  ['exchange', { greeting: 'OK The Microsoft Exchange IMAP4 service is ready.' }],
  ['exchange', { id: { name: 'Microsoft.Exchange.Imap4.Imap4Server', version: '15.20' } }],
  ['icloud', { host: 'imap.mail.me.com' }],
  ['icloud', { host: 'p12-imap.mail.me.com' }],
  ['icloud', { greeting: 'OK [CAPABILITY IMAP4 IMAP4rev1] iSCREAM ready to rumble' }],
  ['yahoo', { host: 'imap.mail.yahoo.com' }],
  ['yahoo', { host: 'imap.aol.com' }],
  ['yahoo', { capabilities: ['IMAP4rev1', 'XYMHIGHESTMODSEQ'] }],
  ['yahoo', { greeting: 'OK [CAPABILITY IMAP4rev1 ID] IMAP4rev1 imapgate-1.8.1_01.20166' }],
  ['fastmail', { host: 'imap.fastmail.com' }],
  ['proton-bridge', { host: '127.0.0.1', greeting: 'OK [CAPABILITY IDLE] Proton Mail Bridge 3 - gluon session ID 1' }],
  ['proton-bridge', { host: '127.0.0.1', id: new Map([['name', 'ProtonMail']]) }],
  [
    'davmail',
    { host: 'localhost', greeting: 'OK [CAPABILITY IMAP4REV1 AUTH=LOGIN] IMAP4rev1 DavMail 6.2 server ready' },
  ],
  ['coremail', { host: 'imap.163.com' }],
  ['coremail', { host: 'imap.126.com' }],
  ['coremail', { greeting: 'OK Coremail System IMap Server Ready(163com[0])' }],
  ['coremail', { capabilities: ['imap4rev1', 'x-cm-ext-1'] }],
  ['qq', { host: 'imap.qq.com' }],
  ['qq', { host: 'imap.exmail.qq.com' }],
  ['qq', { greeting: 'OK [CAPABILITY IMAP4 IMAP4rev1 ID] QQMail IMAP4Server ready' }],
  ['workmail', { host: 'imap.mail.eu-west-1.awsapps.com' }],
  ['zoho', { host: 'imappro.zoho.eu' }],
  ['mailru', { host: 'imap.mail.ru' }],
  ['dovecot', { greeting: 'OK [CAPABILITY IMAP4rev1 LITERAL+] Dovecot (Debian) ready.' }],
  ['cyrus', { greeting: 'OK [CAPABILITY IMAP4rev1] mail.example.org Cyrus IMAP 3.6.1 server ready' }],
  ['courier', { greeting: 'OK [CAPABILITY IMAP4rev1] Courier-IMAP ready. Copyright 1998-2018 Double Precision, Inc.' }],
]

describe('profileFor', () => {
  it.each(known)('knows %s by %j', (name, signs) => {
    expect(profileFor({ host: 'mail.example.org', ...signs }).name).toBe(name)
  })

  it('knows every profile by something', () => {
    const seen = new Set(known.map(([name]) => name))
    expect(profiles.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual(['generic'])
    expect(new Set(recognitions.map(({ name }) => name))).toEqual(seen)
  })

  it.each([
    { host: 'mail.example.org' },
    { host: '127.0.0.1' },
    { host: 'imap.gmail.com.example.org' },
    { host: 'notaol.com' },
    { host: '' },
    { host: 'mail.example.org', id: { name: null, contact: 'postmaster@gimap.example' } },
    { host: 'mail.example.org', greeting: 'OK ready', capabilities: [], id: [] },
  ])('takes $host for nothing that it knows', (signs) => {
    expect(profileFor(signs)).toBe(genericProfile)
  })

  it('believes what a server says of itself more than its host name', () => {
    const bridge = { host: '127.0.0.1', capabilities: ['X-GM-EXT-1'], id: [['Name', 'gluon']] as const }
    expect(profileFor(bridge).name).toBe('proton-bridge')
    expect(profileFor({ host: 'imap.gmail.com', greeting: 'OK Dovecot ready.' }).name).toBe('dovecot')
  })
})
