import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAccount } from '../store/account.ts'
import type { NewMessage } from '../store/message.ts'
import { createLabels } from './labels.ts'

const folders = ['INBOX', 'Work', 'Play', '[Gmail]/All Mail', '[Gmail]/Starred', '[Gmail]/Trash', '[Gmail]/Spam']
const labels = ['\\Inbox', 'Work', 'Play', '\\Starred', '\\Important', '\\Trash', '\\Spam']
const flags = ['\\Seen', '\\Flagged', '\\Deleted', '$Work']

const folder = fc.constantFrom(...folders)
const nth = fc.nat(3)
const edit = fc.oneof(
  fc.record({
    kind: fc.constant('append' as const),
    folder,
    text: fc.constantFrom('a', 'b', 'c', 'd'),
    flags: fc.subarray(flags),
  }),
  fc.record({
    kind: fc.constant('label' as const),
    folder,
    nth,
    sign: fc.constantFrom('+', '-', '=' as const),
    labels: fc.subarray(labels),
  }),
  fc.record({ kind: fc.constant('flag' as const), folder, nth, flags: fc.subarray(flags) }),
  fc.record({ kind: fc.constant('copy' as const), folder, nth, to: folder }),
  fc.record({ kind: fc.constant('expunge' as const), folder, nth }),
  fc.record({ kind: fc.constant('renumber' as const), folder }),
)

function createWorld() {
  const account = createAccount({
    separator: '/',
    namespacePrefix: '',
    permanentFlags: ['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft', '\\*'],
    labels: createLabels({}),
  })
  account.create('Work')
  account.create('Play')
  return account
}

type World = ReturnType<typeof createWorld>

function apply(account: World, step: typeof edit extends fc.Arbitrary<infer Step> ? Step : never): void {
  const mailbox = account.find(step.folder)!
  if (step.kind === 'append') {
    const message: NewMessage = { bytes: Buffer.from(step.text), flags: step.flags }
    mailbox.add([message])
    return
  }
  if (step.kind === 'renumber') {
    mailbox.changeUidValidity()
    return
  }
  const message = mailbox.stored[step.nth]
  if (!message) return
  switch (step.kind) {
    case 'label':
      account.labels!.change(mailbox, message, step.sign, step.labels)
      break
    case 'flag':
      mailbox.change([message], () => step.flags)
      break
    case 'copy':
      account.find(step.to)!.add([message])
      break
    case 'expunge':
      mailbox.remove([message])
      break
  }
}

/** What has to hold of every account, whatever was done. */
function check(account: World): void {
  const places = new Map<bigint, { name: string; shared: string }[]>()
  for (const mailbox of account.mailboxes.values()) {
    for (const message of mailbox.stored) {
      const { letter } = message
      expect(letter?.copies.get(mailbox)).toBe(message)
      const shared = [...message.flags].filter((flag) => flag !== '\\Deleted').sort()
      const known = places.get(letter!.id) ?? []
      const date = message.internalDate.getTime()
      places.set(letter!.id, [...known, { name: mailbox.name, shared: `${date} ${shared.join(' ')}` }])
    }
  }
  for (const copies of places.values()) {
    const names = copies.map(({ name }) => name)
    const apart = names.filter((name) => /Trash|Spam/.test(name))
    expect(new Set(names).size).toBe(names.length)
    expect(new Set(copies.map(({ shared }) => shared)).size).toBe(1)
    expect(names.includes('[Gmail]/All Mail')).toBe(apart.length === 0)
    if (apart.length > 0) expect(names).toHaveLength(1)
    else expect(names.includes('[Gmail]/Starred')).toBe(copies[0]!.shared.includes('\\Flagged'))
  }
}

describe('labels', () => {
  it('keep every message in All Mail or apart from everything, with the same flags and date wherever it is', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 30 }), (steps) => {
        const account = createWorld()
        for (const step of steps) {
          apply(account, step)
          check(account)
        }
      }),
    )
  })
})
