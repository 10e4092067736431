import type { Expression } from '@mailtide/config'
import { MailtideError } from '@mailtide/contracts'
import type { HostFunction, HostValue } from '@mailtide/python-host'
import { type Evaluator, isFunction } from './evaluator.ts'
import { beyondBuiltin } from './way-out.ts'

interface AutoFunction {
  readonly expression: Expression
  builtin?: HostFunction
  host?: HostFunction
}

/**
 * Evaluates in mailtide's own interpreter, and in `python3` what that one cannot. Where there is no `python3` either, its
 * own error is thrown: it says what is missing, and where.
 */
export function createAutoEvaluator(builtin: Evaluator, host: Evaluator): Evaluator {
  const known = new WeakMap<HostFunction, AutoFunction>()

  function remember(entry: AutoFunction): HostFunction {
    const handle: HostFunction = Object.freeze({ kind: 'function' })
    known.set(handle, entry)
    return handle
  }

  async function orHost<Result>(own: () => Promise<Result>, other: () => Promise<Result>): Promise<Result> {
    try {
      return await own()
    } catch (thrown) {
      if (!isBeyondBuiltin(thrown)) throw thrown
      try {
        return await other()
      } catch (thrownByHost) {
        throw codeOf(thrownByHost) === 'python-host/not-found' ? thrown : thrownByHost
      }
    }
  }

  async function inHost(entry: AutoFunction): Promise<HostFunction> {
    const value = entry.host ?? (await host.evaluate(entry.expression))
    if (!isFunction(value)) throw new TypeError('python3 makes no function of it')
    entry.host = value
    delete entry.builtin
    return value
  }

  /** What is asked of a function goes where the function is; once in `python3`, always there. */
  async function ask<Result>(
    callee: HostFunction,
    question: (evaluator: Evaluator, callee: HostFunction) => Promise<Result>,
  ): Promise<Result> {
    const entry = known.get(callee)
    if (entry === undefined) throw new TypeError('this function is of another interpreter')
    const other = async () => question(host, await inHost(entry))
    const { builtin: own } = entry
    return own === undefined ? other() : orHost(() => question(builtin, own), other)
  }

  return {
    evaluate: (expression) =>
      orHost(
        async () => wrap(await builtin.evaluate(expression), (own) => remember({ expression, builtin: own })),
        async () => wrap(await host.evaluate(expression), (found) => remember({ expression, host: found })),
      ),
    callBatch: (callee, lists) => ask(callee, (evaluator, own) => evaluator.callBatch(own, lists)),
    compareSort: (callee, items) => ask(callee, (evaluator, own) => evaluator.compareSort(own, items)),
    keySort: (callee, items) => ask(callee, (evaluator, own) => evaluator.keySort(own, items)),
    async close() {
      await builtin.close()
      await host.close()
    },
  }
}

function wrap(value: HostValue, toHandle: (callee: HostFunction) => HostFunction): HostValue {
  return isFunction(value) ? toHandle(value) : value
}

/** What python3 may be able to do. An exception of the program itself would be the same there. */
function isBeyondBuiltin(thrown: unknown): boolean {
  return beyondBuiltin.includes(codeOf(thrown) ?? '') || isImport(thrown)
}

function isImport(thrown: unknown): boolean {
  return codeOf(thrown) === 'python/exception' && /^(Import|ModuleNotFound)Error\b/.test((thrown as Error).message)
}

function codeOf(thrown: unknown): string | undefined {
  return thrown instanceof MailtideError ? thrown.code : undefined
}
