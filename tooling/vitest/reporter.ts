import type { Reporter, TestCase, TestModule } from 'vitest/node'

/**
 * Names every skipped test with its reason, and ends with a line that any continuous integration reads:
 * `N passed, N failed, N skipped`.
 */
export default class PlainReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 }
    for (const module of modules) {
      counts.failed += module.errors().length
      for (const test of module.children.allTests()) {
        counts[test.result().state]++
        if (test.result().state === 'skipped') console.log(`skipped: ${nameOf(test)} (${reasonOf(test)})`)
      }
    }
    console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
  }
}

function nameOf(test: TestCase): string {
  return `${test.module.relativeModuleId} > ${test.fullName}`
}

function reasonOf(test: TestCase): string {
  const result = test.result()
  return (result.state === 'skipped' && result.note) || 'no reason given'
}
