import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMailboxName, encodeMailboxName } from './mailbox-name.ts'

const names = fc.string({ unit: fc.oneof(fc.constantFrom('&', '-', ',', '/', 'a'), fc.string({ unit: 'binary' })) })
const wireNames = fc.string({ unit: fc.constantFrom('&', '-', 'A', 'P', 'w', '4', ',', 'a', '\xe4') })

describe('mailbox names', () => {
  it.each([
    { name: 'INBOX', wire: 'INBOX' },
    { name: 'Entwürfe', wire: 'Entw&APw-rfe' },
    { name: 'R&D', wire: 'R&-D' },
    { name: '~peter/mail/台北/日本語', wire: '~peter/mail/&U,BTFw-/&ZeVnLIqe-' },
    { name: '📬', wire: '&2D3c7A-' },
    { name: 'a\tb', wire: 'a&AAk-b' },
  ])('$name is $wire on the wire', ({ name, wire }) => {
    expect(encodeMailboxName(name)).toBe(wire)
    expect(decodeMailboxName(wire)).toBe(name)
  })

  it.each(['A&B', '&', '&AP-', '&AGE-', '&2D0-', 'Entw\xfcrfe', '&APw', '&APw=-', '&AP/8-'])(
    '%s stays as it is, being no modified UTF-7',
    (wire) => {
      expect(decodeMailboxName(wire)).toBe(wire)
    },
  )

  it('come back from the wire as they were', () => {
    fc.assert(
      fc.property(names, (name) => {
        fc.pre(name.isWellFormed())
        expect(decodeMailboxName(encodeMailboxName(name))).toBe(name)
      }),
    )
  })

  it('that mean something else in the wire form are never changed by way of it', () => {
    fc.assert(
      fc.property(wireNames, (wire) => {
        const name = decodeMailboxName(wire)
        expect(name === wire || encodeMailboxName(name) === wire).toBe(true)
      }),
    )
  })
})
