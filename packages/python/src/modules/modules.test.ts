import { describe, expect, it } from 'vitest'
import { createPython, type World } from '../index.ts'

function evaluated(world: World, program: string, expression: string): unknown {
  const python = createPython({ world })
  python.load(program, { file: 'lib.py' })
  return python.toJs(python.evaluate(expression, { file: 'rc' }))
}

function files(texts: Readonly<Record<string, string>>): World {
  const encoded = new Map(Object.entries(texts).map(([path, text]) => [path, new TextEncoder().encode(text)]))
  return { readFile: (path) => encoded.get(path), exists: (path) => encoded.has(path), home: '/home/alex' }
}

describe('a file', () => {
  const world = files({ '/home/alex/.pass': 'one\r\ntwo\n', 'x/ü.json': '{"a": "ß"}', bad: '' })

  it.each([
    ["open(os.path.expanduser('~/.pass')).read()", 'one\ntwo\n'],
    ["open('/home/alex/.pass').readline().strip()", 'one'],
    ["[line.rstrip() for line in open('/home/alex/.pass')]", ['one', 'two']],
    ["open('/home/alex/.pass', 'r').readlines()", ['one\n', 'two\n']],
    ["open('/home/alex/.pass', 'rb').read().decode()", 'one\r\ntwo\n'],
    ["open('/home/alex/.pass').read().splitlines()[1]", 'two'],
    ["json.load(open('x/ü.json', encoding='utf-8'))['a']", 'ß'],
    ["os.path.exists('bad'), os.path.isfile('none')", [true, false]],
    ['first()', 'one\n'],
    ['missing()', "FileNotFoundError [Errno 2] No such file or directory: 'none'"],
  ])('is read by %s', (expression, expected) => {
    const program = `
import os, json
def first():
    with open('/home/alex/.pass') as f:
        return f.readline()
def missing():
    try:
        open('none')
    except IOError as e:
        return type(e).__name__ + ' ' + str(e)
`
    expect(evaluated(world, program, expression)).toEqual(expected)
  })
})

describe('netrc', () => {
  const text = `
# machine commented login x password y
machine imap.example.org
  login jo   # a comment
  password "with \\"quotes\\" and blanks"
machine b login c\\ d account e password #hash
macdef init
machine inside password macro

default login anyone password nobody
`

  it.each([
    ["netrc.netrc().authenticators('imap.example.org')", ['jo', '', 'with "quotes" and blanks']],
    ["netrc.netrc().authenticators('b')", ['c d', 'e', '#hash']],
    ["netrc.netrc('/home/alex/.netrc').authenticators('other')", ['anyone', '', 'nobody']],
    ['sorted(netrc.netrc().hosts)', ['b', 'default', 'imap.example.org']],
  ])('finds logins by %s', (expression, expected) => {
    expect(evaluated(files({ '/home/alex/.netrc': text }), 'import netrc\n', expression)).toEqual(expected)
  })

  it('does not read what is no netrc file, nor repeats it', () => {
    const world = files({ '/home/alex/.netrc': 'machine a hunter2\n' })
    expect(() => evaluated(world, 'import netrc\n', 'netrc.netrc()')).toThrow(
      'NetrcParseError: the netrc file cannot be read: it holds a word that is no keyword (rc:1:1)',
    )
  })
})

