import { expect, it } from 'vitest'
import { modifiedUtf7 } from './modified-utf7.ts'

it.each([
  { name: 'INBOX', encoded: 'INBOX' },
  { name: 'R&D', encoded: 'R&-D' },
  { name: 'Entwürfe', encoded: 'Entw&APw-rfe' },
  { name: '日本語 メール', encoded: '&ZeVnLIqe- &MOEw,DDr-' },
])('$name is $encoded in modified UTF-7', ({ name, encoded }) => {
  expect(modifiedUtf7(name)).toBe(encoded)
})
