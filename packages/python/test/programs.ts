/** A pythonfile, and what is asked of it. */
export interface Program {
  readonly about: string
  readonly text: string
  readonly ask: readonly string[]
}

/** Small programs that use every kind of statement. */
export const programs: readonly Program[] = [
  {
    about: 'functions with all kinds of parameters',
    text: `
def f(a, b=2, *rest, c, d=4, **others):
    """A docstring."""
    return a, b, rest, c, d, others
def g(*, only=1): return only
def h(a: int, b: "str" = 'x', *args: int, **kw) -> str:
    return str(a) + b
def nothing(): pass
def outer(n):
    def inner(k=n):
        return k + n
    return inner
seen = []
def default(value, into=[]):
    into.append(value)
    return into
`,
    ask: [
      'f(1, c=3)',
      'f(1, 5, 6, 7, c=8, e=9)',
      'f(1)',
      'f(1, 2, c=3, a=4)',
      'f(*[1, 2, 3], **{"c": 4, "z": 5})',
      'g(only=2)',
      'g(2)',
      'h(1)',
      'h(1, b="y")',
      'nothing()',
      'outer(3)()',
      'outer(3)(4)',
      '[default(1), default(2), default(3, [])]',
      'f(c=1)',
      'h()',
      'nothing(1)',
      'f.__name__, (lambda: 0).__name__',
    ],
  },
  {
    about: 'scopes',
    text: `
x = 'module'
def reads(): return x
def shadows():
    x = 'local'
    return x
def early():
    if False:
        x = 1
    return x
def sets():
    global x, y
    y = 'set'
    return y
def counter():
    count = 0
    def step():
        nonlocal count
        count += 1
        return count
    return step
def loops():
    functions = [lambda: i for i in range(3)]
    return [function() for function in functions]
class Holder:
    x = 'class'
    def get(self): return x
    names = [x for _ in range(1)]
    copied = x
def leak():
    for i in range(3): pass
    return i
def walrus():
    values = [last := n for n in range(4)]
    return values, last
def deleted():
    gone = 1
    del gone
    return gone
def around():
    x = 'around'
    def inside():
        global x
        return x, [x for _ in 'a'], (lambda: x)()
    return inside()
def sums():
    total = 0
    def add(n):
        nonlocal total
        total += n
        return [total + k for k in range(2)]
    return add(1), add(2), total
c = counter()
c()
`,
    ask: [
      'reads()',
      'shadows()',
      'early()',
      'sets(), y',
      'around(), sums()',
      'c(), c()',
      'loops()',
      'Holder().get(), Holder.copied, Holder.names',
      'leak()',
      'walrus()',
      'deleted()',
      'x',
      'missing',
      '[x for x in range(3)], x',
    ],
  },
  {
    about: 'loops',
    text: `
def search(items, wanted):
    for item in items:
        if item == wanted:
            break
    else:
        return 'not found'
    return 'found'
def odd(n):
    found = []
    for i in range(n):
        if i % 2 == 0: continue
        found.append(i)
    return found
def halve(n):
    steps = 0
    while n > 1:
        n //= 2
        steps += 1
    else:
        steps = -steps
    return steps
def nested():
    pairs = []
    for a, (b, *c) in [(1, (2, 3, 4)), (5, (6,))]:
        pairs.append((a, b, c))
    return pairs
def endless():
    n = 0
    while True:
        n += 1
        if n > 10: return n
def change():
    items = [1, 2, 3]
    for item in items:
        if item < 3: items.append(item + 10)
    return items
def grow():
    d = {1: 2}
    for key in d: d[key + 1] = 0
`,
    ask: [
      "search('abc', 'b'), search('abc', 'x')",
      'odd(7)',
      'halve(9)',
      'nested()',
      'endless()',
      'change()',
      'grow()',
      'odd("x")',
    ],
  },
  {
    about: 'exceptions',
    text: `
class Refused(Exception):
    def __init__(self, who, why='none'):
        self.who = who
        self.why = why
class Worse(Refused): pass
log = []
def attempt(action):
    try:
        value = action()
    except (KeyError, IndexError) as error:
        return 'lookup', str(error)
    except Refused as error:
        return type(error).__name__, error.who, error.args
    except ZeroDivisionError:
        return 'zero'
    except Exception as error:
        return 'other', repr(error)
    else:
        return 'fine', value
    finally:
        log.append('done')
def refuse(kind, *args): raise kind(*args)
def again():
    try:
        raise ValueError('first')
    except ValueError:
        try:
            {}['x']
        except KeyError:
            pass
        raise
def override():
    try:
        return 'try'
    finally:
        return 'finally'
def swallow():
    for i in range(3):
        try:
            1 / 0
        finally:
            break
    return i
def unbound():
    try:
        raise ValueError(1)
    except ValueError as e:
        pass
    return e
def chained():
    try:
        raise ValueError('a') from KeyError('b')
    except ValueError as e:
        return str(e)
def bare():
    try:
        undefined_name
    except:
        return 'caught'
def check(n):
    assert n > 0, 'n is %d' % n
    return n
`,
    ask: [
      "attempt(lambda: {}['a'])",
      'attempt(lambda: [][1])',
      "attempt(lambda: refuse(Refused, 'me'))",
      "attempt(lambda: refuse(Worse, 'me', 'x'))",
      'attempt(lambda: 1 / 0)',
      'attempt(lambda: int("x"))',
      'attempt(lambda: 5)',
      'attempt(lambda: refuse(ValueError))',
      'attempt(lambda: refuse(ValueError, 1, 2))',
      'attempt(lambda: refuse(int))',
      'attempt(lambda: refuse(OSError, 2, "No such file"))',
      'attempt(lambda: next(iter([])))',
      'again()',
      'override()',
      'swallow()',
      'unbound()',
      'chained()',
      'bare()',
      'check(1)',
      'check(0)',
      'refuse(Worse, 1)',
      'isinstance(Worse(1), Exception), issubclass(Worse, (int, Refused))',
      'KeyError("a"), str(KeyError("a")), str(ValueError("a")), ValueError().args',
    ],
  },
  {
    about: 'assignments',
    text: `
a = b = [1]
b += [2]
c, d = 1, 2
c, d = d, c
(e, f), [g, *h] = (1, 2), 'abcd'
*i, j = range(4)
k = {'x': {'y': 1}}
k['x']['z'] = 2
k['x']['y'] += 10
l = list(range(10))
l[2:4] = 'xyz'
l[::5] = [0, 0, 0]
del l[0], l[-1]
m: int = 3
n: str
o = 5; o -= 1; o **= 3; o //= 2; o %= 20; o <<= 1; o |= 1; o ^= 3; o &= 31
p = {1, 2}
q = p
p |= {3}
p -= {1}
r = 'a'
r += 'b'
r *= 2
class Box: pass
box = Box()
box.size = 3
box.size += 1
s = {'a': 1}
s |= {'b': 2}
t = (1,)
u = t
t += (2,)
`,
    ask: [
      'a, b',
      'c, d',
      'e, f, g, h',
      'i, j',
      'k',
      'l',
      'm',
      'n',
      'o',
      'sorted(q)',
      'r',
      'box.size',
      's',
      't, u',
      'box.other',
      'hasattr(box, "size"), getattr(box, "x", 9)',
    ],
  },
  {
    about: 'classes',
    text: `
class Base(object):
    kind = 'base'
    def __init__(self, name):
        self.name = name
    def hello(self, greeting='hello'):
        return greeting + ' ' + self.name
    def __repr__(self):
        return 'Base(%r)' % self.name
    def __len__(self): return len(self.name)
    def __contains__(self, item): return item in self.name
    def __getitem__(self, index): return self.name[index]
    def __call__(self, *args): return args
class Derived(Base):
    kind = 'derived'
    def hello(self):
        return Base.hello(self, 'hi') + '!'
class Manager:
    def __init__(self, swallow): self.swallow = swallow; self.log = []
    def __enter__(self): self.log.append('in'); return self
    def __exit__(self, kind, value, trace):
        self.log.append(kind and kind.__name__)
        return self.swallow
def managed(swallow):
    manager = Manager(swallow)
    with manager as m:
        1 / 0
    return m.log
def fine():
    with Manager(False) as m, Manager(True) as n:
        pass
    return m.log, n.log
one = Base('one')
two = Derived('two')
`,
    ask: [
      'one, str(one), [two]',
      'one.hello(), two.hello(), Derived.hello(two)',
      'one.kind, two.kind, Derived.kind',
      'len(one), bool(Base("")), "n" in one, one[0], one[-1:]',
      'one(1, 2), callable(one), callable(Manager(1))',
      'isinstance(two, Base), isinstance(one, Derived), type(two) is Derived',
      'managed(True)',
      'managed(False)',
      'fine()',
      'one.missing',
      'Base()',
      'one == Base("one"), one == one, one != two',
      '{one: 1}[one]',
      'one < two',
      'list(map(one.hello, ["a", "b"]))',
      "'%s and %r' % (one, two), '{0.name} {0}'.format(two), f'{two.name!r}'",
    ],
  },
  {
    about: 'imports',
    text: `
import re, os.path, string as s
import os.path as p
from re import sub as substitute, compile as c
from os import (
    path,
    environ,
)
from functools import partial, reduce
from collections import defaultdict, OrderedDict
from itertools import chain
import json, base64, shlex, itertools, functools
d = defaultdict(list)
for word in ['ab', 'ac', 'b']: d[word[0]].append(word)
o = OrderedDict([('z', 1), ('a', 2)])
if __name__ == '__main__':
    raise SystemExit
`,
    ask: [
      "substitute('a', 'b', 'cat')",
      "os.path.join('a', 'b'), p.basename('x/y'), path.splitext('.a.b')",
      's.ascii_lowercase[:3], s.capwords("ab cd")',
      'd, dict(d), d["new"], len(d)',
      'o, list(o), o == {"a": 2, "z": 1}, o == OrderedDict([("a", 2), ("z", 1)])',
      'partial(int, base=2)("101")',
      'reduce(lambda a, b: a * b, [1, 2, 3, 4])',
      'list(chain("ab", [1])), list(itertools.chain.from_iterable(["ab", "c"]))',
      '[p.normpath(x) for x in ["a//b/../c", "/../x", "", "../a", "//x", "///x", "a/./b/"]]',
      '[p.split(x) for x in ["a/b", "/a", "a", "/", "a/b/", "//a"]]',
      '[p.splitext(x) for x in ["a.b", ".a", "a.b/c", "..a.b", "a.", "a.tar.gz"]]',
      'p.join("a", "/b", "c", ""), p.isabs("/a"), p.dirname("/a/b"), p.commonprefix(["abc", "abd"])',
      `json.loads('{"a": [1, 2.5, null, true, "\\\\u00e9"], "b": {}}')`,
      "json.loads('[1, 2')",
      "json.loads('1e400'), json.loads('-0'), json.loads('123456789012345678901234567890')",
      'json.dumps({"a": [1, 2.5, None, True, "é"], 1: ()})',
      "base64.b64encode(b'hello'), base64.b64decode('aGVsbG8='), base64.b64decode(b'aGVsbG8'), 1",
      "base64.b64decode('a-G V\\nsbG8=')",
      `shlex.split("a 'b c' \\"d \\\\\\"e\\" f\\\\ g"), shlex.quote("it's"), shlex.quote('')`,
      'shlex.split("\'a")',
      'functools.partial(dict, a=1)(b=2)',
      'os.sep, os.linesep, os.name',
      'os.path.expandvars("$NO_SUCH_VARIABLE_AT_ALL/x")',
    ],
  },
]
