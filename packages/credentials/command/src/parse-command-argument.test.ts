import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCommandArgument } from './parse-command-argument.ts'

const parse = (text: string) => {
  const { program, args } = parseCommandArgument(text, '/home/bob')
  return [program, ...args]
}

describe('parseCommandArgument', () => {
  it.each([
    { text: 'oama access bob@example.org', words: ['oama', 'access', 'bob@example.org'] },
    { text: '  a\t b\n c ', words: ['a', 'b', 'c'] },
    { text: `a 'b c' "d e" f\\ g`, words: ['a', 'b c', 'd e', 'f g'] },
    { text: `a b'c'"d"e`, words: ['a', 'bcde'] },
    { text: `a '' ""`, words: ['a', '', ''] },
    { text: String.raw`a "\"\\\n" '\' \'`, words: ['a', String.raw`"\\n`, '\\', "'"] },
    { text: '~/bin/get ~/x~/y "~/z" a~/b', words: ['/home/bob/bin/get', '/home/bob/x~/y', '~/z', 'a~/b'] },
    {
      text: `get '|' "$HOME" \\; a|b a&b 5$ x=y #1 *`,
      words: ['get', '|', '$HOME', ';', 'a|b', 'a&b', '5$', 'x=y', '#1', '*'],
    },
  ])('reads $text', ({ text, words }) => {
    expect(parse(text)).toEqual(words)
  })

  it.each([
    { text: '', wrong: 'names no program' },
    { text: `''`, wrong: 'names no program' },
    { text: `a 'b`, wrong: 'a quote that does not end' },
    { text: `a "b\\"`, wrong: 'a quote that does not end' },
    { text: 'a b\\', wrong: 'a quote that does not end' },
    ...['a | b', 'a 2>/dev/null', 'a <b', 'a && b', 'a; b', 'a $HOME', 'a $(b)', 'a `b`'].map((text) => ({
      text,
      wrong: 'only a shell understands',
    })),
  ])('refuses $text, without showing it', ({ text, wrong }) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'credentials/bad-argument' }))
    expect(() => parse(text)).toThrow(wrong)
    expect(() => parse(`${text} hunter2`)).not.toThrow('hunter2')
  })

  it('brings back any words that are written in quotes', () => {
    const single = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`
    const double = (word: string) => `"${word.replace(/["\\]/g, '\\$&')}"`
    const text = fc.string({ unit: fc.constantFrom('a', ' ', "'", '"', '\\', '$', '~', '/', '\n', '|', '鍵') })
    fc.assert(
      fc.property(
        text.filter((word) => word !== ''),
        fc.array(text),
        fc.infiniteStream(fc.boolean()),
        (first, rest, choices) => {
          const quoted = [first, ...rest].map((word) => (choices.next().value ? single(word) : double(word)))
          expect(parse(quoted.join(' '))).toEqual([first, ...rest])
        },
      ),
    )
  })
})
