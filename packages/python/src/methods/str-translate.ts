import type { Runtime } from '../runtime.ts'
import { asText, positionals } from '../values/args.ts'
import { isKind } from '../values/attributes.ts'
import { characterOf } from '../values/character.ts'
import { typeName } from '../values/classes.ts'
import { dictOf, getItem, pairsOf } from '../values/dict.ts'
import { raise } from '../values/raised.ts'
import type { Native, Value } from '../values/value.ts'

/** `str.maketrans` */
export const makeTranslation: Native = (runtime, args) => {
  const [first, to, gone] = positionals('maketrans', args, 1, 3)
  if (to === undefined) {
    if (!isKind(first, 'dict')) throw raise('TypeError', 'if you give only one argument to maketrans it must be a dict')
    return dictOf(
      runtime,
      pairsOf(runtime, first).map(([key, value]) => [typeof key === 'string' ? pointOf(key) : key, value] as const),
    )
  }
  const [left, right] = [[...asText(first, 'argument')], [...asText(to, 'argument')]]
  if (left.length !== right.length) {
    throw raise('ValueError', 'the first two maketrans arguments must have equal length')
  }
  const pairs = left.map((character, index): [Value, Value] => [pointOf(character), pointOf(right[index]!)])
  const without =
    gone === undefined
      ? []
      : Array.from(asText(gone, 'argument'), (character): [Value, Value] => [pointOf(character), null])
  return dictOf(runtime, [...pairs, ...without])
}

function pointOf(character: string): bigint {
  const [only, more] = character
  if (only === undefined || more !== undefined)
    throw raise('ValueError', 'string keys in translate table must be of length 1')
  return BigInt(only.codePointAt(0) ?? 0)
}

function mappedCharacter(runtime: Runtime, point: bigint): string {
  if (point < 0n || point > 0x10ffffn) throw raise('ValueError', 'character mapping must be in range(0x110000)')
  return characterOf(runtime, point)
}

/** `text.translate(table)` */
export function translate(runtime: Runtime, text: string, table: Value): string {
  if (!isKind(table, 'dict')) {
    if (isKind(table, 'instance') || isKind(table, 'list') || isKind(table, 'tuple') || typeof table === 'string') {
      return runtime.unsupported('str.translate with a table that is no dict')
    }
    throw raise('TypeError', `'${typeName(table)}' object is not subscriptable`)
  }
  let result = ''
  for (const character of text) {
    const by = getItem(runtime, table, BigInt(character.codePointAt(0) ?? 0))
    if (by === undefined) result += character
    else if (typeof by === 'string') result += by
    else if (typeof by === 'bigint' || typeof by === 'boolean') result += mappedCharacter(runtime, BigInt(by))
    else if (by !== null) throw raise('TypeError', 'character mapping must return integer, None or str')
    runtime.fits(result.length)
  }
  runtime.room(result.length)
  return result
}
