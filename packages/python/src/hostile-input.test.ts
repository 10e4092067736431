import { MailtideError } from '@mailtide/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPython } from './index.ts'

const origin = { file: 'rc' }
const limits = { steps: 20_000 }

const tokens = fc
  .array(
    fc.constantFrom(
      ...[
        'lambda',
        'f',
        ':',
        ',',
        '(',
        ')',
        '[',
        ']',
        '{',
        '}',
        'if',
        'else',
        'for',
        'in',
        'not',
        'and',
        'or',
        'is',
        '**',
        '*',
      ],
      ...[
        '+',
        '-',
        '/',
        '//',
        '%',
        '<<',
        '~',
        '@',
        '==',
        '!=',
        '<',
        ':=',
        '=',
        '.',
        '...',
        'None',
        'True',
        "'a'",
        'b"x"',
        "r'\\d+'",
      ],
      ...[
        '0',
        '1',
        '9'.repeat(31),
        '1e308',
        '1j',
        're',
        're.sub',
        '.join',
        '.format',
        'range',
        'str',
        'dict',
        'sorted',
        'map',
      ],
      ...[
        '__class__',
        '__proto__',
        'constructor',
        'prototype',
        'globalThis',
        'process',
        'eval',
        'import',
        'yield',
        'await',
        '\n',
        '\t',
      ],
      ...[
        'def',
        'class',
        'try',
        'except',
        'while',
        'return',
        'with',
        'pass',
        '#',
        '\\',
        "'''",
        'f"{',
        '}"',
        '\u{1F600}',
        '\u0000',
      ],
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(' '))
const patterns = fc
  .array(
    fc.constantFrom(
      '(',
      ')',
      '[',
      ']',
      '*',
      '+',
      '?',
      '{2,}',
      '|',
      '^',
      '$',
      '.',
      'a',
      '\\b',
      '\\1',
      '(?P<n>',
      '(?=',
      '(?<!',
      '(?i)',
    ),
    {
      maxLength: 14,
    },
  )
  .map((parts) => parts.join(''))

/** Whatever comes in, what comes out is a value or an error of ours. */
function expectTamed(work: () => unknown): void {
  try {
    work()
  } catch (error) {
    expect(error).toBeInstanceOf(MailtideError)
  }
}

describe('the interpreter', () => {
  it('answers any text with a value or an error of its own', () => {
    fc.assert(
      fc.property(fc.oneof(tokens, fc.string({ unit: 'binary', maxLength: 60 })), (text) => {
        expectTamed(() => createPython({ limits }).evaluate(text, origin, { withRe: true }))
        expectTamed(() => createPython({ limits }).load(text, origin))
      }),
      { numRuns: 3000 },
    )
  })

  it('answers any pattern with a match or an error of its own, however it backtracks', () => {
    const python = createPython({ limits })
    fc.assert(
      fc.property(patterns, fc.constantFrom('a'.repeat(40), 'aab', ''), (pattern, text) => {
        const call = `re.sub(${JSON.stringify(pattern)}, 'x', ${JSON.stringify(text)})`
        expectTamed(() => python.evaluate(call, origin, { withRe: true }))
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    ['a loop without end', '[x for x in iter(lambda: 1, 2)]'],
    ['a value beyond all bounds', "'a' * 10 ** 12"],
    ['a number beyond all bounds', '9 ** 9 ** 9 ** 9'],
    ['a list that doubles itself', '[0] * 2 ** 40'],
    ['nesting without end', `${'('.repeat(20_000)}1${')'.repeat(20_000)}`],
    ['recursion without end', '(lambda f: f(f))(lambda f: f(f))'],
    ['a pattern that backtracks for ages', "re.match('(a*)*b', 'a' * 5000)"],
  ])('stops %s', (_, expression) => {
    expect(() => createPython().evaluate(expression, origin, { withRe: true })).toThrow(MailtideError)
  })

  it.each([
    'globalThis',
    'process',
    'require',
    "''.constructor",
    '{}.__proto__',
    '[].__class__.__subclasses__()',
    '(lambda: 0).__globals__',
    "open('/etc/passwd').read()",
    "__import__('os').system('true')",
    "eval('1')",
    "getattr('', 'constructor')",
    "'{0.constructor}'.format('')",
    'dict(__proto__=1).constructor',
  ])('does not reach outside by %s', (expression) => {
    expect(() => createPython().evaluate(expression, origin)).toThrow(MailtideError)
  })

  it('leaves the objects of JavaScript as they were', () => {
    const before = Reflect.ownKeys(Object.prototype).length
    const python = createPython()
    python.evaluate("{'__proto__': {'polluted': 1}, 'constructor': 2}", origin)
    expect(python.toJs(python.evaluate("{'__proto__': 7}['__proto__']", origin))).toEqual(7)
    expect(Reflect.ownKeys(Object.prototype).length).toBe(before)
    expect('polluted' in {}).toBe(false)
  })
})
