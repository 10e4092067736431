import { describe, expect, it } from 'vitest'
import { createPython, type World } from './index.ts'

const rc = { file: 'rc' }

function outputOf(output: string): World['runProgram'] {
  return () => ({ stdout: new TextEncoder().encode(output), stderr: new Uint8Array(), code: 0 })
}

function result(program: string, expression: string, output = ''): unknown {
  const runProgram = outputOf(output)
  const python = createPython({ world: runProgram ? { runProgram } : {} })
  python.load(program, { file: 'old.py' })
  const value = python.toJs(python.evaluate(expression, rc))
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : value
}

describe('a Python 2 program', () => {
  it.each([
    [
      'print statements',
      'def f(x):\n    print "asking", x\n    print\n    print >>None, x, \n    if x: print x; y = 2\n    return y\n',
      'f(1)',
      2,
    ],
    ['print of more than a call', 'print "a" % (), "b"\nprint -1\nprint not 1\nprint [1], {}\nx = 1\n', 'x', 1],
    [
      'print as a name',
      'from __future__ import print_function\nprint("a", file=None)\ny = print\nprint(1) if y else 0\n',
      '1',
      1,
    ],
    [
      'exceptions with a comma',
      'def f():\n    try:\n        raise ValueError, "no"\n    except ValueError, e:\n        return e.message + str(e)\n',
      'f()',
      'nono',
    ],
    ['whole division', 'print "old"\nx = 7 / 2\n', 'x', 3],
    ['Python 3 division elsewhere', 'x = 7 / 2\n', 'x', 3.5],
    ['unequal', 'x = 1 <> 2\n', 'x', true],
    ['octal and long numbers', 'x = 0755 + 10L + 0xFFL\n', 'x', 758],
    ['unicode literals', "x = ur'\\a' + u'\\u00fc' + unicode('b')\n", 'x', '\\aüb'],
    [
      'dictionary methods',
      "d = {'a': 1}\nx = [d.has_key('a'), list(d.iteritems()), d.keys()[0], d.values()[0], len(d.items())]\n",
      'x',
      [true, [['a', 1]], 'a', 1, 1],
    ],
    [
      'lists from map, filter and zip',
      "m = map(str, [1, 2])\nx = [m[0], m[-1], len(m), filter(None, [0, 5])[0], zip('a', 'b')[0], list(m)]\n",
      'x',
      ['1', '2', 2, 5, ['a', 'b'], ['1', '2']],
    ],
    [
      'functions that compare',
      'x = [sorted([3, 1, 2], lambda a, b: cmp(b, a)), sorted([2, 1], cmp=cmp)]\nx[0].sort(cmp)\n',
      'x',
      [
        [1, 2, 3],
        [1, 2],
      ],
    ],
    [
      'old names',
      "import string\nx = [reduce(lambda a, b: a + b, xrange(4)), unichr(252), isinstance('a', basestring), string.lower('A'), string.join(['a', 'b'], '-'), long(5)]\n",
      'x',
      [6, 'ü', true, 'a', 'a-b', 5],
    ],
    ['the encoding of sys', "import sys\nreload(sys)\nsys.setdefaultencoding('utf-8')\nx = 1\n", 'x', 1],
    [
      'text that is decoded and encoded',
      "x = ['a'.decode('utf-8'), 'YWI='.decode('base64'), b'a'.encode('utf-8')]\n",
      'x[:2]',
      ['a', 'ab'],
    ],
    ['commands', "import commands\nx = commands.getoutput('pass a')\n", 'x', 'hunter2'],
  ])('may have %s', (_, program, expression, expected) => {
    expect(result(program, expression, 'hunter2\n')).toEqual(expected)
  })

  it.each([
    "p.strip('\\n')",
    "p.rstrip('\\n')",
    "p.split('\\n')[0]",
    'p.splitlines()[0]',
    "p.replace('\\n', '')",
    'p[:-1]',
    "p.partition('\\n')[0]",
    "p.decode('utf-8').strip()",
    "re.sub('\\n', '', p)",
    "re.search('(.*)', p).group(1)",
    "re.compile(r'^(\\w+)$', re.M).findall(p)[0]",
    'str(p.decode()).strip()',
    "'' + p.strip('\\n')",
    "p.strip() + ''",
  ])('takes the output of a program for text in %s', (expression) => {
    const program = "import re\nfrom subprocess import *\np = check_output('pass mail', shell=True)\n"
    expect(result(program, expression, 'hunter2\n')).toBe('hunter2')
  })

  it.each([
    ['backquotes', 'x = `1`\n'],
    ['exec', 'exec "x = 1"\n'],
    ['parameters in parentheses', 'def f((a, b)): pass\n'],
  ])('is refused where it has %s', (_, program) => {
    expect(() => createPython().load(program, { file: 'old.py' })).toThrow('SyntaxError')
  })

  it('keeps its places', () => {
    const python = createPython()
    const program = '# comment print "x"\nx = "print y"\nprint "a", \\\n   x\nurl = ur"b"\nprint missing\n'
    expect(() => python.load(program, { file: 'old.py' })).toThrow('(old.py:6:7)')
  })
})
