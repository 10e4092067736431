import type { Runtime } from '../runtime.ts'
import { lengthOf } from '../values/code-points.ts'
import type { Spec } from './spec.ts'

/** A number in parts: what stands before the digits, the whole digits, and all after them. */
export interface NumberParts {
  readonly sign: string
  /** `0x` and the like. */
  readonly prefix: string
  readonly digits: string
  /** The point and what follows it. */
  readonly rest: string
}

/** A text widened to the width of a specification. */
export function padText(runtime: Runtime, text: string, spec: Spec, align: '<' | '>' | '^'): string {
  const missing = spec.width - lengthOf(text)
  if (missing <= 0) return text
  runtime.room(spec.width)
  const left = align === '<' ? 0 : align === '>' ? missing : Math.floor(missing / 2)
  return spec.fill.repeat(left) + text + spec.fill.repeat(missing - left)
}

/** A number grouped and widened. */
export function padNumber(
  runtime: Runtime,
  { sign, prefix, digits, rest }: NumberParts,
  spec: Spec,
  group: number,
): string {
  const align = spec.align ?? (spec.zero ? '=' : '>')
  const around = sign.length + prefix.length + rest.length
  runtime.room(spec.width)
  const isZeroPadded = spec.fill === '0' && align === '='
  const whole = spec.grouping ? grouped(digits, spec.grouping, group, isZeroPadded ? spec.width - around : 0) : digits
  if (align !== '=') return padText(runtime, sign + prefix + whole + rest, spec, align)
  const missing = Math.max(0, spec.width - around - lengthOf(whole))
  return sign + prefix + spec.fill.repeat(missing) + whole + rest
}

// Zeros that widen the number are grouped as its digits are; a separator never comes first.
function grouped(digits: string, separator: string, size: number, width: number): string {
  const groups: string[] = []
  let left = digits
  let missing = width
  for (;;) {
    const length = Math.min(size, Math.max(left.length, missing, 1))
    groups.unshift(left.slice(-length).padStart(length, '0'))
    left = left.slice(0, -length)
    missing -= length
    if (left === '' && missing <= 0) return groups.join(separator)
    missing -= 1
  }
}
