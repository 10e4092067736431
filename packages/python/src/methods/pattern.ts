import { lastGroupRegister } from '../regex/program.ts'
import { matchFrom, scanFrom, searchFrom } from '../regex/search.ts'
import type { Runtime } from '../runtime.ts'
import { asCount, bound } from '../values/args.ts'
import { isKind } from '../values/attributes.ts'
import { typeName } from '../values/classes.ts'
import { pointsOf } from '../values/code-points.ts'
import { dictOf } from '../values/dict.ts'
import { fromBytes, toBytes } from '../values/latin1.ts'
import { legacyText } from '../values/legacy-text.ts'
import { raise } from '../values/raised.ts'
import {
  type Args,
  iterator,
  list,
  type MatchValue,
  orElse,
  type PatternValue,
  type Subject,
  tuple,
  type Value,
} from '../values/value.ts'
import { fillTemplate, templateOf } from './expand.ts'
import { groupText, stretch } from './match.ts'
import { addMethods } from './table.ts'

/** Puts the methods of a compiled pattern on its type. */
export function addPatternMethods(): void {
  addMethods('Pattern', (value): value is PatternValue => isKind(value, 'pattern'), {
    match: (runtime, self, args) => matchOnce(runtime, self, args, 'match'),
    fullmatch: (runtime, self, args) => matchOnce(runtime, self, args, 'fullmatch'),
    search: (runtime, self, args) => matchOnce(runtime, self, args, 'search'),
    findall(runtime, self, args) {
      const next = matchesOf(runtime, self, stretchArgs('findall', args))
      const found: Value[] = []
      for (let match = next(); match; match = next()) {
        found.push(foundValue(match))
        runtime.fits(found.length)
      }
      return list(found)
    },
    finditer: (runtime, self, args) =>
      iterator('callable_iterator', matchesOf(runtime, self, stretchArgs('finditer', args))),
    split(runtime, self, args) {
      const [text, most] = bound('split', args, ['string', 'maxsplit'], 1)
      return splitBy(runtime, self, text!, most === undefined ? 0 : asCount(most))
    },
    sub(runtime, self, args) {
      const [replacement, text, count] = bound('sub', args, ['repl', 'string', 'count'], 2)
      return substitute(runtime, self, { replacement: replacement!, text: text!, count: orElse(count, 0n) }).text
    },
    subn(runtime, self, args) {
      const [replacement, text, count] = bound('subn', args, ['repl', 'string', 'count'], 2)
      const done = substitute(runtime, self, { replacement: replacement!, text: text!, count: orElse(count, 0n) })
      return tuple([done.text, done.count])
    },
  })
}

/** `pattern.pattern` and its kin. */
export function patternField(runtime: Runtime, pattern: PatternValue, name: string): Value | undefined {
  switch (name) {
    case 'pattern':
      return pattern.source
    case 'flags':
      return BigInt(pattern.program.flags)
    case 'groups':
      return BigInt(pattern.program.groups)
    case 'groupindex':
      return dictOf(
        runtime,
        Array.from(pattern.program.names, ([group, number]) => [group, BigInt(number)] as const),
      )
    default:
      return undefined
  }
}

interface Stretch {
  readonly text: Value
  readonly from: number
  readonly to: number | undefined
}

function stretchArgs(name: string, args: Args): Stretch {
  const [text, from, to] = bound(name, args, ['string', 'pos', 'endpos'], 1)
  return {
    text: text!,
    from: from === undefined ? 0 : Math.max(0, asCount(from)),
    to: to === undefined ? undefined : Math.max(0, asCount(to)),
  }
}

/** What a pattern is to be matched against. Bytes for a pattern of text are read as Python 2 would have. */
function subjectOf(runtime: Runtime, { program }: PatternValue, value: Value): Subject {
  if (typeof value !== 'string' && !(value instanceof Uint8Array)) {
    throw raise('TypeError', `expected string or bytes-like object, got '${typeName(value)}'`)
  }
  runtime.spend(value.length >> 4)
  if (typeof value !== 'string') {
    return program.isBytes ? { value, points: value } : subjectOfText(legacyText(value))
  }
  if (program.isBytes) throw raise('TypeError', 'cannot use a bytes pattern on a string-like object')
  return subjectOfText(value)
}

function subjectOfText(value: string): Subject {
  return { value, points: pointsOf(value) }
}

