import { MailtideError } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { createPython, type Python } from './index.ts'

const rc = { file: 'rc' }

function value(python: Python, expression: string): unknown {
  return python.toJs(python.evaluate(expression, rc))
}

describe('an interpreter', () => {
  it('calls what an expression came to', () => {
    const python = createPython()
    const rename = python.evaluate("lambda f: re.sub('^INBOX.', '', f).lower()", rc, { withRe: true })
    expect(python.toJs(python.call(rename, ['INBOX.Sent']))).toBe('sent')
    expect(python.isCallable(rename)).toBe(true)
    expect(python.isCallable(python.evaluate('1', rc))).toBe(false)
  })

  it('knows re only where it is provided', () => {
    const python = createPython()
    expect(() => python.evaluate('re.compile', rc)).toThrow("NameError: name 're' is not defined (rc:1:1)")
    expect(python.describe(python.evaluate("re.escape('a.b')", rc, { withRe: true }))).toBe("'a\\\\.b'")
  })

  it('sees every name of the pythonfile, imported ones included', () => {
    const python = createPython()
    python.load('import re\nfrom os import path\nlimit = 3\ndef f(n): return n < limit\n', { file: 'lib.py' })
    expect(value(python, "re.sub('a', 'b', path.basename('x/a'))")).toBe('b')
    expect(value(python, '[n for n in range(9) if f(n)]')).toEqual([0, 1, 2])
  })

  it('keeps what one expression names to itself', () => {
    const python = createPython()
    python.evaluate('[y := 1, y]', rc)
    expect(() => python.evaluate('y', rc)).toThrow('NameError')
  })

  it('takes blanks and comments around an expression', () => {
    const python = createPython()
    expect(value(python, '  [1, # one\n2]  # both\n')).toEqual([1, 2])
  })

  it('turns values into plain ones and back', () => {
    const python = createPython()
    const all = "[None, True, 3, 2**60, 0.5, 'ü', b'\\xff', (1,), {'a': {2}}]"
    const plain = [null, true, 3, 2n ** 60n, 0.5, 'ü', Uint8Array.of(0xff), [1], new Map([['a', [2]]])]
    expect(value(python, all)).toEqual(plain)
    expect(python.describe(python.fromJs(plain))).toBe(
      "[None, True, 3, 1152921504606846976, 0.5, 'ü', b'\\xff', [1], {'a': [2]}]",
    )
    expect(() => value(python, 'lambda: 1')).toThrow('a function has no plain form')
  })

  it('hands values of its own and plain ones to functions', () => {
    const python = createPython()
    const pair = python.evaluate('lambda a, b: [a, b, a == b]', rc)
    expect(python.toJs(python.call(pair, [python.evaluate('(1, 2)', rc), [1, 2]]))).toEqual([[1, 2], [1, 2], false])
    const item = new Map([['foldername', 'INBOX']])
    expect(python.toJs(python.call(python.evaluate("lambda d: d['foldername']", rc), [item]))).toBe('INBOX')
  })

  it('gives out copies of bytes', () => {
    const python = createPython()
    const bytes = Uint8Array.of(1, 2)
    const held = python.fromJs(bytes)
    bytes[0] = 9
    expect(python.toJs(held)).toEqual(Uint8Array.of(1, 2))
  })

  it.each([
    ['0', false],
    ["''", false],
    ['[]', false],
    ['{}', false],
    ['None', false],
    ["b''", false],
    ['range(0)', false],
    ['0.0', false],
    ["float('nan')", true],
    ["re.search('b', 'abc')", true],
    ["re.search('x', 'abc')", false],
    ['lambda: 0', true],
    ['[0]', true],
  ])('says whether %s is true', (expression, expected) => {
    const python = createPython()
    expect(python.isTrue(python.evaluate(expression, rc, { withRe: true }))).toBe(expected)
  })

  it('orders values as sorted does', () => {
    const python = createPython()
    const order = (a: string, b: string) => python.compare(python.evaluate(a, rc), python.evaluate(b, rc))
    expect([order("('a', 2)", "('a', 10)"), order("'B'", "'a'"), order('1', 'True')]).toEqual([-1, -1, 0])
    expect(order("'😀'", "'\uffff'")).toBe(1)
    expect(() => order("'a'", '1')).toThrow("TypeError: '<' not supported between instances of 'str' and 'int'")
  })

  it('throws nothing but errors of mailtide', () => {
    const python = createPython()
    for (const expression of ['1/0', 'x', '(', "'a'*10**9", 'import os', '1j']) {
      expect(() => python.evaluate(expression, rc)).toThrow(MailtideError)
    }
  })
})
