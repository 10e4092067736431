import { flag, type RegexNode } from './nodes.ts'
import { type RegexPlace, type RegexReader, readAlternatives, TurnedVerbose } from './parse-regex.ts'
import { type PatternSource, regexError } from './pattern-source.ts'

const flagLetters: Readonly<Record<string, number>> = {
  i: flag.ignoreCase,
  L: flag.locale,
  m: flag.multiline,
  s: flag.dotAll,
  x: flag.verbose,
  a: flag.ascii,
  u: flag.unicode,
}

const typeFlags = flag.ascii | flag.locale | flag.unicode

/** Reads what an opening parenthesis begins; undefined for what matches nothing by itself. */
export function readExtension(reader: RegexReader, place: RegexPlace): RegexNode | undefined {
  const { source } = reader
  if (!source.accept('?')) return readCapture(reader, place, undefined)
  const sign = source.take()
  switch (sign) {
    case undefined:
      throw regexError('unexpected end of pattern', source.position)
    case 'P':
      return readNamed(reader, place)
    case ':':
      return closed(reader, {
        kind: 'group',
        index: undefined,
        add: 0,
        remove: 0,
        body: readAlternatives(reader, place.verbose),
      })
    case '#':
      return skipComment(source)
    case '=':
    case '!':
      return readLook(reader, place, sign, false)
    case '<': {
      const direction = source.take()
      if (direction === undefined) throw regexError('unexpected end of pattern', source.position)
      if (direction !== '=' && direction !== '!') throw regexError(`unknown extension ?<${direction}`, source.position)
      return reader.groups.behind(() => readLook(reader, place, direction, true))
    }
    case '(':
      return readConditional(reader, place)
    case '>':
      return closed(reader, { kind: 'atomic', body: readAlternatives(reader, place.verbose) })
    default:
      if (sign === '-' || flagLetters[sign] !== undefined) return readFlags(reader, place, sign)
      throw regexError(`unknown extension ?${sign}`, source.position)
  }
}

function readCapture(reader: RegexReader, place: RegexPlace, name: string | undefined): RegexNode {
  const index = reader.groups.open(name, reader.source)
  const body = readAlternatives(reader, place.verbose)
  const node = closed(reader, { kind: 'group', index, add: 0, remove: 0, body })
  reader.groups.close(index)
  return node
}

function readNamed(reader: RegexReader, place: RegexPlace): RegexNode {
  const { source, groups } = reader
  if (source.accept('<')) return readCapture(reader, place, groupName(source, source.takeUntil('>', 'group name')))
  if (source.accept('=')) {
    const name = groupName(source, source.takeUntil(')', 'group name'))
    return groups.refer(groups.named(name, source), source)
  }
  const sign = source.take()
  throw regexError(sign === undefined ? 'unexpected end of pattern' : `unknown extension ?P${sign}`, source.position)
}

/** Checks that a group may have this name. */
export function groupName(source: Pick<PatternSource, 'isBytes' | 'position'>, name: string): string {
  const isName = source.isBytes ? /^[a-zA-Z_][a-zA-Z0-9_]*$/ : /^[\p{XID_Start}_]\p{XID_Continue}*$/u
  if (!isName.test(name)) throw regexError(`bad character in group name '${name}'`, source.position)
  return name
}

function skipComment(source: PatternSource): undefined {
  for (let token = source.take(); token !== ')'; token = source.take()) {
    if (token === undefined) throw regexError('missing ), unterminated comment', source.position)
  }
  return undefined
}

function readLook(reader: RegexReader, place: RegexPlace, sign: '=' | '!', behind: boolean): RegexNode {
  const body = readAlternatives(reader, place.verbose)
  const node = closed(reader, { kind: 'look', behind, negated: sign === '!', body })
  const isEmpty = body.kind === 'sequence' && body.nodes.length === 0
  return isEmpty && sign === '!' ? { kind: 'fail' } : node
}

function readConditional(reader: RegexReader, place: RegexPlace): RegexNode {
  const { source, groups } = reader
  const name = source.takeUntil(')', 'group name')
  let index: number
  if (/^[0-9]+$/.test(name)) {
    index = Number(name)
    if (index === 0) throw regexError('bad group number', source.position)
    if (index > 0x3fffffff) throw regexError(`invalid group reference ${name}`, source.position)
  } else index = groups.named(groupName(source, name), source)
  groups.condition(index, source)
  const body = readAlternatives(reader, place.verbose)
  const branches = body.kind === 'choice' ? body.branches : [body]
  if (branches.length > 2) throw regexError('conditional backref with more than two branches', source.position)
  return closed(reader, { kind: 'conditional', index, yes: branches[0]!, no: branches[1] })
}

function readFlags(reader: RegexReader, place: RegexPlace, first: string): RegexNode | undefined {
  const { source } = reader
  let sign: string | undefined = first
  let add = 0
  while (sign !== undefined && sign !== ')' && sign !== ':' && sign !== '-') {
    const bit = letterFlag(source, sign)
    add |= bit
    if (bit & typeFlags && (add & typeFlags) !== bit) {
      throw regexError("bad inline flags: flags 'a', 'u' and 'L' are incompatible", source.position)
    }
    sign = source.take()
  }
  if (sign === undefined) throw regexError('missing -, : or )', source.position)
  if (sign === ')') return setWholeFlags(reader, place, add)
  let remove = 0
  if (sign === '-') {
    for (sign = source.take(); sign !== ':'; sign = source.take()) {
      if (sign === undefined) throw regexError('missing flag', source.position)
      const bit = letterFlag(source, sign)
      if (bit & typeFlags) throw regexError("bad inline flags: cannot turn off flags 'a', 'u' and 'L'", source.position)
      remove |= bit
    }
    if (remove === 0) throw regexError('missing flag', source.position)
  }
  if (add & remove) throw regexError('bad inline flags: flag turned on and off', source.position)
  const verbose = (place.verbose || (add & flag.verbose) !== 0) && (remove & flag.verbose) === 0
  return closed(reader, { kind: 'group', index: undefined, add, remove, body: readAlternatives(reader, verbose) })
}

function letterFlag(source: PatternSource, letter: string): number {
  const bit = flagLetters[letter]
  if (bit === undefined) throw regexError('unknown flag', source.position)
  if (source.isBytes ? bit === flag.unicode : bit === flag.locale) {
    throw regexError(`bad inline flags: cannot use '${letter}' flag with this pattern`, source.position)
  }
  return bit
}

function setWholeFlags(reader: RegexReader, place: RegexPlace, add: number): undefined {
  if (!place.first) throw regexError('global flags not at the start of the expression', reader.source.position)
  reader.flags |= add
  if (add & flag.verbose && !place.verbose) throw new TurnedVerbose()
  return undefined
}

function closed(reader: RegexReader, node: RegexNode): RegexNode {
  if (!reader.source.accept(')')) throw regexError('missing ), unterminated subpattern', reader.source.position)
  return node
}
