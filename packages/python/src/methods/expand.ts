import { parseTemplate, type Template } from '../regex/template.ts'
import type { Runtime } from '../runtime.ts'
import { typeName } from '../values/classes.ts'
import { encode } from '../values/codecs.ts'
import { fromBytes, toBytes } from '../values/latin1.ts'
import { legacyText } from '../values/legacy-text.ts'
import { raise } from '../values/raised.ts'
import type { MatchValue, PatternValue, Value } from '../values/value.ts'
import { groupText } from './match.ts'

/** The replacement that a value spells for this pattern. */
export function templateOf(runtime: Runtime, pattern: PatternValue, value: Value): Template {
  if (typeof value !== 'string' && !(value instanceof Uint8Array)) {
    throw raise('TypeError', `decoding to str: need a bytes-like object, ${typeName(value)} found`)
  }
  runtime.spend(value.length)
  // A replacement of the other kind of string is one that Python 2 would have taken.
  const isBytes = pattern.program.isBytes
  const text = isBytes
    ? fromBytes(typeof value === 'string' ? encode(value, 'utf-8', 'strict') : value)
    : typeof value === 'string'
      ? value
      : legacyText(value)
  return parseTemplate(text, pattern.program)
}

/** A replacement with the groups of a match filled in, bytes as one character a byte. */
export function fillTemplate(template: Template, match: MatchValue): string {
  let text = ''
  for (const piece of template) {
    if (typeof piece === 'string') text += piece
    else {
      const group = groupText(match, piece) ?? ''
      text += typeof group === 'string' ? group : fromBytes(group)
    }
  }
  return text
}

/** `match.expand(template)` */
export function expandTemplate(runtime: Runtime, match: MatchValue, value: Value): Value {
  const text = fillTemplate(templateOf(runtime, match.pattern, value), match)
  runtime.room(text.length)
  return match.pattern.program.isBytes ? toBytes(text) : text
}
