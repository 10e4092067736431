import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { createBuiltinWorld } from './builtin-world.ts'

const nothing = new Uint8Array()

function createWorld(environment: Readonly<Record<string, string>> = {}) {
  const directory = temporaryDirectory()
  const surroundings = { home: '/home/alex', directory, environment: { PATH: process.env['PATH'], ...environment } }
  return { directory, world: createBuiltinWorld({ ...surroundings, words: [] }) }
}

describe('createBuiltinWorld', () => {
  it.each([
    ['a line for the shell', 'cat; echo err >&2; exit 3', { stdout: 'in', stderr: 'err\n', code: 3 }],
    ['a program', ['echo', '$HOME; "x"'], { stdout: '$HOME; "x"\n', stderr: '', code: 0 }],
    ['what ends by a signal', 'kill -TERM $$', { stdout: '', stderr: '', code: -15 }],
  ])('runs %s', (_, command, expected) => {
    const result = createWorld().world.runProgram?.(command, Buffer.from('in'))
    const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? nothing).toString()
    expect({ stdout: text(result?.stdout), stderr: text(result?.stderr), code: result?.code }).toEqual(expected)
  })

  it('throws where there is no such program, without its arguments', () => {
    const run = () => createWorld().world.runProgram?.(['no-such-program', 'hunter2'], nothing)
    expect(run).toThrow('ENOENT')
    expect(run).not.toThrow('hunter2')
  })

  it('reads files, and knows which are not there', () => {
    const { world, directory } = createWorld()
    writeFileSync(join(directory, 'x'), 'é')
    expect(Buffer.from(world.readFile?.(join(directory, 'x')) ?? nothing).toString()).toBe('é')
    expect(world.readFile?.(join(directory, 'y'))).toBeUndefined()
    expect(() => world.readFile?.(directory)).toThrow()
    expect(world.exists?.(directory)).toBe(true)
  })

  it('asks the programs that see what python-keyring sees, one after the other', () => {
    const { directory } = createWorld()
    const program = (name: string, script: string) => {
      writeFileSync(join(directory, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
    }
    const { world } = createWorld({ PATH: `${directory}:${process.env['PATH']}` })
    program('secret-tool', 'exit 1')
    program('keyring', 'test "$*" = "get imap.example.org alex" && echo hunter2')
    program('security', 'exit 1')
    expect(world.lookupKeyring?.('imap.example.org', 'alex')).toBe('hunter2')
    expect(world.lookupKeyring?.('imap.example.org', 'else')).toBeUndefined()
  })
})
