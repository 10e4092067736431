import { raise } from '../values/raised.ts'
import { readEscape } from './escapes.ts'
import { createGroups, type Groups } from './groups.ts'
import { flag, type ParsedRegex, type RegexNode } from './nodes.ts'
import { readExtension } from './parse-group.ts'
import { readSet } from './parse-set.ts'
import { type PatternSource, patternSource, regexError } from './pattern-source.ts'
import { unsupportedRegex } from './unsupported.ts'

/** What the parts of one parse share. */
export interface RegexReader {
  readonly source: PatternSource
  readonly groups: Groups
  /** The flags of the whole expression so far. */
  flags: number
  depth: number
}

/** Where in the expression a part is read. */
export interface RegexPlace {
  /** Blanks and comments are skipped. */
  readonly verbose: boolean
  /** At the very start, where flags for the whole expression may stand. */
  readonly first: boolean
}

const deepest = 100

/** Reads a regular expression as Python's `re` does. */
export function parseRegex(text: string, isBytes: boolean, flags: number): ParsedRegex {
  return checkFlags(parseWith(text, isBytes, flags), isBytes)
}

function parseWith(text: string, isBytes: boolean, flags: number): ParsedRegex {
  const reader: RegexReader = { source: patternSource(text, isBytes), groups: createGroups(), flags, depth: 0 }
  const verbose = (flags & flag.verbose) !== 0
  let body: RegexNode
  try {
    body = readAlternatives(reader, verbose, true)
  } catch (error) {
    if (!(error instanceof TurnedVerbose)) throw error
    // Verbose mode changes how the text is read from its first character on.
    return parseWith(text, isBytes, reader.flags)
  }
  if (reader.source.next !== undefined) throw regexError('unbalanced parenthesis', reader.source.position)
  reader.groups.checkConditions()
  return { body, flags: reader.flags, groups: reader.groups.count, names: reader.groups.names }
}

/** Thrown where `(?x)` turns up, to start over. */
export class TurnedVerbose extends Error {}

function checkFlags(parsed: ParsedRegex, isBytes: boolean): ParsedRegex {
  let { flags } = parsed
  if (isBytes) {
    if (flags & flag.unicode) throw raise('ValueError', 'cannot use UNICODE flag with a bytes pattern')
    if (flags & flag.locale) {
      if (flags & flag.ascii) throw raise('ValueError', 'ASCII and LOCALE flags are incompatible')
      unsupportedRegex('the LOCALE flag of a regular expression')
    }
  } else {
    if (flags & flag.locale) throw raise('ValueError', 'cannot use LOCALE flag with a str pattern')
    if (flags & flag.ascii && flags & flag.unicode)
      throw raise('ValueError', 'ASCII and UNICODE flags are incompatible')
    if (!(flags & flag.ascii)) flags |= flag.unicode
  }
  return { ...parsed, flags }
}

/** Reads branches between bars, up to a closing parenthesis or the end. */
export function readAlternatives(reader: RegexReader, verbose: boolean, first = false): RegexNode {
  if (reader.depth >= deepest) unsupportedRegex('a regular expression with so many groups inside groups')
  reader.depth++
  const branches: RegexNode[] = []
  do branches.push(readSequence(reader, { verbose, first: first && branches.length === 0 }))
  while (reader.source.accept('|'))
  reader.depth--
  return branches.length === 1 ? branches[0]! : { kind: 'choice', branches }
}

function readSequence(reader: RegexReader, place: RegexPlace): RegexNode {
  const { source } = reader
  const nodes: RegexNode[] = []
  for (let token = source.next; token !== undefined && token !== '|' && token !== ')'; token = source.next) {
    source.take()
    if (place.verbose && /^[ \t-\r]$/.test(token)) continue
    if (place.verbose && token === '#') {
      for (let skipped = source.take(); skipped !== undefined && skipped !== '\n'; ) skipped = source.take()
      continue
    }
    const repeat = readRepeat(source, token)
    if (repeat) {
      nodes.push(repeated(nodes.pop(), repeat, source))
      continue
    }
    const node = readOne(reader, token, { ...place, first: place.first && nodes.length === 0 })
    if (node) nodes.push(node)
  }
  return nodes.length === 1 ? nodes[0]! : { kind: 'sequence', nodes }
}

function readOne(reader: RegexReader, token: string, place: RegexPlace): RegexNode | undefined {
  if (token.startsWith('\\'))
    return readEscape(reader.source, token, (group) => reader.groups.refer(group, reader.source))
  switch (token) {
    case '.':
      return { kind: 'any' }
    case '^':
    case '$':
      return { kind: 'anchor', anchor: token }
    case '[':
      return readSet(reader.source)
    case '(':
      return readExtension(reader, place)
    default:
      return { kind: 'char', point: token.codePointAt(0) ?? 0 }
  }
}

interface Repeat {
  readonly least: number
  readonly most: number
}

// Answers undefined for a brace that is only a brace.
function readRepeat(source: PatternSource, token: string): Repeat | undefined {
  switch (token) {
    case '*':
      return { least: 0, most: Number.POSITIVE_INFINITY }
    case '+':
      return { least: 1, most: Number.POSITIVE_INFINITY }
    case '?':
      return { least: 0, most: 1 }
    case '{':
      return readBraces(source)
    default:
      return undefined
  }
}

function readBraces(source: PatternSource): Repeat | undefined {
  const here = source.position
  if (source.next === '}') return undefined
  const low = source.takeWhile(Number.POSITIVE_INFINITY, /^[0-9]$/)
  const high = source.accept(',') ? source.takeWhile(Number.POSITIVE_INFINITY, /^[0-9]$/) : low
  if (!source.accept('}')) {
    source.seek(here)
    return undefined
  }
  const least = low === '' ? 0 : Number(low)
  const most = high === '' ? Number.POSITIVE_INFINITY : Number(high)
  if (Math.max(least, high === '' ? 0 : most) >= 0xffffffff)
    throw raise('OverflowError', 'the repetition number is too large')
  if (most < least) throw regexError('min repeat greater than max repeat', source.position)
  return { least, most }
}

function repeated(body: RegexNode | undefined, { least, most }: Repeat, source: PatternSource): RegexNode {
  if (!body || body.kind === 'anchor') throw regexError('nothing to repeat', source.position)
  if (body.kind === 'repeat') throw regexError('multiple repeat', source.position)
  const mode = source.accept('?') ? 'lazy' : source.accept('+') ? 'possessive' : 'greedy'
  return { kind: 'repeat', least, most, mode, body }
}
