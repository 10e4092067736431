import { MailtideError } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { createPython } from './index.ts'

const limits = { steps: 300_000 }

function stopped(expression: string, program = ''): string {
  const python = createPython({ limits })
  try {
    python.load(program, { file: 'p.py' })
    return python.describe(python.evaluate(expression, { file: 'rc' }, { withRe: true }))
  } catch (error) {
    if (error instanceof MailtideError) return error.code
    throw error
  }
}

const nested = (open: string, close: string, depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`

describe('what would never end or never fit', () => {
  it.each([
    "'a' * 10**9",
    '[0] * 10**9',
    '9**9**9',
    '1 << 10**9',
    "'%1000000000d' % 1",
    "'%*d' % (10**9, 1)",
    "f'{1:1000000000}'",
    "'{:1000000000}'.format(1)",
    "'{:{}}'.format(1, 10**9)",
    "'%.999999999f' % 1.0",
    "'x'.ljust(10**9)",
    "'x'.zfill(10**12)",
    "'x\\t'.expandtabs(10**9)",
    'bytes(10**10)',
    'list(range(10**18))',
    'sum(range(10**12))',
    'set(range(10**8))',
    'dict.fromkeys(range(10**8))',
    "'x'.replace('', 'y' * 10**6)",
    "('x' * 1000).replace('x', 'y' * 10**5)",
    "'a'.join(['b' * 10**5] * 1000)",
    "re.sub('', 'x' * 10**6, 'aaa')",
    "re.sub('.', lambda m: m.string, 'a' * 5000)",
    "re.match('(a+)+$', 'a' * 40 + 'b')",
    "re.match('(a|a)*$', 'a' * 60 + 'b')",
    "re.match('(.*)*x', 'a' * 50)",
    "re.search('(x+x+)+y', 'x' * 60)",
    "re.match('(?:a?){40}a{40}', 'a' * 40)",
    "re.match('((a{0,5000}){0,5000}){0,5000}b', 'a' * 100)",
    "re.findall('a*?b', 'a' * 30000)",
    "re.match('(?=(a+)+$)b', 'a' * 40 + 'b')",
    "re.match(r'(a*)*\\1b', 'a' * 30)",
    '(lambda f: f(f))(lambda f: f(f))',
    'max([[1]] * 10, key=lambda x: x * 10**9)',
    'any(False for _ in iter(int, 1))',
    'all(x for x in (y for y in range(1, 10**12)))',
    'pow(3, 10**5000, 10**3000)',
  ])('is stopped: %s', (expression) => {
    expect(['python/limit', 'python/unsupported']).toContain(stopped(expression))
  })

  it.each([
    ['while True: pass\n', '1'],
    ['def f(): return f()\n', 'f()'],
    ['class A:\n    def __init__(self): A()\n', 'A()'],
    ['class A:\n    def __repr__(self): return repr(self)\n', 'repr(A())'],
    ['x = [1]\nfor i in x: x.append(i)\n', '1'],
    ['x = [1]\nwhile x: x += x\n', '1'],
    ["s = 'a'\nwhile s: s += s\n", '1'],
    ['x = 2\nwhile x: x *= x\n', '1'],
    ['x = []\nfor i in range(100000): x = [x]\n', 'x'],
    ['x = []\nfor i in range(1000): x = [x]\ny = []\nfor i in range(1000): y = [y]\n', 'x == y'],
    ['x = []\nfor i in range(1000): x = (x,)\n', 'isinstance(1, x)'],
    ['x = 1\nfor i in range(40): x = (x, x)\n', '{x: 1}'],
    ['x = 1\nfor i in range(40): x = [x, x]\n', 'repr(x)'],
    ['try:\n    while True: pass\nexcept:\n    pass\nfinally:\n    x = 1\n', '1'],
    ['def f():\n    try:\n        f()\n    except BaseException:\n        f()\n', 'f()'],
  ])('is stopped: %s', (program, expression) => {
    expect(stopped(expression, program)).toBe('python/limit')
  })

  it.each([
    nested('(', ')', 100_000),
    nested('[', ']', 5000),
    nested('-', '', 10_000),
    nested('not ', '', 5000),
    nested('lambda: ', '', 3000),
    nested('{1:', '}', 2000),
    nested('f(', ')', 5000),
    `x${'.x'.repeat(5000)}`,
    `f${'()'.repeat(5000)}`,
    `1${'**1'.repeat(5000)}`,
    `1${'+1'.repeat(20_000)}`,
    `1${' if 1 else 1'.repeat(3000)}`,
    '"'.repeat(10_000),
    '\\'.repeat(10_000),
  ])('is refused: an expression of endless depth (%#)', (expression) => {
    expect(stopped(expression)).toBe('python/syntax-error')
  })

  it('does not hinder what is merely long', () => {
    expect(stopped(`len([${'1, '.repeat(5000)}])`)).toBe('5000')
    expect(stopped(Array(300).fill('1').join(' + '))).toBe('300')
    expect(stopped("len(re.sub('a*', 'b', 'a' * 10000))")).toBe('2')
    expect(stopped('f(150)', 'def f(n): return n and f(n - 1)\n')).toBe('0')
  })

  it('gives every evaluation its means anew', () => {
    const python = createPython({ limits })
    const count = python.evaluate('lambda: sum(range(30000))', { file: 'rc' })
    for (let round = 0; round < 20; round++) expect(python.toJs(python.call(count, []))).toBe(449985000)
  })
})
