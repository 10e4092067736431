import { MailtideError } from '@mailtide/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPython } from './index.ts'

const limits = { steps: 20_000, size: 10_000 }
const names = ['INBOX', 'a.b', '😀']

// Answers whether it ended as it may: with a value, or with an error of mailtide.
function survives(text: string): true {
  const python = createPython({ limits })
  for (const attempt of [() => python.load(text, { file: 'p' }), () => tryAsOption(text)]) {
    try {
      attempt()
    } catch (error) {
      if (!(error instanceof MailtideError)) throw error
    }
  }
  return true

  function tryAsOption(expression: string): void {
    const value = python.evaluate(expression, { file: 'rc' }, { withRe: true })
    python.describe(value)
    python.isTrue(value)
    if (python.isCallable(value)) for (const name of names) python.toJs(python.call(value, [name]))
    else python.toJs(value)
  }
}

const tokens = [
  'lambda',
  'f',
  ':',
  'x',
  'in',
  'not',
  'and',
  'or',
  'if',
  'else',
  'for',
  'is',
  'None',
  'True',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  '.',
  '=',
  '==',
  '<',
  '+',
  '-',
  '*',
  '**',
  '/',
  '//',
  '%',
  '@',
  '|',
  '&',
  '^',
  '~',
  '<<',
  ':=',
  '->',
  ';',
  '\n',
  '    ',
  "'a'",
  '"b"',
  "'''",
  'f"{',
  '}"',
  'b"c"',
  "r'\\d'",
  "'%s'",
  '1',
  '0',
  '2.5',
  '1e9',
  '0x1f',
  '10**9',
  're.sub',
  're.match',
  "'(a+)+$'",
  'str',
  'int',
  'len',
  'sorted',
  'map',
  'range',
  'dict',
  'list',
  'type',
  'super',
  'print',
  '.join',
  '.format',
  '.lower()',
  '.split',
  'def f(x):\n ',
  'class A:\n ',
  'return',
  'import',
  'from',
  'os',
  'while',
  'try:\n ',
  'except',
  'raise',
  'with',
  'as',
  'pass',
  'del',
  'global',
  'yield',
  'await',
  'async',
  'self',
  '__class__',
  '__proto__',
  'constructor',
  '#',
  '\\\n',
  '`',
  '$',
  '?',
  '!',
  '\u0000',
  '😀',
  'é',
]

describe('any text at all', () => {
  it('of tokens of Python ends with a value or an error of mailtide', () => {
    const soup = fc.array(fc.constantFrom(...tokens), { maxLength: 25 }).map((parts) => parts.join(' '))
    fc.assert(fc.property(soup, survives), { numRuns: 1000 })
  })

  it('of any characters ends so as well', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), survives), { numRuns: 500 })
    const bytes = fc.uint8Array({ maxLength: 60 }).map((array) => new TextDecoder('latin1').decode(array))
    fc.assert(fc.property(bytes, survives), { numRuns: 500 })
  })

  it('of an expression that works, with something broken, ends so as well', () => {
    const text =
      "lambda f: re.sub(r'^(?P<a>\\w+)[./]', lambda m: m.group('a').lower() + '%03d' % len(f), f) if f not in ['x', \"y\"] else {f: 1}.get(f, f'{f!r:>9}')[1:-1]"
    const broken = fc.tuple(fc.nat(text.length), fc.nat(6), fc.constantFrom('', ...tokens)).map(([at, length, by]) => {
      return text.slice(0, at) + by + text.slice(at + length)
    })
    fc.assert(fc.property(broken, survives), { numRuns: 700 })
  })

  it('as a regular expression, a format or a codec ends so as well', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '*',
      '+',
      '?',
      '|',
      '\\',
      '^',
      '$',
      '.',
      'a',
      'P',
      '<',
      '>',
      '=',
      '!',
      ':',
      '1',
      ',',
      '-',
      '%',
      's',
      'd',
      '#',
      'x',
      'i',
      '_',
      '😀',
    )
    const soup = fc.array(piece, { maxLength: 14 }).map((parts) => parts.join(''))
    const python = createPython({ limits })
    python.load('import re, json, shlex\n', { file: 'p' })
    const uses = [
      'lambda p: re.sub(p, "x", "aaab1")',
      'lambda p: re.sub("a(b)?", p, "aab")',
      'lambda p: p.format(1, a=2)',
      'lambda p: p % (1, "a")',
      'lambda p: p % {"a": 1}',
      'lambda p: format(1.5, p) + format(3, p) + format("s", p)',
      'lambda p: json.loads(p)',
      'lambda p: shlex.split(p)',
      'lambda p: "x".encode(p)',
      'lambda p: int(p)',
      'lambda p: float(p)',
      'lambda p: getattr(p, p)',
      'lambda p: p.split(p)',
    ].map((use) => python.evaluate(use, { file: 'rc' }))
    const holds = (text: string) => {
      for (const use of uses) {
        try {
          python.describe(python.call(use, [text]))
        } catch (error) {
          if (!(error instanceof MailtideError)) throw error
        }
      }
    }
    fc.assert(fc.property(soup, holds), { numRuns: 700 })
  })
})

describe('nothing of JavaScript', () => {
  const inside = [
    'constructor',
    'prototype',
    '__proto__',
    '__defineGetter__',
    'toString',
    'valueOf',
    'hasOwnProperty',
    'length',
    'kind',
    'items',
    'call',
    'apply',
    'bind',
    'entries',
    'attributes',
    'names',
    'scope',
    'then',
  ]
  const values = [
    '""',
    'b""',
    '1',
    '1.5',
    'None',
    'True',
    '[]',
    '()',
    '{}',
    'set()',
    'range(3)',
    'len',
    'str',
    'lambda: 1',
    're',
    're.compile("a")',
    're.match("a", "a")',
    'slice(1)',
    'iter([])',
    '{}.keys()',
    '"".lower',
    'ValueError()',
    '...',
  ]

  it.each(values)('is reached from %s', (value) => {
    const python = createPython()
    for (const name of inside) {
      for (const way of [`(${value}).${name}`, `getattr(${value}, '${name}')`, `'{0.${name}}'.format(${value})`]) {
        let got: string
        try {
          got = python.describe(python.evaluate(way, { file: 'rc' }, { withRe: true }))
        } catch (error) {
          if (!(error instanceof MailtideError)) throw error
          continue
        }
        expect(got).toMatch(/<(method|built-in function|bound)|method object/)
      }
    }
  })

  it('is reached by a name or a key', () => {
    const python = createPython()
    for (const name of [
      ...inside,
      'globalThis',
      'process',
      'require',
      'module',
      'Object',
      'Function',
      'eval_',
      'window',
      'self',
      'this',
      'undefined',
      'arguments',
    ]) {
      expect(() => python.evaluate(name, { file: 'rc' })).toThrow(`name '${name}' is not defined`)
      expect(python.toJs(python.evaluate(`{}.get('${name}')`, { file: 'rc' }))).toBe(null)
      expect(() => python.evaluate(`'%(${name})s' % {}`, { file: 'rc' })).toThrow('KeyError')
    }
  })
})
