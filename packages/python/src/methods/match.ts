import type { Runtime } from '../runtime.ts'
import { bound, positionals } from '../values/args.ts'
import { isKind } from '../values/attributes.ts'
import { textOf } from '../values/code-points.ts'
import { dictOf } from '../values/dict.ts'
import { raise } from '../values/raised.ts'
import { type MatchValue, type Subject, tuple, type Value } from '../values/value.ts'
import { expandTemplate } from './expand.ts'
import { addMethods } from './table.ts'

/** Puts the methods of a match on its type. */
export function addMatchMethods(): void {
  addMethods('Match', (value): value is MatchValue => isKind(value, 'match'), {
    group(runtime, self, args) {
      const asked = positionals('group', args, 0, Number.POSITIVE_INFINITY)
      if (asked.length === 0) return groupOf(runtime, self, 0n)
      const groups = asked.map((group) => groupOf(runtime, self, group))
      return groups.length === 1 ? groups[0]! : tuple(groups)
    },
    groups(_, self, args) {
      const [otherwise = null] = bound('groups', args, ['default'])
      const numbers = Array.from({ length: self.pattern.program.groups }, (_, index) => index + 1)
      return tuple(numbers.map((number) => groupText(self, number) ?? otherwise))
    },
    groupdict(runtime, self, args) {
      const [otherwise = null] = bound('groupdict', args, ['default'])
      const { names } = self.pattern.program
      return dictOf(
        runtime,
        Array.from(names, ([name, number]) => [name, groupText(self, number) ?? otherwise] as const),
      )
    },
    start: (_, self, args) => BigInt(spanOf(self, positionals('start', args, 0, 1)[0])[0]),
    end: (_, self, args) => BigInt(spanOf(self, positionals('end', args, 0, 1)[0])[1]),
    span: (_, self, args) => tuple(spanOf(self, positionals('span', args, 0, 1)[0]).map(BigInt)),
    expand: (runtime, self, args) => expandTemplate(runtime, self, bound('expand', args, ['template'], 1)[0]!),
  })
}

/** `match.string` and its kin. */
export function matchField(match: MatchValue, name: string): Value | undefined {
  switch (name) {
    case 'string':
      return match.subject.value
    case 're':
      return match.pattern
    case 'pos':
      return BigInt(match.from)
    case 'endpos':
      return BigInt(match.to)
    case 'lastindex':
      return match.lastIndex < 0 ? null : BigInt(match.lastIndex)
    case 'lastgroup':
      return Array.from(match.pattern.program.names).find(([, number]) => number === match.lastIndex)?.[0] ?? null
    default:
      return undefined
  }
}

/** `match[group]` */
export function groupOf(_: Runtime, match: MatchValue, group: Value): Value {
  return groupText(match, groupNumber(match, group)) ?? null
}

function groupNumber(match: MatchValue, group: Value | undefined): number {
  const { groups, names } = match.pattern.program
  if (group === undefined) return 0
  if (typeof group === 'string') {
    const number = names.get(group)
    if (number !== undefined) return number
  } else if (
    (typeof group === 'bigint' || typeof group === 'boolean') &&
    BigInt(group) >= 0n &&
    BigInt(group) <= BigInt(groups)
  ) {
    return Number(group)
  }
  throw raise('IndexError', 'no such group')
}

function spanOf(match: MatchValue, group: Value | undefined): [number, number] {
  const number = groupNumber(match, group)
  return [match.spans[number * 2]!, match.spans[number * 2 + 1]!]
}

/** What a group matched; undefined if it took no part. */
export function groupText(match: MatchValue, number: number): string | Uint8Array | undefined {
  const start = match.spans[number * 2]!
  const stop = match.spans[number * 2 + 1]!
  return start < 0 || stop < 0 ? undefined : stretch(match.subject, start, stop)
}

/** A stretch of a subject, as the kind of value that it is. */
export function stretch({ value, points }: Subject, start: number, stop: number): string | Uint8Array {
  if (points instanceof Uint8Array) return points.slice(start, stop)
  return typeof value === 'string' && value.length === points.length
    ? value.slice(start, stop)
    : textOf(points.slice(start, stop))
}
