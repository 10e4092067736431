import { describe, expect, it } from 'vitest'
import { parsePath } from './paths.ts'

const context = { home: '/home/alex', directory: '/base/', environment: { XDG: '/x', EMPTY: '', D: '$&' } }

describe('parsePath', () => {
  it.each([
    ['/a/b', '/a/b'],
    ['~', '/home/alex'],
    ['~/Mail', '/home/alex/Mail'],
    ['$XDG/a', '/x/a'],
    [`\${XDG}a`, '/xa'],
    ['/a$EMPTY/b', '/a/b'],
    ['/a/$D', '/a/$&'],
    ['a/b', '/base/a/b'],
    ['/a~b/$', '/a~b/$'],
  ])('%s becomes %s', (text, value) => {
    expect(parsePath(text, 'tilde+env', context)).toEqual({ value })
  })

  it('replaces only the tilde where OfflineIMAP does', () => {
    expect(parsePath('~/$XDG', 'tilde', context)).toEqual({ value: '/home/alex/$XDG' })
  })

  it.each(['', '~bob/Mail', '$NOWHERE/a', `\${NOWHERE}`, '/a\n/b'])('refuses %j', (text) => {
    expect(parsePath(text, 'tilde+env', context)).toHaveProperty('wrong')
  })
})
