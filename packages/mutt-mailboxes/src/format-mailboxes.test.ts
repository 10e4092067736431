import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatMailboxes } from './format-mailboxes.ts'
import type { Mailbox } from './mailbox.ts'

const box = (account: string, folder: string, localFolders = '/home/me/Mail'): Mailbox => ({
  account,
  folder,
  localFolders,
})

describe('a list by template', () => {
  const offlineimap = { header: 'mailboxes ', peritem: '"+%(accountname)s/%(foldername)s"', sep: ' ', footer: '\n' }

  it('is what OfflineIMAP writes for mutt', () => {
    const boxes = [box('main', 'Sent'), box('main', 'INBOX')]
    expect(formatMailboxes({ ...offlineimap, boxes })).toBe('mailboxes "+main/INBOX" "+main/Sent"\n')
  })

  it('has header and footer even without a mailbox', () => {
    expect(formatMailboxes({ ...offlineimap, boxes: [] })).toBe('mailboxes \n')
  })

  it('has every mailbox once, and the root by its empty name', () => {
    const boxes = [box('a', 'x'), box('b', 'x'), box('a', ''), box('a', 'x'), box('a', 'x', '/other')]
    expect(formatMailboxes({ boxes, peritem: '%(localfolders)s|%(foldername)s', sep: ' ' })).toBe(
      '/home/me/Mail| /home/me/Mail|x /other|x /home/me/Mail|x',
    )
  })

  it('has what is no directory, as OfflineIMAP has it, where a list for a program has not', () => {
    const boxes = [{ account: 'two', folder: 'INBOX', localFolders: undefined }, box('a', 'x', '/m')]
    expect(formatMailboxes({ boxes, peritem: '%(localfolders)s/%(foldername)s', sep: ' ' })).toBe('/m/x None/INBOX')
    expect(formatMailboxes({ boxes, format: 'mutt' })).toBe('mailboxes "/m/x"\n')
  })

  it('is sorted by account, then folder, as Python sorts, unless an order is given', () => {
    const boxes = ['b/a', 'a/Z', 'a/a', 'a/\u{1f4e7}', 'a/\uff5e', 'a/', 'ab/c'].map((name) => {
      const [account = '', folder = ''] = name.split('/')
      return box(account, folder)
    })
    const list = { boxes, peritem: '%(accountname)s/%(foldername)s', sep: ' ' }
    expect(formatMailboxes(list)).toBe('a/ a/Z a/a a/\uff5e a/\u{1f4e7} ab/c b/a')
    expect(formatMailboxes({ ...list, order: 'given' })).toBe('b/a a/Z a/a a/\u{1f4e7} a/\uff5e a/ ab/c')
  })

  it('takes any name as it is', () => {
    const text = fc.string({ unit: 'grapheme' })
    fc.assert(
      fc.property(text, text, text, (account, folder, localFolders) => {
        const boxes = [{ account, folder, localFolders }]
        const peritem = '<%(localfolders)s|%(accountname)s|%(foldername)s>'
        expect(formatMailboxes({ boxes, peritem })).toBe(`<${localFolders}|${account}|${folder}>`)
      }),
    )
  })

  it.each([
    { why: 'a percent sign', peritem: '100%%', text: '100%' },
    { why: 'quotation marks, backslashes and dollars', peritem: '"\\n$x"', text: '"\\n$x"' },
    { why: 'a width', peritem: '[%(foldername)8s]', text: '[   INBOX]' },
    { why: 'a width to the left and a precision', peritem: '[%(foldername)-6.2s]', text: '[IN    ]' },
    { why: 'nothing to fill', peritem: '', text: '' },
  ])('reads in a template $why', ({ peritem, text }) => {
    expect(formatMailboxes({ boxes: [box('a', 'INBOX')], peritem })).toBe(text)
  })

  it.each([
    { peritem: '+%(account)s', code: 'mailboxes/unknown-name', place: '%(account)s at character 2' },
    { peritem: '%()s', code: 'mailboxes/unknown-name', place: 'character 1' },
    { peritem: '%(foldername)d', code: 'mailboxes/bad-template', place: 'character 1' },
    { peritem: '%(foldername', code: 'mailboxes/bad-template', place: 'character 1' },
    { peritem: 'a %%% b', code: 'mailboxes/bad-template', place: 'character 5' },
    { peritem: '100%', code: 'mailboxes/bad-template', place: 'character 4' },
    { peritem: '%(foldername)99999s', code: 'mailboxes/bad-template', place: 'character 1' },
  ])('says where $peritem is wrong', ({ peritem, code, place }) => {
    const failure = { code, message: expect.stringContaining(place), hint: expect.any(String), scope: 'run' }
    expect(() => formatMailboxes({ boxes: [box('a', 'b')], peritem })).toThrow(expect.objectContaining(failure))
  })
})

describe('a list for a program', () => {
  const boxes = [box('work', 'Sent'), box('home', 'Entw\u00fcrfe "x"', '/m/home/'), box('home', '', '/m/home')]

  it('is a line for each mailbox', () => {
    expect(formatMailboxes({ boxes, format: 'mutt' }).split('\n')).toEqual([
      'mailboxes "/m/home"',
      'mailboxes "/m/home/Entw\u00fcrfe \\"x\\""',
      'mailboxes "/home/me/Mail/Sent"',
      '',
    ])
    expect(formatMailboxes({ boxes, format: 'neomutt-named' }).split('\n')[1]).toBe(
      'named-mailboxes "home/Entw\u00fcrfe \\"x\\"" "/m/home/Entw\u00fcrfe \\"x\\""',
    )
  })

  it("is relative to the root of notmuch's mail, which is told or common to all", () => {
    const mail = [box('work', 'Sent', '/m/work'), box('home', '', '/m/home')]
    expect(formatMailboxes({ boxes: mail, format: 'notmuch' })).toBe('folder:"home"\nfolder:"work/Sent"\n')
    expect(formatMailboxes({ boxes: mail, format: 'notmuch', mailRoot: '/' })).toBe(
      'folder:"m/home"\nfolder:"m/work/Sent"\n',
    )
    expect(formatMailboxes({ boxes: [box('home', '', '/m/home')], format: 'aerc' })).toBe('home=folder:""\n')
  })

  it('has header, separator and footer where they are given', () => {
    const list = { boxes: [box('a', 'x'), box('a', 'y')], format: 'notmuch', sep: ' or ', footer: ')' } as const
    expect(formatMailboxes({ ...list, header: '(' })).toBe('(folder:"x" or folder:"y")')
    expect(formatMailboxes({ boxes: [], format: 'mutt' })).toBe('')
  })

  it('has a mailbox once that two accounts share', () => {
    expect(formatMailboxes({ boxes: [box('a', 'x'), box('b', 'x')], format: 'mutt' })).toBe(
      'mailboxes "/home/me/Mail/x"\n',
    )
  })

  it.each([
    { format: 'notmuch', folder: 'a\nb' },
    { format: 'aerc', folder: 'a=b' },
    { format: 'aerc', folder: 'a ' },
  ] as const)('refuses what $format cannot be told: $folder', ({ format, folder }) => {
    const failure = { code: 'mailboxes/name-not-sayable', hint: expect.any(String) }
    expect(() => formatMailboxes({ boxes: [box('a', folder)], format })).toThrow(expect.objectContaining(failure))
  })

  it("refuses mail that is not below the root of notmuch's", () => {
    const list = { boxes: [box('a', 'x', '/mail')], format: 'notmuch', mailRoot: '/mai' } as const
    expect(() => formatMailboxes(list)).toThrow('/mail/x')
  })
})
