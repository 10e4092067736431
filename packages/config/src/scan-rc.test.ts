import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRcFile } from './rc-file.ts'
import { scanRc } from './scan-rc.ts'

function scan(text: string) {
  const { sections, options, problems } = scanRc(text, 'rc')
  return {
    sections: sections.map(({ name }) => name),
    options: options.map(({ section, option, value }) => [section, option, value]),
    lines: options.map(({ origin }) => origin.line),
    problems: problems.map(({ severity, line, message }) => `${line}: ${severity}: ${message}`),
  }
}

describe('scanRc', () => {
  it.each([
    { why: 'the first of = and : divides', text: '[a]\nb: c = d\ne = f: g', options: ['b=c = d', 'e=f: g'] },
    { why: 'blanks around both parts are dropped', text: '[a]\n b \t=\t c \t', options: ['b=c'] },
    { why: 'names are lower-cased and may hold blanks', text: '[a]\nFoo Bar = X', options: ['foo bar=X'] },
    { why: 'a value may be empty', text: '[a]\nb =\nc:', options: ['b=', 'c='] },
    { why: 'comments are whole lines', text: '[a]\n# x = 1\n  ; y = 2\nb = c # d', options: ['b=c # d'] },
    { why: 'deeper lines go on', text: '[a]\nb = 1\n  2\n\t3\nc = 4', options: ['b=1\n2\n3', 'c=4'] },
    { why: 'empty lines stay inside a value', text: '[a]\nb = 1\n\n  2\n\n\nc = 4', options: ['b=1\n\n2', 'c=4'] },
    { why: 'comments inside a value are dropped', text: '[a]\nb = 1\n  # no\n# no\n  2', options: ['b=1\n2'] },
    { why: 'deeper headers and options are value', text: '[a]\nb =\n  [c]\n  d = e', options: ['b=\n[c]\nd = e'] },
    { why: 'everything may be indented', text: '  [a]\n  b = 1\n  c = 2\n    3', options: ['b=1', 'c=2\n3'] },
    { why: 'a tab is one blank deep', text: '[a]\n  b = 1\n\tc = 2', options: ['b=1', 'c=2'] },
    { why: 'text after the bracket is ignored', text: '[a] # main\nb = 1', options: ['b=1'] },
    { why: 'CRLF and CR end lines', text: '[a]\r\nb = 1\r  2\r\nc = 3', options: ['b=1\n2', 'c=3'] },
    { why: 'a byte order mark is passed over', text: '\ufeff[a]\nb = 1', options: ['b=1'] },
    {
      why: 'quotes and words are text',
      text: '[a]\nb = "x"\nc = null\nd[] = []',
      options: ['b="x"', 'c=null', 'd[]=[]'],
    },
    { why: '__proto__ is a name like others', text: '[a]\n__proto__ = 1', options: ['__proto__=1'] },
  ])('$why', ({ text, options }) => {
    const scanned = scan(text)
    expect(scanned.options).toEqual(
      options.map((line) => ['a', line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    )
    expect(scanned.problems).toEqual([])
  })

  it('keeps the line on which each option begins', () => {
    expect(scan('# top\n[a]\nb = 1\n  2\n\nc = 3').lines).toEqual([3, 6])
  })

  it('takes a section name up to the last bracket, blanks included', () => {
    expect(scan('[ a ] x\n[b] c]d\n[e]]').sections).toEqual([' a ', 'b] c', 'e]'])
  })

  it('reports every line that is no option, and goes on', () => {
    expect(scan('x = 1\ny = 2\n[a]\nstarttls\n= v\n[b\nc = 1').problems).toEqual([
      '1: error: this line stands before the first section',
      '4: error: this line is neither an option nor a section',
      '5: error: this line is neither an option nor a section',
      '6: error: this line is neither an option nor a section',
    ])
  })

  it('warns of duplicates, naming the first', () => {
    expect(scan('[a]\nb = 1\nB = 2\n[a]\nb: 3\n[DEFAULT]\n[DEFAULT]').problems).toEqual([
      '3: warning: b is set twice in [a], first on line 2',
      '4: warning: section [a] stands here again, first on line 1',
      '5: warning: b is set twice in [a], first on line 2',
    ])
  })

  it('reads any plain option back through ini', () => {
    const name = fc.stringMatching(/^[a-z_.[\]"'\\$%0-9-]*[a-z]$/).filter((text) => !text.startsWith('['))
    const value = fc
      .stringMatching(/^[!-~\u00a1-\u2fff](.*[!-~\u00a1-\u1fff])?$/)
      .filter((text) => text.trim() === text)
    fc.assert(
      fc.property(name, name, value, (section, option, text) => {
        const rc = createRcFile(scanRc(`[s${section}]\n${option} = ${text}\n`, 'rc'))
        expect(rc.raw(`s${section}`, option)?.value).toBe(text)
      }),
    )
  })
})
