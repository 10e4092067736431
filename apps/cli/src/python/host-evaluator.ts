import type { PythonHost } from '@mailtide/python-host'
import { type Evaluator, hasRe, mayHoldSecret, placeOfExpression } from './evaluator.ts'

/** Evaluates in a `python3`, which is started by the first question. */
export function createHostEvaluator(
  pythonFile: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Evaluator {
  let opened: Promise<PythonHost> | undefined

  function host(): Promise<PythonHost> {
    opened ??= import('@mailtide/python-host').then(({ createPythonHost }) =>
      createPythonHost({ environment, ...(pythonFile === undefined ? {} : { pythonFile }) }),
    )
    return opened
  }
  return {
    async evaluate(expression) {
      const options = {
        withRe: hasRe(expression),
        origin: placeOfExpression(expression),
        secret: mayHoldSecret(expression),
      }
      return (await host()).evaluate(expression.text, options)
    },
    callBatch: async (callee, argumentLists) => (await host()).callBatch(callee, argumentLists),
    compareSort: async (callee, items) => (await host()).compareSort(callee, items),
    keySort: async (callee, items) => (await host()).keySort(callee, items),
    close: async () => (await opened)?.close(),
  }
}
