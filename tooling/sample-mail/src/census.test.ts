import { describe, expect, it } from 'vitest'
import { differences, lettersOf, residentOf } from './census.ts'

const letter = (text: string, flags = '') => residentOf('INBOX', Buffer.from(text), flags)

describe('differences', () => {
  const one = letter('Subject: one\r\n\r\nbody\r\n', 'S')

  it('finds none where line ends alone differ, in any order', () => {
    const two = letter('Subject: two\n\nbody\n')
    expect(differences([one, two], [two, letter('Subject: one\n\nbody\n', 'S')], 'whole')).toEqual([])
  })

  it('finds an added header line only where the whole message is compared', () => {
    const marked = letter('Subject: one\nX-Mark: 1\n\nbody\n', 'S')
    expect(differences([one], [marked], 'body')).toEqual([])
    expect(differences([one], [marked], 'whole')).toEqual([
      '1 messages missing or altered, one of them in INBOX',
      '1 messages too many or altered, one of them in INBOX',
    ])
  })

  it('finds what is there twice', () => {
    expect(differences([one], [one, one], 'whole')).toEqual(['1 messages too many or altered, one of them in INBOX'])
  })

  it('finds other flags', () => {
    const unread = { ...one, flags: '' }
    expect(differences([one], [unread], 'whole')).toEqual(['1 messages with other flags, one of them in INBOX'])
  })
})

describe('lettersOf', () => {
  it('gives the letters of a Maildir in their order and passes over other flags', () => {
    expect(lettersOf(['\\Seen', '\\Recent', '$Work', '\\draft'])).toBe('DS')
  })
})
