import { describe, expect, it } from 'vitest'
import { asMailtideError, MailtideError } from './errors.ts'

describe('asMailtideError', () => {
  it('leaves what already is one as it is', () => {
    const error = new MailtideError('a/b', 'what happened', { scope: 'folder', retryable: true, hint: 'what to do' })
    expect(asMailtideError(error, 'run')).toBe(error)
  })

  it('keeps the cause of anything else', () => {
    const cause = new TypeError('broken')
    expect(asMailtideError(cause, 'account')).toMatchObject({
      code: 'unexpected',
      message: 'broken',
      scope: 'account',
      cause,
    })
    expect(asMailtideError('a text', 'message')).toMatchObject({
      message: 'a text',
      scope: 'message',
      retryable: false,
    })
  })
})
