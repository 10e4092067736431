import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSecretServiceArgument } from './parse-secret-service-argument.ts'

describe('parseSecretServiceArgument', () => {
  it.each([
    { text: ' ', argument: {} },
    { text: 'Password for Work', argument: { label: 'Password for Work' } },
    { text: 'Work, at home', argument: { label: 'Work, at home' } },
    { text: '"a = \\"b\\""', argument: { label: 'a = "b"' } },
    { text: 'repo=Work', argument: { attributes: { repo: 'Work' } } },
    {
      text: ' protocol = imap , server=imap.example.org,user=bob@example.org',
      argument: { attributes: { protocol: 'imap', server: 'imap.example.org', user: 'bob@example.org' } },
    },
    {
      text: 'Title="Work, \\"at\\" home",x=a=b,y=',
      argument: { attributes: { Title: 'Work, "at" home', x: 'a=b', y: '' } },
    },
    { text: '__proto__=x', argument: { attributes: Object.fromEntries([['__proto__', 'x']]) } },
  ])('reads $text', ({ text, argument }) => {
    expect(parseSecretServiceArgument(text)).toEqual(argument)
  })

  it.each(['a=b,c', 'a=b,=c', 'a="b', '"a"=b', 'a=b,,"c'])('refuses %s', (text) => {
    expect(() => parseSecretServiceArgument(text)).toThrow(
      expect.objectContaining({ code: 'credentials/bad-argument' }),
    )
  })

  it('brings back any attributes and labels that are written in quotes', () => {
    const quoted = (value: string) => `"${value.replace(/["\\]/g, '\\$&')}"`
    const value = fc.string({ unit: fc.constantFrom('a', ',', '"', '\\', '=', ' ', '鍵', '\n') })
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[\w:.-]+$/), value, { minKeys: 1 }), value, (attributes, label) => {
        const text = Object.entries(attributes).map(([name, each]) => `${name}=${quoted(each)}`)
        expect(parseSecretServiceArgument(text.join(','))).toEqual({ attributes })
        expect(parseSecretServiceArgument(quoted(label))).toEqual({ label })
      }),
    )
  })
})
