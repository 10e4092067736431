import { readFileSync } from 'node:fs'
import type { Expression } from '@mailtide/config'
import { MailtideError } from '@mailtide/contracts'
import type { Origin, PlainValue, Python, PythonValue } from '@mailtide/python'
import type { HostArgument, HostFunction, HostValue } from '@mailtide/python-host'
import { decodeText } from '../run/decode-text.ts'
import type { Surroundings } from '../run/surroundings.ts'
import { pythonFileFailed, pythonFileUnreadable } from './errors.ts'
import { type Evaluator, hasRe, mayHoldSecret } from './evaluator.ts'
import { withWayOut } from './way-out.ts'

interface KnownFunction {
  readonly value: PythonValue
  /** What it was part of. */
  readonly expression: Expression
}

/** Evaluates in mailtide's own interpreter: no Python is needed. */
export function createBuiltinEvaluator(pythonFile: string | undefined, surroundings: Surroundings): Evaluator {
  const known = new WeakMap<HostFunction, KnownFunction>()
  let opened: Promise<Python> | undefined

  async function open(): Promise<Python> {
    const [{ createPython }, { createBuiltinWorld }] = await Promise.all([
      import('@mailtide/python'),
      import('./builtin-world.ts'),
    ])
    const python = createPython({ world: createBuiltinWorld(surroundings) })
    if (pythonFile !== undefined) loadPythonFile(python, pythonFile)
    return python
  }
  // A pythonfile that does not load is told each time, and not executed again.
  function interpreter(): Promise<Python> {
    opened ??= open()
    return opened
  }

  function toHost(python: Python, value: PythonValue, expression: Expression): HostValue {
    if (python.isCallable(value)) {
      const handle: HostFunction = Object.freeze({ kind: 'function' })
      known.set(handle, { value, expression })
      return handle
    }
    try {
      return python.toJs(value)
    } catch (thrown) {
      if (!(thrown instanceof MailtideError && thrown.code === 'python/not-convertible')) throw thrown
      return { kind: 'object', type: 'an object', truthy: python.isTrue(value) }
    }
  }

  /** Does something with the interpreter for an expression; where it is at its end, the error says what to do. */
  async function interpret<Result>(expression: Expression, work: (python: Python) => Result): Promise<Result> {
    try {
      return work(await interpreter())
    } catch (thrown) {
      throw withWayOut(thrown, expression)
    }
  }

  function located(callee: HostFunction): KnownFunction {
    const found = known.get(callee)
    if (found === undefined) throw new TypeError('this function is of another interpreter')
    return found
  }

  return {
    evaluate: (expression) =>
      interpret(expression, (python) => {
        const options = { withRe: hasRe(expression), secret: mayHoldSecret(expression) }
        const value = python.evaluate(expression.text, originOf(expression), options)
        return toHost(python, value, expression)
      }),
    async callBatch(callee, argumentLists) {
      const { value, expression } = located(callee)
      return interpret(expression, (python) =>
        argumentLists.map((list) => toHost(python, python.call(value, list.map(toPlain)), expression)),
      )
    },
    async compareSort(callee, items) {
      const { value, expression } = located(callee)
      return interpret(expression, (python) => {
        const zero = python.fromJs(0)
        return items.toSorted((a, b) => python.compare(python.call(value, [toPlain(a), toPlain(b)]), zero))
      })
    },
    async keySort(callee, items) {
      const { value, expression } = located(callee)
      return interpret(expression, (python) => {
        const keyed = items.map((item) => ({ item, key: python.call(value, [toPlain(item)]) }))
        return keyed.sort((a, b) => python.compare(a.key, b.key)).map(({ item }) => item)
      })
    },
    close: async () => undefined,
  }
}

function loadPythonFile(python: Python, path: string): void {
  const source = readPythonFile(path)
  try {
    python.load(source, { file: path })
  } catch (thrown) {
    throw pythonFileFailed(path, thrown)
  }
}

function readPythonFile(path: string): string {
  try {
    return decodeText(readFileSync(path)).text
  } catch (thrown) {
    throw pythonFileUnreadable(path, thrown)
  }
}

function originOf({ origin, rows }: Expression): Origin {
  return {
    file: origin.file,
    ...(origin.line === undefined ? {} : { line: origin.line }),
    ...(rows && { lines: rows }),
  }
}

function toPlain(argument: HostArgument): PlainValue {
  if (argument === null || typeof argument !== 'object') return argument
  if (isList(argument)) return argument.map(toPlain)
  return new Map(Object.entries(argument).map(([key, value]) => [key, toPlain(value)]))
}

function isList(argument: object): argument is readonly HostArgument[] {
  return Array.isArray(argument)
}
