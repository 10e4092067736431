import { describe, expect, it } from 'vitest'
import { importsOf } from './imports.ts'

describe('importsOf', () => {
  it.each([
    { why: 'a default import', source: "import x from 'a'", found: ['a'] },
    { why: 'names over several lines', source: "import {\n  type X,\n  y,\n} from 'a'", found: ['a'] },
    { why: 'types alone', source: "import type { X } from 'a'", found: ['a'] },
    { why: 'an import for its effect', source: "import 'a'", found: ['a'] },
    { why: 'a re-export', source: "export * from 'a'\nexport { b } from 'b'", found: ['a', 'b'] },
    { why: 'a dynamic import', source: "const { x } = await import('a')", found: ['a'] },
    { why: 'the type of a module', source: "let x: import('a').X", found: ['a'] },
    { why: 'nothing in a comment', source: "// import('a')\n/** import('b') */\n * import('c')", found: [] },
    { why: 'nothing in a string', source: `const text = "import('a')"`, found: [] },
    { why: 'a dynamic import after a string', source: "x ? 'import' : import('a')", found: ['a'] },
    { why: 'no exported text', source: "export const note = `taken from 'a'`", found: [] },
    { why: 'no function that speaks of it', source: "export function f() {\n  // from 'a'\n}", found: [] },
  ])('finds $why', ({ source, found }) => {
    expect(importsOf(source).map(({ specifier }) => specifier)).toEqual(found)
  })

  it('tells the line on which the module is named', () => {
    expect(importsOf("\nimport {\n  y,\n} from 'a'\n")).toEqual([{ specifier: 'a', line: 4 }])
  })
})
