import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { createPythonHost, type PythonHost, type PythonHostOptions } from './create-python-host.ts'
import { type HostArgument, type HostFunction, type HostValue, isTruthy } from './host-value.ts'

// The program itself: python3 in PATH may be a slow shell script that looks for it.
const found = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' })
const python = found.stdout?.trim()
const secret = 'hunter2'

// Most expressions can share one child.
const shared = createPythonHost({ environment: process.env, python })
afterAll(() => shared.close())

beforeEach((context) => {
  if (!python) context.skip('python3 is not installed')
})

function file(text: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'mailtide-python-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const path = join(directory, 'offlineimap.py')
  writeFileSync(path, text)
  return path
}

function open(text?: string, options?: Partial<PythonHostOptions>) {
  if (text === undefined && options === undefined) return using(shared, '')
  const pythonFile = text === undefined ? {} : { pythonFile: file(text) }
  const host = createPythonHost({ environment: process.env, python, ...pythonFile, ...options })
  onTestFinished(() => host.close())
  return using(host, pythonFile.pythonFile ?? '')
}

function using(host: PythonHost, pythonFile: string) {
  const evaluate = (expression: string, withRe = false) =>
    host.evaluate(expression, { withRe, origin: 'nametrans of home' })
  const functionOf = async (expression: string, withRe = false) => (await evaluate(expression, withRe)) as HostFunction
  const call = async (expression: string, ...argumentLists: HostArgument[][]) =>
    host.callBatch(await functionOf(expression, true), argumentLists)
  const failure = (expression: string) =>
    evaluate(expression).then(
      () => expect.unreachable('it should have failed'),
      (error) => error,
    )
  return { host, pythonFile, evaluate, functionOf, call, failure }
}

/** A server, and Python that connects to it: the connection is cut once all who hold it have ended. */
async function lifeline() {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const connected = once(server, 'connection') as Promise<[Socket]>
  const cut = connected.then(async ([socket]) => {
    await once(
      socket.resume().on('error', () => socket.destroy()),
      'close',
    )
  })
  const text = `import os, socket, subprocess, sys, time\nline = socket.create_connection(('127.0.0.1', ${port}))\n`
  return { text, connected, cut }
}

describe('evaluate', () => {
  it.each<{ expression: string; value: HostValue }>([
    { expression: "'ä€😀'", value: 'ä€😀' },
    { expression: "'\\udc80\\0\\n\\u2028'", value: '\udc80\0\n\u2028' },
    { expression: "b'\\x00\\xff'", value: Uint8Array.of(0, 255) },
    { expression: '993', value: 993 },
    { expression: '-2**53', value: -(2n ** 53n) },
    { expression: '2**53-1', value: Number.MAX_SAFE_INTEGER },
    { expression: '0.1', value: 0.1 },
    { expression: "float('nan')", value: Number.NaN },
    { expression: "-float('inf')", value: Number.NEGATIVE_INFINITY },
    { expression: 'True', value: true },
    { expression: 'None', value: null },
    { expression: "['INBOX', ('a', 1)]", value: ['INBOX', ['a', 1]] },
    { expression: "{'b', 'a'}", value: ['a', 'b'] },
    { expression: "{'a': 1}.keys()", value: ['a'] },
    { expression: '(n * n for n in range(3))', value: [0, 1, 4] },
    { expression: "{1: {'a': None}}", value: new Map([[1, new Map([['a', null]])]]) },
    { expression: 'object()', value: { kind: 'object', type: 'object', truthy: true } },
    { expression: ' \n[\n1,\n2]\n', value: [1, 2] },
    { expression: '__name__', value: 'builtins' },
  ])('brings $expression', async ({ expression, value }) => {
    expect(await open().evaluate(expression)).toEqual(value)
  })

  it('knows what the pythonfile defines and imports, and executes it once', async () => {
    const { evaluate } = open(
      'import os.path as p\nimport sys\ncount = 1\ndef get(): return count\ndef _own(): return __name__\n',
    )
    expect(await evaluate('get()')).toBe(1)
    expect(await evaluate("p.join('a', 'b')")).toBe('a/b')
    expect(await evaluate('_own() == "__main__"')).toBe(false)
    expect(await evaluate('sys.modules["mailtide_pythonfile"].count')).toBe(1)
  })

  it('leaves nothing beside the pythonfile', async () => {
    const { evaluate, pythonFile } = open('x = 1')
    await evaluate('x')
    expect(readdirSync(join(pythonFile, '..'))).toEqual(['offlineimap.py'])
  })

  it('knows re only where it is wanted', async () => {
    const { evaluate, failure } = open()
    expect(await evaluate("re.sub('a', 'b', 'a')", true)).toBe('b')
    expect(await failure('re')).toMatchObject({
      code: 'python-host/failed',
      message: 'nametrans of home fails: NameError, the name re is not defined (nametrans of home:1)',
      hint: expect.stringContaining('pythonfile'),
    })
  })

  it('is not disturbed by what is printed or asked', async () => {
    const { evaluate } = open(
      'import sys, os\nprint("{}")\nsys.stdout.flush()\nos.system("echo 1")\nprint("x", file=sys.stderr)',
    )
    expect(await evaluate('print("y")')).toBeNull()
    await expect(evaluate('input()')).rejects.toMatchObject({ message: expect.stringContaining('EOFError') })
  })

  it('gives the environment and no other', async () => {
    const { evaluate } = open('import os', { environment: { PATH: process.env['PATH'], GREETING: 'hello' } })
    expect(await evaluate("[os.environ['GREETING'], 'HOME' in os.environ]")).toEqual(['hello', false])
  })
})

