/** A test of a source file. */
export interface FoundTest {
  /** `suite > test`, as they are written: a title of `it.each` keeps its `%s`. */
  readonly title: string
  /** Everything from its table to its end. */
  readonly text: string
}

interface Block {
  readonly indent: number
  readonly isSuite: boolean
  readonly title: string
  readonly start: number
}

// A formatted file begins every suite and test on a line of its own, and ends its table at the same indentation.
const begin = /^( *)(describe|it|test)\b([.\w]*)(?:<.*>)?\(/gm
const quoted = /\s*(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"|`((?:\\.|[^`\\])*)`)/y

/** All tests of a file that are written as `it` or `test` with a title, in their order. */
export function testsOf(source: string): FoundTest[] {
  const blocks = [...source.matchAll(begin)].flatMap((match): Block[] => {
    const [all, spaces = '', word, modifiers = ''] = match
    const after = match.index + all.length
    const isTable = /\.(each|for)$/.test(modifiers)
    const title = titleAt(source, isTable ? endOfTable(source, match.index, spaces) : after)
    return title === undefined
      ? []
      : [{ indent: spaces.length, isSuite: word === 'describe', title, start: match.index }]
  })
  return blocks.flatMap((block, index) => {
    if (block.isSuite) return []
    const end = blocks.slice(index + 1).find(({ indent }) => indent <= block.indent)?.start ?? source.length
    return [
      {
        title: [...suitesAround(blocks, index), block].map(({ title }) => title).join(' > '),
        text: source.slice(block.start, end),
      },
    ]
  })
}

function suitesAround(blocks: readonly Block[], index: number): Block[] {
  const around: Block[] = []
  let indent = blocks[index]?.indent ?? 0
  for (const block of blocks.slice(0, index).reverse()) {
    if (block.indent >= indent) continue
    if (block.isSuite) around.unshift(block)
    indent = block.indent
  }
  return around
}

/** Where the title stands that follows a table. */
function endOfTable(source: string, start: number, spaces: string): number {
  const oneLine = /^[^\n]*?\)\((?=\s*['"`])/y
  oneLine.lastIndex = start
  const found = oneLine.exec(source)
  if (found) return start + found[0].length
  const closing = new RegExp(`^${spaces}[^ \\n][^\\n]*\\)\\((?=\\s*['"\`])`, 'gm')
  closing.lastIndex = start
  const match = closing.exec(source)
  return match ? match.index + match[0].length : source.length
}

function titleAt(source: string, index: number): string | undefined {
  quoted.lastIndex = index
  const found = quoted.exec(source)
  const text = found?.[1] ?? found?.[2] ?? found?.[3]
  return text?.replace(/\\(.)/g, '$1')
}
