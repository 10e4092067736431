import { pythonIsOff } from './errors.ts'
import type { Evaluator } from './evaluator.ts'

/** Evaluates nothing. */
export function createOffEvaluator(): Evaluator {
  return {
    evaluate: async (expression) => {
      throw pythonIsOff(expression)
    },
    // Without an evaluation there is no function that these could be asked about.
    callBatch: async () => [],
    compareSort: async (_callee, items) => items,
    keySort: async (_callee, items) => items,
    close: async () => undefined,
  }
}
