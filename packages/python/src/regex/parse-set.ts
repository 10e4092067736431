import { readSetEscape } from './escapes.ts'
import type { Category, RegexNode, SetItem } from './nodes.ts'
import { type PatternSource, regexError } from './pattern-source.ts'

/** Reads a set in brackets, of which the first has been taken. */
export function readSet(source: PatternSource): RegexNode {
  const items: SetItem[] = []
  const negated = source.accept('^')
  for (;;) {
    const token = takeInside(source)
    if (token === ']' && items.length > 0) return { kind: 'set', negated, items }
    const low = elementOf(source, token)
    if (!source.accept('-')) {
      items.push(asItem(low))
      continue
    }
    const upper = takeInside(source)
    if (upper === ']') {
      items.push(asItem(low), asItem(0x2d))
      return { kind: 'set', negated, items }
    }
    const high = elementOf(source, upper)
    if (typeof low === 'string' || typeof high === 'string' || high < low) {
      throw regexError('bad character range', source.position)
    }
    items.push({ kind: 'range', low, high })
  }
}

function takeInside(source: PatternSource): string {
  const token = source.take()
  if (token === undefined) throw regexError('unterminated character set', source.position)
  return token
}

function elementOf(source: PatternSource, token: string): number | Category {
  return token.startsWith('\\') ? readSetEscape(source, token) : (token.codePointAt(0) ?? 0)
}

function asItem(element: number | Category): SetItem {
  return typeof element === 'string'
    ? { kind: 'category', category: element }
    : { kind: 'range', low: element, high: element }
}