describe('the world', () => {
  const world: World = {
    lookupKeyring: (service, user) => (service === 'mail' ? `${user}'s` : undefined),
    environment: new Map([
      ['USER', 'jo'],
      ['HOME', '/home/jo'],
    ]),
    hostName: 'box',
    cwd: '/base/',
    now: () => 1.5,
  }
  const program = 'import os, keyring, getpass, socket, time, platform\n'

  it.each([
    ["keyring.get_password('mail', 'jo'), keyring.get_password('x', 'y')", ["jo's", null]],
    ["os.environ['USER'], os.environ.get('NO', 'x'), os.getenv('NO'), 'HOME' in os.environ", ['jo', 'x', null, true]],
    [
      "os.path.expanduser('~/a'), os.path.expandvars('$USER-$' + '{USER}-$NO'), os.path.abspath('a/../b')",
      ['/home/jo/a', 'jo-jo-$NO', '/base/b'],
    ],
    [
      'getpass.getuser(), socket.gethostname(), platform.node(), os.getcwd(), time.time()',
      ['jo', 'box', 'box', '/base/', 1.5],
    ],
  ])('is asked by %s', (expression, expected) => {
    expect(evaluated(world, program, expression)).toEqual(expected)
  })

  it.each([
    ["keyring.get_password('a', 'b')", 'keyring.get_password() (rc:1:1)'],
    ["os.popen('a').read()", 'running a program (rc:1:1)'],
    ["open('a')", 'reading a file (rc:1:1)'],
    ["os.path.exists('a')", 'os.path.exists() (rc:1:1)'],
    ["os.path.expanduser('~')", 'os.path.expanduser() (rc:1:1)'],
    ['os.getcwd()', 'os.getcwd() (rc:1:1)'],
    ['socket.gethostname()', 'socket.gethostname() (rc:1:1)'],
    ['time.time()', 'time.time() (rc:1:1)'],
    ['getpass.getuser()', 'getpass.getuser() (rc:1:1)'],
  ])('that was not handed in is missed by name: %s', (expression, message) => {
    expect(() => evaluated({}, program, expression)).toThrow(`mailtide cannot evaluate ${message}`)
  })

  it('fails as Python would have it fail', () => {
    const failing: World = {
      lookupKeyring() {
        throw new Error('the keyring is locked')
      },
    }
    const text = `${program}def f():\n    try:\n        return keyring.get_password('a', 'b')\n    except OSError as e:\n        return str(e)\n`
    expect(evaluated(failing, text, 'f()')).toBe('the keyring is locked')
  })
})

describe('a module that is not known', () => {
  it('hinders only what uses it', () => {
    const program = 'import gtk, os\nimport a.b as c\ndef f(): return 1\ndef g():\n    return gtk.main()\n'
    expect(evaluated({}, program, 'f()')).toBe(1)
    expect(() => evaluated({}, program, 'g()')).toThrow('mailtide cannot evaluate gtk.main (lib.py:5:12)')
  })

  it.each([
    ['try:\n    import gtk\nexcept ImportError:\n    gtk = None\n', 'the module gtk (lib.py:2:5)'],
    ['from gtk import main\n', 'from gtk import main (lib.py:1:1)'],
    ['from os import fork\n', 'from os import fork (lib.py:1:1)'],
    ['from gtk import *\n', 'from gtk import * (lib.py:1:1)'],
  ])('is refused where its absence could matter', (program, message) => {
    expect(() => evaluated({}, program, '1')).toThrow(`mailtide cannot evaluate ${message}`)
  })
})

describe('what is no part of the interpreter', () => {
  it.each([
    ['a decorator', '@f\ndef g(): pass\n', 'decorators (lib.py:1:1)'],
    ['a generator', 'def f():\n    yield 1\n', 'generator functions (yield) (lib.py:2:5)'],
    ['async', 'async def f(): pass\n', 'async functions (lib.py:1:1)'],
    ['match', 'match 1:\n    case 1: pass\n', 'match statements (lib.py:1:1)'],
    ['several bases', 'class A(int, str): pass\n', 'a class with several bases or a metaclass (lib.py:1:1)'],
    ['a derived dict', 'class A(dict): pass\n', 'a class that derives from dict (lib.py:1:9)'],
    ['operators of a class', 'class A:\n    def __add__(self, o): pass\n', 'a class that defines __add__ (lib.py:1:1)'],
    ['eval', 'x = eval("1")\n', 'the function eval (lib.py:1:5)'],
    ['bytearray', 'x = bytearray(3)\n', 'the function bytearray (lib.py:1:5)'],
  ])('is named with its place: %s', (_, program, message) => {
    expect(() => evaluated({}, program, '1')).toThrow(`mailtide cannot evaluate ${message}`)
  })
})
