import { describe, expect, it } from 'vitest'
import { parsePassArgument } from './parse-pass-argument.ts'

describe('parsePassArgument', () => {
  it.each([
    { text: 'Mail/account', argument: { entry: 'Mail/account' } },
    { text: ' Mail/my account ', argument: { entry: 'Mail/my account' } },
    { text: 'Mail/account#imap', argument: { entry: 'Mail/account', field: 'imap' } },
    { text: 'Mail/C#', argument: { entry: 'Mail/C' } },
    { text: 'Mail/C##', argument: { entry: 'Mail/C#' } },
  ])('reads $text', ({ text, argument }) => {
    expect(parsePassArgument(text)).toEqual(argument)
  })

  it.each(['', ' ', '#imap'])('refuses "%s"', (text) => {
    expect(() => parsePassArgument(text)).toThrow(expect.objectContaining({ code: 'credentials/bad-argument' }))
  })
})
