import { describe, expect, it } from 'vitest'
import { gpgTerminal } from './gpg-terminal.ts'

describe('gpgTerminal', () => {
  it('names the terminal, unless one is named already', () => {
    expect(gpgTerminal({}, '/dev/pts/9')).toEqual({ GPG_TTY: '/dev/pts/9' })
    expect(gpgTerminal({ GPG_TTY: '' }, '/dev/pts/9')).toEqual({ GPG_TTY: '/dev/pts/9' })
    expect(gpgTerminal({ GPG_TTY: '/dev/pts/1' }, '/dev/pts/9')).toEqual({})
  })
})
