import type { RegexNode } from './nodes.ts'

/** How few and how many characters something takes. */
export interface Width {
  readonly least: number
  readonly most: number
}

const nothing: Width = { least: 0, most: 0 }
const one: Width = { least: 1, most: 1 }

/** How wide the matches of a piece of an expression are. A reference counts as if its group could be of any width. */
export function widthOf(node: RegexNode): Width {
  switch (node.kind) {
    case 'char':
    case 'any':
    case 'set':
      return one
    case 'fail':
    case 'anchor':
    case 'look':
      return nothing
    case 'group':
    case 'atomic':
      return widthOf(node.body)
    case 'reference':
      return { least: 0, most: Number.POSITIVE_INFINITY }
    case 'sequence':
      return node.nodes.map(widthOf).reduce((a, b) => ({ least: a.least + b.least, most: a.most + b.most }), nothing)
    case 'choice':
      return widest(node.branches.map(widthOf))
    case 'conditional':
      return widest([widthOf(node.yes), node.no ? widthOf(node.no) : nothing])
    case 'repeat': {
      const body = widthOf(node.body)
      const most = body.most === 0 || node.most === 0 ? 0 : body.most * node.most
      return { least: body.least * node.least, most }
    }
  }
}

function widest(widths: readonly Width[]): Width {
  return {
    least: Math.min(...widths.map(({ least }) => least)),
    most: Math.max(...widths.map(({ most }) => most)),
  }
}
