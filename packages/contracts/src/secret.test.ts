import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createSecret } from './secret.ts'

describe('createSecret', () => {
  const secret = createSecret('hunter2')

  it('gives itself away only when asked to', () => {
    expect(secret.reveal()).toBe('hunter2')
  })

  it.each([
    ['String()', String(secret)],
    ['a template', `${secret}`],
    ['joining', [secret].join()],
    ['JSON', JSON.parse(JSON.stringify(secret))],
    ['inspect', inspect(secret)],
    [
      'inspect from inside',
      inspect({ a: [secret] })
        .replace('{ a: [ ', '')
        .replace(' ] }', ''),
    ],
  ])('shows as [secret] in %s', (_, shown) => {
    expect(shown).toBe('[secret]')
  })
})