function matchOnce(runtime: Runtime, pattern: PatternValue, args: Args, how: 'match' | 'fullmatch' | 'search'): Value {
  const { text, from, to } = stretchArgs(how, args)
  const subject = subjectOf(runtime, pattern, text)
  const end = Math.min(to ?? subject.points.length, subject.points.length)
  const start = Math.min(from, subject.points.length)
  const haystack = { points: subject.points, end }
  const spans =
    how === 'search'
      ? searchFrom(runtime, pattern.program, haystack, start)
      : matchFrom(runtime, pattern.program, haystack, start, how === 'fullmatch')
  return spans ? matchValue(pattern, subject, spans, [start, end]) : null
}

function matchValue(
  pattern: PatternValue,
  subject: Subject,
  spans: readonly number[],
  [from, to]: [number, number],
): MatchValue {
  const lastIndex = spans[lastGroupRegister(pattern.program.groups)]!
  return { kind: 'match', pattern, subject, spans, lastIndex, from, to }
}

function matchesOf(runtime: Runtime, pattern: PatternValue, { text, from, to }: Stretch): () => MatchValue | undefined {
  const subject = subjectOf(runtime, pattern, text)
  const end = Math.min(to ?? subject.points.length, subject.points.length)
  return matchesIn(runtime, pattern, subject, [Math.min(from, subject.points.length), end])
}

function matchesIn(
  runtime: Runtime,
  pattern: PatternValue,
  subject: Subject,
  [from, to]: [number, number],
): () => MatchValue | undefined {
  const next = scanFrom(runtime, pattern.program, { points: subject.points, end: to }, from)
  return () => {
    const spans = next()
    return spans && matchValue(pattern, subject, spans, [from, to])
  }
}

// `findall` answers the whole match, the only group, or a tuple of the groups.
function foundValue(match: MatchValue): Value {
  const { groups, isBytes } = match.pattern.program
  const nothing = isBytes ? new Uint8Array() : ''
  if (groups <= 1) return groupText(match, groups) ?? nothing
  return tuple(Array.from({ length: groups }, (_, index) => groupText(match, index + 1) ?? nothing))
}

function splitBy(runtime: Runtime, pattern: PatternValue, text: Value, most: number): Value {
  const parts: Value[] = []
  const subject = subjectOf(runtime, pattern, text)
  let from = 0
  let left = most
  const next = matchesIn(runtime, pattern, subject, [0, subject.points.length])
  for (let match = next(); match; match = next()) {
    parts.push(stretch(subject, from, match.spans[0]!))
    for (let group = 1; group <= pattern.program.groups; group++) parts.push(groupText(match, group) ?? null)
    runtime.fits(parts.length)
    from = match.spans[1]!
    if (--left === 0) break
  }
  parts.push(stretch(subject, from, subject.points.length))
  return list(parts)
}

interface Substitution {
  readonly replacement: Value
  readonly text: Value
  readonly count: Value
}

function substitute(
  runtime: Runtime,
  pattern: PatternValue,
  { replacement, text, count }: Substitution,
): { text: Value; count: bigint } {
  const subject = subjectOf(runtime, pattern, text)
  const isPlain = typeof replacement === 'string' || replacement instanceof Uint8Array
  const template = isPlain || !isCallable(replacement) ? templateOf(runtime, pattern, replacement) : undefined
  const plainText = (value: string | Uint8Array) => (typeof value === 'string' ? value : fromBytes(value))
  let result = ''
  let from = 0
  let done = 0n
  let left = asCount(count)
  const next = matchesIn(runtime, pattern, subject, [0, subject.points.length])
  for (let match = next(); match; match = next()) {
    result += plainText(stretch(subject, from, match.spans[0]!))
    result += template ? fillTemplate(template, match) : plainText(answered(runtime, pattern, replacement, match))
    runtime.fits(result.length)
    from = match.spans[1]!
    done++
    if (--left === 0) break
  }
  result += plainText(stretch(subject, from, subject.points.length))
  runtime.room(result.length)
  return { text: pattern.program.isBytes ? toBytes(result) : result, count: done }
}

function isCallable(value: Value): boolean {
  return ['function', 'builtin', 'method', 'class', 'instance'].some((kind) => isKind(value, kind as 'function'))
}

// A function that answers None leaves nothing in the place of the match.
function answered(runtime: Runtime, pattern: PatternValue, replacement: Value, match: MatchValue): string | Uint8Array {
  const answer = runtime.call(replacement, [match])
  if (answer === null) return pattern.program.isBytes ? new Uint8Array() : ''
  if (pattern.program.isBytes ? answer instanceof Uint8Array : typeof answer === 'string') {
    return answer as string | Uint8Array
  }
  throw raise('TypeError', `expected str instance, ${typeName(answer)} found`)
}
