import { describe, expect, it } from 'vitest'
import { parseGpgArgument } from './parse-gpg-argument.ts'

describe('parseGpgArgument', () => {
  it.each([
    { text: '~/.offlineimappass.gpg', argument: { file: '/home/bob/.offlineimappass.gpg' } },
    { text: ' /a b/c.asc ', argument: { file: '/a b/c.asc' } },
    { text: 'mail.gpg#work.imap', argument: { file: 'mail.gpg', field: 'work.imap' } },
    { text: 'a#b.gpg#', argument: { file: 'a#b.gpg' } },
    { text: 'a#b.gpg#c', argument: { file: 'a#b.gpg', field: 'c' } },
  ])('reads $text', ({ text, argument }) => {
    expect(parseGpgArgument(text, '/home/bob')).toEqual(argument)
  })

  it.each(['', ' ', '#field'])('refuses "%s"', (text) => {
    expect(() => parseGpgArgument(text)).toThrow(expect.objectContaining({ code: 'credentials/bad-argument' }))
  })
})
