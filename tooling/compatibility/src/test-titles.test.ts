import { describe, expect, it } from 'vitest'
import { testsOf } from './test-titles.ts'

const source = `
describe('a suite', () => {
  it('has a test', async () => {
    it.skip
  })

  describe.each([1, 2])('within %s', () => {
    it.each([
      ['a)(', 'one'],
      ["it('is no test')", 'two'],
    ])('has a table: %s', (text) => {
      expect(text)
    })
  })

  it.each(['x', 'y'])("isn't long: %s", () => {})

  it.each(names.filter((name) => !name.includes('x')))(
    'stands on a line of its own: %s',
    () => {},
  )
})
it(name, () => {})
test(\`alone\`, () => {})
`

describe('testsOf', () => {
  it('finds every test with a title under the suites it is in', () => {
    expect(testsOf(source).map(({ title }) => title)).toEqual([
      'a suite > has a test',
      'a suite > within %s > has a table: %s',
      "a suite > isn't long: %s",
      'a suite > stands on a line of its own: %s',
      'alone',
    ])
  })

  it('gives the table along with the test', () => {
    const [, table] = testsOf(source)
    expect(table?.text).toContain("['a)(', 'one']")
    expect(table?.text).not.toContain("['x', 'y']")
  })
})
