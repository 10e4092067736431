import { raise } from '../values/raised.ts'

/** What stands after the colon of a replacement field: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`. */
export interface Spec {
  readonly fill: string
  readonly align: '<' | '>' | '=' | '^' | undefined
  readonly sign: '+' | '-' | ' ' | undefined
  /** No minus before a zero. */
  readonly plainZero: boolean
  readonly alternate: boolean
  readonly zero: boolean
  readonly width: number
  readonly grouping: ',' | '_' | undefined
  readonly precision: number | undefined
  readonly type: string
}

const grammar = /^(?:([\s\S])?([<>=^]))?([+\- ])?(z)?(#)?(0)?(\p{Nd}+)?([,_])?(?:\.(\p{Nd}+))?([^\d,_.])?$/u

/** Reads a format specification. */
export function parseSpec(text: string): Spec {
  const found = grammar.exec(text)
  if (!found) throw raise('ValueError', 'Invalid format specifier')
  const [, fill, align, sign, plainZero, alternate, zero, width, grouping, precision, type = ''] = found
  return {
    fill: fill ?? (zero !== undefined ? '0' : ' '),
    align: align as Spec['align'],
    sign: sign as Spec['sign'],
    plainZero: plainZero !== undefined,
    alternate: alternate !== undefined,
    zero: zero !== undefined,
    width: decimal(width) ?? 0,
    grouping: grouping as Spec['grouping'],
    precision: decimal(precision),
    type,
  }
}

function decimal(digits: string | undefined): number | undefined {
  if (digits === undefined) return undefined
  if (!/^[0-9]{1,18}$/.test(digits)) throw raise('ValueError', 'Too many decimal digits in format string')
  return Number(digits)
}
