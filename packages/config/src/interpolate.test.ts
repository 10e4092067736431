import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { interpolate, referencesIn } from './interpolate.ts'

const options: Record<string, string> = {
  where: '~/mail',
  nested: '%(where)s/x',
  percent: '100%%',
  loop: '%(loop)s',
  broken: '50%',
}

describe('interpolate', () => {
  it.each([
    { text: 'plain', result: { value: 'plain' } },
    { text: '%(where)s/a', result: { value: '~/mail/a' } },
    { text: '%(WHERE)s', result: { value: '~/mail' } },
    { text: '%(nested)s-%(percent)s', result: { value: '~/mail/x-100%' } },
    { text: 'a%%b', result: { value: 'a%b' } },
    { text: '%%(where)s', result: { value: '%(where)s' } },
    { text: '%', result: { fault: 'syntax' } },
    { text: 'a%b', result: { fault: 'syntax' } },
    { text: '%(where)', result: { fault: 'syntax' } },
    { text: '%()s', result: { fault: 'syntax' } },
    { text: '%(broken)s', result: { fault: 'syntax' } },
    { text: '%(nowhere)s', result: { fault: 'missing', name: 'nowhere' } },
    { text: '%(loop)s', result: { fault: 'depth' } },
  ])('$text', ({ text, result }) => {
    expect(interpolate(text, (name) => options[name])).toEqual(result)
  })

  it('brings back any text whose percent signs are doubled', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('%', '(', ')', 's', 'a') }), (text) => {
        expect(interpolate(text.replaceAll('%', '%%'), () => undefined)).toEqual({ value: text })
      }),
    )
  })

  it('knows what a value refers to', () => {
    expect(referencesIn('%(A)s %%(b)s %(c)s')).toEqual(['a', 'c'])
  })
})
