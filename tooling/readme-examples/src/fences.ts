/** A fenced block of a Markdown file. */
export interface Fence {
  /** The line on which its code begins, counted from 1. */
  readonly line: number
  /** What stands behind the opening fence: the language, and more. */
  readonly info: string
  readonly code: string
  /** What an HTML comment says that stands on the line before it. */
  readonly note: string | undefined
  /** The line of the heading that it stands under; 0 where there is none. */
  readonly heading: number
}

/** The fenced blocks of a Markdown file, in their order. What is shown inside of a block is no block. */
export function fencesOf(markdown: string): Fence[] {
  const fences: Fence[] = []
  const lines = markdown.split('\n')
  let open: { readonly fence: string; readonly at: number } | undefined
  let heading = 0
  for (const [index, text] of lines.entries()) {
    const [, fence = '', info = ''] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(text) ?? []
    if (!open) {
      if (fence) open = { fence, at: index }
      else if (/^#{1,6} /.test(text)) heading = index + 1
    } else if (fence.startsWith(open.fence) && info.trim() === '') {
      const { at } = open
      fences.push({
        line: at + 2,
        info: (lines[at] ?? '').trim().slice(open.fence.length).trim(),
        code: lines.slice(at + 1, index).join('\n'),
        note: /^<!--\s*(.*?)\s*-->$/.exec(lines[at - 1] ?? '')?.[1],
        heading,
      })
      open = undefined
    }
  }
  return fences
}
