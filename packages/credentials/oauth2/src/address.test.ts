import { describe, expect, it } from 'vitest'
import { safeAddress } from './address.ts'

describe('safeAddress', () => {
  it.each(['https://example.org/token', 'http://127.0.0.1:80/', 'http://localhost/', 'http://[::1]:1/'])(
    'takes %s',
    (text) => {
      expect(safeAddress(text, 'address').href).toBe(new URL(text).href)
    },
  )

  it.each([
    'http://example.org/',
    'http://127.0.0.1.example.org/',
    'http://localhost.example.org/',
    'http://127.0.0.1@example.org/',
    'https://ann:hunter2@example.org/',
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    '/token',
    '',
  ])('refuses %o', (text) => {
    expect(() => safeAddress(text, 'address')).toThrow(
      expect.objectContaining({ code: 'credentials/insecure-address' }),
    )
  })
})
