import { describe, expect, it } from 'vitest'
import { examplesOf } from './examples.ts'

describe('examplesOf', () => {
  it('finds the code of each ts block and the line where it begins', () => {
    const markdown = '# Title\n\n```ts\nconst a = 1\n\na\n```\n\ntext\n~~~typescript\nb\n~~~\n'
    expect(examplesOf(markdown)).toEqual([
      { line: 4, code: 'const a = 1\n\na', noRun: undefined },
      { line: 11, code: 'b', noRun: undefined },
    ])
  })

  it('leaves other languages out, even where they show a ts block', () => {
    expect(examplesOf('```sh\nnpm test\n```\n````md\n```ts\na\n```\n````\n```\nplain\n```\n')).toEqual([])
  })

  it.each([
    { fence: '```ts no-run', noRun: '' },
    { fence: '```ts no-run: a type alone', noRun: 'a type alone' },
    { fence: '```ts no-run (needs an account)', noRun: '(needs an account)' },
  ])('reads why a block is not to be run: $fence', ({ fence, noRun }) => {
    expect(examplesOf(`${fence}\na\n\`\`\``)).toEqual([{ line: 2, code: 'a', noRun }])
  })
})