describe('functions', () => {
  it('are called in batches', async () => {
    const { call } = open('def inbox(name): return name == "INBOX"')
    expect(await call('inbox', ['INBOX'], ['a'])).toEqual([true, false])
    expect(await call("lambda f: re.sub(r'^INBOX\\.', '', f)", ['INBOX.a'], ['b'])).toEqual(['a', 'b'])
    expect(await call("lambda item: item['accountname']", [{ accountname: 'home', foldername: 'a' }])).toEqual(['home'])
    expect(await call('lambda: []', [])).toEqual([[]])
    const found = await call("lambda f: re.search('a', f)", ['xa'], ['b'])
    expect(found.map(isTruthy)).toEqual([true, false])
  })

  it('may be part of something else, or of an answer', async () => {
    const { host, call, evaluate } = open()
    const table = (await evaluate("{'up': str.upper}")) as ReadonlyMap<HostValue, HostFunction>
    expect(await host.callBatch(table.get('up')!, [['a']])).toEqual(['A'])
    const [inner] = await call('lambda x: lambda y: x + y', [1])
    expect(await host.callBatch(inner as HostFunction, [[2]])).toEqual([3])
  })

  it('sort names', async () => {
    const { host, functionOf } = open()
    const order = await functionOf(
      "lambda x, y: (x > y) - (x < y) if 'INBOX' not in (x, y) else (y == 'INBOX') - (x == 'INBOX')",
    )
    expect(await host.compareSort(order, ['b', 'INBOX', 'a'])).toEqual(['INBOX', 'a', 'b'])
    const items = [{ foldername: 'b' }, { foldername: 'a' }]
    expect(await host.keySort(await functionOf("lambda d: (1, d['foldername'])"), items)).toEqual(items.toReversed())
  })

  it('are made again when the child had to be', async () => {
    const { host, evaluate, functionOf, failure } = open('import os')
    const upper = await functionOf('str.upper')
    const pid = await evaluate('os.getpid()')
    const inner = ((await evaluate('[str.lower]')) as readonly HostFunction[])[0]!
    expect(await failure('os._exit(3)')).toMatchObject({
      code: 'python-host/gone',
      retryable: true,
      message: 'nametrans of home did not finish: Python ended with exit code 3',
    })
    expect(await host.callBatch(upper, [['a']])).toEqual(['A'])
    expect(await evaluate('os.getpid()')).not.toBe(pid)
    await expect(host.callBatch(inner, [['A']])).rejects.toMatchObject({ code: 'python-host/gone' })
  })

  it('say for which folder they failed, and where', async () => {
    const { call, pythonFile } = open('def rule(name):\n  return {"a": 1}[name]')
    await expect(call('lambda f: rule(f)', ['a'], ['b'])).rejects.toMatchObject({
      code: 'python-host/failed',
      message: `nametrans of home, called with ["b"], fails: KeyError (${pythonFile}:2)`,
    })
  })
})

