import { describe, expect, it } from 'vitest'
import { parseKeyringArgument } from './parse-keyring-argument.ts'

describe('parseKeyringArgument', () => {
  it.each([
    { text: ' ', argument: {} },
    { text: 'imap.example.org/bob@example.org', argument: { service: 'imap.example.org', user: 'bob@example.org' } },
    { text: ' my mail ', argument: { service: 'my mail' } },
    { text: 'imap://example.org/bob', argument: { service: 'imap://example.org', user: 'bob' } },
    { text: 'imap://example.org/', argument: { service: 'imap://example.org' } },
  ])('reads "$text"', ({ text, argument }) => {
    expect(parseKeyringArgument(text)).toEqual(argument)
  })

  it.each(['/', '/bob'])('refuses %s', (text) => {
    expect(() => parseKeyringArgument(text)).toThrow(expect.objectContaining({ code: 'credentials/bad-argument' }))
  })
})
