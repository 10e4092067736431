import type { Expression } from '@mailtide/config'
import { MailtideError } from '@mailtide/contracts'
import type { HostFunction, HostValue } from '@mailtide/python-host'
import { describe, expect, it } from 'vitest'
import { createAutoEvaluator } from './auto-evaluator.ts'
import type { Evaluator } from './evaluator.ts'

const expression: Expression = { section: 'Repository a', option: 'nametrans', text: 'f', origin: { file: 'rc' } }
const failing = (code: string, message = '') => new MailtideError(code, message, { scope: 'run' })

interface Answers {
  readonly evaluate: HostValue | MailtideError
  readonly call?: HostValue | MailtideError
}

/** An evaluator that answers the same each time, and the log of what it was asked. */
function fake(name: string, answers: Answers, log: string[]): Evaluator {
  const answer = async <T>(what: string, value: T | MailtideError | undefined): Promise<T> => {
    log.push(`${name} ${what}`)
    if (value === undefined || value instanceof MailtideError) throw value
    return value
  }
  return {
    evaluate: () => answer('evaluates', answers.evaluate),
    callBatch: async (_, lists) => {
      const value = await answer('calls', answers.call)
      return lists.map(() => value)
    },
    compareSort: async (_, items) => items.toReversed(),
    keySort: async (_, items) => items,
    close: async () => void log.push(`${name} closes`),
  }
}

function scene(builtin: Answers, host: Answers) {
  const log: string[] = []
  return { log, auto: createAutoEvaluator(fake('builtin', builtin, log), fake('host', host, log)) }
}

const callable: HostFunction = { kind: 'function' }

describe('createAutoEvaluator', () => {
  it('leaves python3 alone where the interpreter knows the answer', async () => {
    const { auto, log } = scene({ evaluate: 1 }, { evaluate: 2 })
    expect(await auto.evaluate(expression)).toBe(1)
    expect(log).toEqual(['builtin evaluates'])
  })

  it.each([
    ['what it cannot evaluate', failing('python/unsupported')],
    ['a limit', failing('python/limit')],
    ['a text that it cannot parse', failing('python/syntax-error')],
    ['a pythonfile that does not load in it', failing('cli/pythonfile-failed')],
    ['a module that it does not have', failing('python/exception', 'ModuleNotFoundError: x')],
  ])('asks python3 after %s', async (_, error) => {
    expect(await scene({ evaluate: error }, { evaluate: 2 }).auto.evaluate(expression)).toBe(2)
  })

  it('does not ask twice for what fails of itself: a program may have asked somebody', async () => {
    const error = failing('python/exception', 'CalledProcessError: x')
    const { auto, log } = scene({ evaluate: error }, { evaluate: 2 })
    await expect(auto.evaluate(expression)).rejects.toBe(error)
    expect(log).toEqual(['builtin evaluates'])
  })

  it('takes a function to python3 when calling it needs that, and leaves it there', async () => {
    const { auto, log } = scene(
      { evaluate: callable, call: failing('python/unsupported') },
      { evaluate: { kind: 'function' }, call: 'x' },
    )
    const callee = (await auto.evaluate(expression)) as HostFunction
    expect(await auto.callBatch(callee, [['a'], ['b']])).toEqual(['x', 'x'])
    expect(await auto.callBatch(callee, [['c']])).toEqual(['x'])
    expect(log).toEqual(['builtin evaluates', 'builtin calls', 'host evaluates', 'host calls', 'host calls'])
  })

  it('tells what the interpreter cannot do where there is no python3', async () => {
    const error = failing('python/unsupported')
    const { auto } = scene({ evaluate: error }, { evaluate: failing('python-host/not-found') })
    await expect(auto.evaluate(expression)).rejects.toBe(error)
    const other = failing('python-host/failed')
    await expect(scene({ evaluate: error }, { evaluate: other }).auto.evaluate(expression)).rejects.toBe(other)
  })

  it('closes both', async () => {
    const { auto, log } = scene({ evaluate: 1 }, { evaluate: 2 })
    await auto.close()
    expect(log).toEqual(['builtin closes', 'host closes'])
  })
})