describe('what can go wrong', () => {
  it('no python3', async () => {
    const { failure } = open(undefined, { python: 'no-such-python' })
    expect(await failure('1')).toMatchObject({
      code: 'python-host/not-found',
      message: 'The configuration needs no-such-python, which was not found',
      hint: expect.stringContaining('remotepassprovider'),
    })
  })

  it('no pythonfile', async () => {
    const { failure } = open(undefined, { pythonFile: '/no/such/file.py' })
    expect(await failure('1')).toMatchObject({
      code: 'python-host/file-missing',
      message: 'The pythonfile /no/such/file.py is not there',
    })
  })

  it.each([
    { why: 'exits', text: 'import sys\nsys.exit(0)', says: 'SystemExit, exit code 0 (FILE:2)' },
    { why: 'has a slip', text: 'x = 1\ndef f(:\n', says: 'SyntaxError, invalid syntax (FILE:2)' },
    {
      why: 'lacks a module',
      text: 'import no_such_module',
      says: 'ModuleNotFoundError, there is no module no_such_module (FILE:1)',
    },
    {
      why: 'lacks a name',
      text: 'def f():\n return nothing\nf()',
      says: 'NameError, the name nothing is not defined (FILE:2)',
    },
    {
      why: 'lacks an attribute',
      text: 'import os\nos.nothing',
      says: 'AttributeError, module has no attribute nothing (FILE:2)',
    },
    { why: 'raises its own', text: `class Mine(Exception): pass\nraise Mine('${secret}')`, says: 'Mine (FILE:2)' },
    {
      why: 'lacks a program',
      text: `import subprocess\nsubprocess.check_output(['/x/no-such-program', '${secret}'])`,
      says: 'FileNotFoundError, no-such-program: No such file or directory (FILE:2)',
    },
  ])('a pythonfile that $why', async ({ text, says }) => {
    const { failure, pythonFile } = open(text)
    expect(await failure('1')).toMatchObject({
      code: 'python-host/file-failed',
      message: `The pythonfile ${pythonFile} fails: ${says.replace('FILE', pythonFile)}`,
    })
  })

  it('a slip in an expression', async () => {
    const { failure } = open()
    expect(await failure('lambda f: (f')).toMatchObject({
      message: "nametrans of home fails: SyntaxError, '(' was never closed (nametrans of home:1)",
    })
  })

  it('a program that fails is named, with its exit code and what it said on stderr', async () => {
    const { failure } = open('import subprocess')
    const command = `echo ${secret}; echo 'no secret key' >&2; exit 2`
    expect((await failure(`subprocess.check_output(['sh', '-c', ${JSON.stringify(command)}])`)).message).toBe(
      'nametrans of home fails: subprocess.CalledProcessError, sh ended with exit code 2 (nametrans of home:1): no secret key',
    )
  })

  it.each([
    `{}['${secret}']`,
    `int('${secret}')`,
    `exec("raise NameError('${secret}')")`,
    `exec("raise SyntaxError('${secret}')")`,
    `exec("'${secret}' x")`,
    `open('P=${secret}')`,
    `__import__('sys').exit('${secret}')`,
    `__import__('subprocess').check_output('P=${secret} false', shell=True)`,
    `__import__('subprocess').check_output('false ${secret}', shell=True)`,
    `__import__('subprocess').check_output('no-such ${secret}')`,
    `__import__('json').loads('${secret}')`,
    `'${secret}'.${'x'.repeat(3)}`,
    `lambda: '${secret}`,
  ])('a secret is not shown: %s', async (expression) => {
    const error = await open().failure(expression)
    const shown = `${error.message}${error.stack}${JSON.stringify({ ...error })}${error.cause ?? ''}`
    expect(shown).toContain('fails')
    expect(shown).not.toContain(secret)
  })

  it('an expression that hangs is killed with what it started', async () => {
    const { text, cut } = await lifeline()
    const { failure } = open(text, { timeout: 1000 })
    const hanging = 'print("waiting", file=sys.stderr) or subprocess.call(["sleep", "60"], pass_fds=[line.fileno()])'
    expect(await failure(hanging)).toMatchObject({
      code: 'python-host/timeout',
      retryable: true,
      message: 'nametrans of home took more than 1 s: waiting',
    })
    await cut
  })

  it('a file that hangs', async () => {
    const { failure, pythonFile } = open('import time\ntime.sleep(60)', { timeout: 200 })
    expect(await failure('1')).toMatchObject({
      code: 'python-host/timeout',
      message: `The pythonfile ${pythonFile} took more than 0.2 s`,
    })
  })

  it('a file that dies', async () => {
    const { failure } = open('import os, signal\nos.kill(os.getpid(), signal.SIGKILL)')
    expect(await failure('1')).toMatchObject({
      code: 'python-host/gone',
      message: expect.stringMatching(/offlineimap\.py did not finish: Python was killed by SIGKILL$/),
    })
  })
})

describe('close', () => {
  it('starts nothing, and ends what was started', async () => {
    await open(undefined, {}).host.close()
    const { text, cut } = await lifeline()
    const { host, evaluate } = open(text)
    await evaluate('1')
    await host.close()
    await host.close()
    await cut
    await expect(evaluate('1')).rejects.toMatchObject({ code: 'python-host/gone' })
  })

  it('ends what is at work or about to start', async () => {
    const { host, evaluate } = open('import time')
    const starting = expect(evaluate('time.sleep(60)')).rejects.toMatchObject({ code: 'python-host/gone' })
    const waiting = expect(evaluate('1')).rejects.toMatchObject({ code: 'python-host/gone' })
    await host.close()
    await Promise.all([starting, waiting])
    const second = open('import time')
    await second.evaluate('1')
    const working = expect(second.evaluate('time.sleep(60)')).rejects.toMatchObject({ code: 'python-host/gone' })
    await second.host.close()
    await working
  })

  it('is not needed when the process itself dies', async () => {
    const { text, connected, cut } = await lifeline()
    const code = `
      import { createPythonHost } from ${JSON.stringify(new URL('index.ts', import.meta.url).href)}
      const [pythonFile, python] = process.argv.slice(1)
      const host = createPythonHost({ environment: process.env, pythonFile, python })
      await host.evaluate('subprocess.call(["sleep", "60"], pass_fds=[line.fileno()])', { withRe: false, origin: 'test' })`
    const args = ['--input-type=module-typescript', '-e', code, file(text), python]
    const dying = spawn(process.execPath, args, { stdio: 'ignore' })
    await connected
    dying.kill('SIGKILL')
    await cut
  })
})
