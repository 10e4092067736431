import { describe, expect, it } from 'vitest'
import { createPython, type ProgramResult, type World } from '../index.ts'

interface Call {
  readonly command: string | readonly string[]
  readonly input: string
}

function recording(answer: Partial<ProgramResult> & { readonly text?: string }) {
  const calls: Call[] = []
  const world: World = {
    runProgram(command, input) {
      calls.push({ command, input: new TextDecoder().decode(input) })
      return { stdout: new TextEncoder().encode(answer.text ?? ''), stderr: new Uint8Array(), code: 0, ...answer }
    },
    home: '/home/alex',
  }
  return { calls, world }
}

function evaluated(world: World, program: string, expression: string): unknown {
  const python = createPython({ world })
  python.load(program, { file: 'pass.py' })
  const value = python.toJs(python.evaluate(expression, { file: 'rc' }))
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : value
}

describe('a function that asks a program for a password', () => {
  it.each([
    {
      about: 'the first line of pass',
      program:
        '#! /usr/bin/env python\nfrom subprocess import check_output\n\ndef get_pass(account):\n    return check_output("pass Mail/" + account, shell=True).splitlines()[0]\n',
      expression: 'get_pass("Work")',
      command: 'pass Mail/Work',
    },
    {
      about: 'gpg through os.popen',
      program:
        'import os\ndef get_pass(name):\n    return os.popen("gpg -q --no-tty -d ~/.%s.gpg" % name).read().strip()\n',
      expression: "get_pass('mail')",
      command: 'gpg -q --no-tty -d ~/.mail.gpg',
    },
    {
      about: 'gpg with arguments, and nothing when it fails',
      program:
        'import os, subprocess\ndef mailpasswd(acct):\n    acct = os.path.basename(acct)\n    path = os.path.expanduser("~/.passwd/%s.gpg" % acct)\n    args = ["gpg", "--quiet", "--batch", "-d", path]\n    try:\n        return subprocess.check_output(args).strip()\n    except subprocess.CalledProcessError:\n        return ""\n',
      expression: "mailpasswd('a/work')",
      command: ['gpg', '--quiet', '--batch', '-d', '/home/alex/.passwd/work.gpg'],
    },
    {
      about: 'Popen and communicate',
      program:
        'from subprocess import Popen, PIPE\ndef get(a):\n    (out, err) = Popen(["secret-tool", "lookup", "Title", a], stdout=PIPE, stderr=PIPE).communicate()\n    return out.decode("utf-8").rstrip("\\n")\n',
      expression: "get('mail')",
      command: ['secret-tool', 'lookup', 'Title', 'mail'],
    },
    {
      about: 'Popen and its output',
      program:
        'import subprocess\ndef get():\n    p = subprocess.Popen("security find", shell=True, stdout=subprocess.PIPE, universal_newlines=True)\n    p.wait()\n    return p.stdout.readline().strip()\n',
      expression: 'get()',
      command: 'security find',
    },
    {
      about: 'run with text',
      program:
        'import subprocess\ndef get_token(email):\n    return subprocess.run(["oama", "access", email], capture_output=True, text=True).stdout.rstrip()\n',
      expression: "get_token('a@example.org')",
      command: ['oama', 'access', 'a@example.org'],
    },
    {
      about: 'getoutput',
      program: 'import subprocess\nget = lambda a: subprocess.getoutput("pass " + a)\n',
      expression: "get('a')",
      command: '{ pass a\n} 2>&1',
    },
  ])('may use $about', ({ program, expression, command }) => {
    const { calls, world } = recording({ text: 'hunter2\n' })
    expect(evaluated(world, program, expression)).toBe('hunter2')
    expect(calls).toEqual([{ command, input: '' }])
  })

  it('may look in what gpg decrypts', () => {
    const authinfo = 'machine imap.example.org login jo port 993 password hunter2\nmachine b login c password d\n'
    const program = `
import re, os
def get_password_emacs(machine, login, port):
    s = "machine %s login %s port %s password ([^ ]*)\\n" % (machine, login, port)
    p = re.compile(s)
    authinfo = os.popen("gpg -q --no-tty -d ~/.authinfo.gpg").read()
    return p.search(authinfo).group(1)
`
    const { world } = recording({ text: authinfo })
    expect(evaluated(world, program, "get_password_emacs('imap.example.org', 'jo', '993')")).toBe('hunter2')
  })

  it('may go through the lines of what a program prints', () => {
    const program = `
import os, subprocess
def get(name):
    for line in os.popen('gpg -d pws'):
        key, _, value = line.partition('=')
        if key.strip() == name:
            return value.strip()
def lines(): return [l for l in subprocess.Popen(['x'], stdout=subprocess.PIPE).stdout.readlines()]
`
    const { world } = recording({ text: 'a = 1\nmail = hunter2\n' })
    expect(evaluated(world, program, "get('mail'), get('none'), len(lines())")).toEqual(['hunter2', null, 2])
  })

  it('may join programs', () => {
    const program = `
from subprocess import Popen, PIPE
def get():
    one = Popen(['gpg', '-d', 'x'], stdout=PIPE)
    two = Popen(['head', '-1'], stdin=one.stdout, stdout=PIPE)
    return two.communicate()[0]
`
    const { calls, world } = recording({ text: 'hunter2\n' })
    expect(evaluated(world, program, 'get()')).toBe('hunter2\n')
    expect(calls).toEqual([
      { command: ['gpg', '-d', 'x'], input: '' },
      { command: ['head', '-1'], input: 'hunter2\n' },
    ])
  })

  it('gives a program something to read', () => {
    const { calls, world } = recording({})
    const program = 'from subprocess import *\n'
    evaluated(world, program, "check_output('a', input=b'x', shell=True)")
    evaluated(world, program, "Popen(['b'], stdin=PIPE, stdout=PIPE).communicate(b'y')")
    expect(calls.map(({ input }) => input)).toEqual(['x', 'y'])
  })

  it('sees both outputs in their order', () => {
    const { calls, world } = recording({})
    evaluated(world, 'from subprocess import *\n', "check_output(['a', 'b'], stderr=STDOUT)")
    expect(calls[0]?.command).toEqual(['/bin/sh', '-c', 'exec "$@" 2>&1', 'sh', 'a', 'b'])
  })

  it('hears of a program that fails', () => {
    const { world } = recording({ code: 3, text: 'out' })
    const program = `
import subprocess, os
def f():
    try:
        subprocess.check_call(['a'])
    except subprocess.CalledProcessError as e:
        return [e.returncode, e.cmd, str(e)]
def g():
    p = subprocess.Popen(['a']); p.communicate()
    return [p.returncode, p.wait(), subprocess.call('x', shell=True), os.system('y')]
`
    expect(evaluated(world, program, 'f()')).toEqual([3, ['a'], "Command '['a']' returned non-zero exit status 3."])
    expect(evaluated(world, program, 'g()')).toEqual([3, 3, 3, 768])
    expect(() => evaluated(world, program, "subprocess.check_output('secret-command', shell=True)")).toThrow(
      'CalledProcessError: a command returned non-zero exit status 3 (rc:1:1)',
    )
  })

  it('hears of a program that is not there', () => {
    const world: World = {
      runProgram() {
        throw Object.assign(new Error('spawn nothing ENOENT'), { code: 'ENOENT' })
      },
    }
    const program =
      'import subprocess\ndef f():\n    try:\n        return subprocess.check_output(["nothing"])\n    except OSError as e:\n        return e.errno\n'
    expect(evaluated(world, program, 'f()')).toBe(2)
  })

  it.each([
    ["subprocess.check_output('a', env={})", 'subprocess.check_output() with env'],
    ["subprocess.Popen('a', cwd='/')", 'Popen() with cwd'],
    ["os.popen('a', 'w')", 'os.popen() for writing'],
    ["os.environ.update({'A': 'b'})", 'the attribute update of a environ'],
    ['os.listdir("/")', 'posix'],
    ["open('f', 'w')", 'open() for anything but reading'],
  ])('does not pretend with %s', (expression) => {
    const { calls, world } = recording({})
    expect(() => evaluated(world, 'import os, subprocess\n', expression)).toThrow('mailtide cannot evaluate')
    expect(calls).toEqual([])
  })
})
