import { describe } from 'vitest'
import { describeAppending } from './backend-suite/append-suite.ts'
import type { BackendSuite } from './backend-suite/backend-under-test.ts'
import { describeChanges } from './backend-suite/changes-suite.ts'
import { describeEditing } from './backend-suite/editing-suite.ts'
import { describeLabels } from './backend-suite/labels-suite.ts'
import { describeReading } from './backend-suite/reading-suite.ts'
import { describeSurvey } from './backend-suite/survey-suite.ts'
import { describeWatching } from './backend-suite/watch-suite.ts'

/** The suite that every backend joins: each sentence of the contract, tried on a repository of its own. */
export function describeBackend(name: string, suite: BackendSuite): void {
  describe(`${name} as a backend`, () => {
    describeSurvey(suite)
    describeChanges(suite)
    describeReading(suite)
    describeAppending(suite)
    describeEditing(suite)
    describeWatching(suite)
    if (suite.labels) describeLabels(suite)
  })
}
