import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readableFolder } from './folder-name.ts'
import { printable } from './printable.ts'

describe('printable', () => {
  it('shows what could steer a terminal as escapes', () => {
    expect(printable('a\x1b[2J\r\nb\x9b\u202ec')).toBe('a\\x1b[2J\\x0d\\x0ab\\x9b\\u202ec')
  })

  it('leaves no control character in any text', () => {
    const anything = fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units))
    fc.assert(fc.property(anything, (text) => !/[\p{Cc}\u202a-\u202e]/u.test(printable(text))))
  })

  it('leaves other text alone', () => {
    expect(printable('Entwürfe 📁 ✓')).toBe('Entwürfe 📁 ✓')
  })
})

describe('readableFolder', () => {
  it.each([
    ['INBOX', false, 'INBOX'],
    ['', false, '(top folder)'],
    ['Entw&APw-rfe/&ZeVnLIqe-', false, 'Entwürfe/日本語'],
    ['Tom &- Jerry', false, 'Tom & Jerry'],
    ['&AA-', false, '&AA-'],
    ['Entw&APw-rfe', true, 'Entw&APw-rfe'],
    ['R%2FD', false, 'R/D'],
  ])('%j (decoded already: %s) reads %j', (path, isUtf8, name) => {
    expect(readableFolder(path, isUtf8)).toBe(name)
  })
})
