import { MailtideError } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { createPython, type Origin, type World } from './index.ts'

function errorOf(work: () => unknown): MailtideError {
  try {
    work()
  } catch (error) {
    if (error instanceof MailtideError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

function failing(expression: string, origin: Origin = { file: 'rc' }): { code: string; message: string } {
  const { code, message } = errorOf(() => createPython().evaluate(expression, origin, { withRe: true }))
  return { code, message }
}

describe('an error', () => {
  it.each([
    ['name', 'x', 'python/exception', "NameError: name 'x' is not defined (rc:1:1)"],
    [
      'operand',
      "'a' + 1",
      'python/exception',
      "TypeError: unsupported operand type(s) for +: 'str' and 'int' (rc:1:5)",
    ],
    ['key', "{}['k']", 'python/exception', "KeyError: 'k' (rc:1:1)"],
    ['call', '[1, int("z")]', 'python/exception', "ValueError: invalid literal for int() with base 10: 'z' (rc:1:5)"],
    [
      'pattern',
      "re.sub('(', '', 'a')",
      'python/exception',
      'error: missing ), unterminated subpattern at position 1 (rc:1:1)',
    ],
    ['syntax', '[1, 2', 'python/syntax-error', 'SyntaxError: invalid syntax (rc:1:6)'],
    ['line', "'a' or\n'b'", 'python/syntax-error', 'SyntaxError: invalid syntax (rc:1:7)'],
    ['statement', 'x = 1', 'python/syntax-error', 'SyntaxError: this is a statement, not an expression (rc:1:1)'],
    ['construct', '1j', 'python/unsupported', 'mailtide cannot evaluate complex numbers (rc:1:1)'],
    [
      'attribute',
      '(1).__add__',
      'python/unsupported',
      'mailtide cannot evaluate the special attribute __add__ (rc:1:1)',
    ],
    ['size', "'a' * 10**9", 'python/limit', 'the Python code makes a value that is too big (rc:1:5)'],
  ])('tells what went wrong and where: %s', (_, expression, code, message) => {
    expect(failing(expression)).toEqual({ code, message })
  })

  it('counts lines and columns in the file that the value stands in', () => {
    const origin = { file: 'rc', lines: [14, 17], columns: [15, 8] }
    expect(failing('[1,\n x]', origin).message).toContain('(rc:17:9)')
    expect(failing('  y', origin).message).toContain('(rc:14:17)')
    expect(failing('[1,\n x]', { file: 'rc', line: 5 }).message).toContain('(rc:6:2)')
  })

  it('tells both places when a function of the pythonfile fails for an option', () => {
    const python = createPython()
    python.load('def f(x):\n    y = 1\n    return x.lowr()\n', { file: 'lib.py' })
    const rename = python.evaluate('lambda n: f(n)', { file: 'rc', line: 20 })
    expect(errorOf(() => python.call(rename, ['a'])).message).toBe(
      "AttributeError: 'str' object has no attribute 'lowr' (lib.py:3:12, from rc:20:1)",
    )
  })

  it('tells the place where the exception was raised, not where it was passed on', () => {
    const python = createPython()
    const text = 'def f():\n    try:\n        return {}[1]\n    finally:\n        x = len("abc")\n'
    python.load(text, { file: 'lib.py' })
    expect(errorOf(() => python.evaluate('f()', { file: 'rc' })).message).toContain('lib.py:3:16')
  })
})

describe('a secret', () => {
  const world: World = {
    runProgram: () => ({ stdout: new TextEncoder().encode('hunter2\n'), stderr: new Uint8Array(), code: 0 }),
    lookupKeyring: () => 'hunter2',
    readFile: () => new TextEncoder().encode('hunter2'),
    environment: new Map([['PASS', 'hunter2']]),
  }
  const sources = [
    "subprocess.check_output('pass', shell=True).decode()",
    "os.popen('pass').read()",
    "keyring.get_password('a', 'b')",
    "open('f').read()",
    "os.environ['PASS']",
    "os.getenv('PASS')",
    "os.path.expandvars('$PASS')",
    'list(os.environ.values())[0]',
    "dict(os.environ)['PASS']",
  ]

  it.each(sources)('from %s gets into no message', (source) => {
    for (const leak of [
      `int(${source})`,
      `{}[${source}]`,
      `float(${source}.upper())`,
      `fail(${source})`,
      `'x'.encode(${source})`,
      `[].index(${source})`,
      `'{' + ${source}`,
      `getattr(1, ${source})`,
      `re.compile('(' + ${source})`,
      `'%z' % ${source}`,
      `undefined(${source})`,
      `json.loads(${source})`,
      `sorted([1, ${source}])`,
    ]) {
      const python = createPython({ world })
      python.load('import os, subprocess, keyring, re, json\ndef fail(x): raise ValueError("no: " + x)\n', {
        file: 'p.py',
      })
      const run = () => {
        const got = python.evaluate(leak, { file: 'rc' })
        throw new MailtideError('test', python.describe(got), { scope: 'run' })
      }
      const { message, hint, cause } = errorOf(run)
      expect(`${message} ${hint} ${String(cause)}`.toLowerCase()).not.toContain('hunter2')
    }
  })

  it('is looked for in the expression itself where that is a password', () => {
    for (const expression of [
      'hunter2',
      'a.hunter2',
      "int('hunter2')",
      "{}['hunter2']",
      '(lambda: 0)(hunter2=1)',
      'hunter2 2',
    ]) {
      const { message } = errorOf(() => createPython().evaluate(expression, { file: 'rc' }, { secret: true }))
      expect(message).not.toContain('hunter2')
    }
  })

  it('may be repeated before anything was read', () => {
    expect(errorOf(() => createPython({ world }).evaluate("int('x')", { file: 'rc' })).message).toContain("'x'")
  })
})
