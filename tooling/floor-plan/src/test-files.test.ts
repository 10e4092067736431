import { describe, expect, it } from 'vitest'
import { testFilesOf } from './test-files.ts'

describe('testFilesOf', () => {
  it('counts what only tests import as a part of the tests', () => {
    const sources = [
      { path: 'p/src/index.ts', text: "export { a } from './a.ts'" },
      { path: 'p/src/a.ts', text: '' },
      { path: 'p/src/a.test.ts', text: "import { a } from './a.ts'\nimport { mail } from './sample-mail.ts'" },
      { path: 'p/src/sample-mail.ts', text: "import { words } from './sample-words.ts'" },
      { path: 'p/src/sample-words.ts', text: '' },
    ]
    expect([...testFilesOf(sources)].sort()).toEqual([
      'p/src/a.test.ts',
      'p/src/sample-mail.ts',
      'p/src/sample-words.ts',
    ])
  })
})
