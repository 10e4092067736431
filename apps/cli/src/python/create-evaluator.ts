import type { Surroundings } from '../run/surroundings.ts'
import { createAutoEvaluator } from './auto-evaluator.ts'
import { createBuiltinEvaluator } from './builtin-evaluator.ts'
import type { Evaluator, PythonMode } from './evaluator.ts'
import { createHostEvaluator } from './host-evaluator.ts'
import { createOffEvaluator } from './off-evaluator.ts'

/** Creates the evaluator of one account's run. Nothing is started, and no pythonfile read, before it is asked. */
export function createEvaluator(
  mode: PythonMode,
  pythonFile: string | undefined,
  surroundings: Surroundings,
): Evaluator {
  const builtin = () => createBuiltinEvaluator(pythonFile, surroundings)
  const host = () => createHostEvaluator(pythonFile, surroundings.environment)
  switch (mode) {
    case 'off':
      return createOffEvaluator()
    case 'builtin':
      return builtin()
    case 'host':
      return host()
    case 'auto':
      return createAutoEvaluator(builtin(), host())
  }
}
