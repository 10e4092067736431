import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readThroughIni } from './ini-text.ts'

// Whatever `ini` would treat as something other than text, and any text besides.
const awkward = fc.constantFrom(
  '__proto__',
  'constructor',
  'a.b',
  'a\\.b',
  'x[]',
  'true',
  'null',
  '"q"',
  "'q'",
  ';',
  '#',
  '',
)
const text = fc.oneof(
  awkward,
  fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
  fc.string({ unit: fc.constantFrom('<', '>', '%', '"', ' ', '\n') }),
)

describe('readThroughIni', () => {
  it('gives back any section, option and value as it was', () => {
    fc.assert(
      fc.property(text, text, text, (section, option, value) => {
        const read = readThroughIni([{ section, option, value, origin: { file: 'rc' } }])
        expect([...read].map(([name, options]) => [name, [...options]])).toEqual([[section, [[option, value]]]])
      }),
    )
  })

  it('joins sections that stand twice and keeps the last of equal options', () => {
    const origin = { file: 'rc' }
    const read = readThroughIni([
      { section: 'a', option: 'x', value: '1', origin },
      { section: 'b', option: 'x', value: '2', origin },
      { section: 'a', option: 'y', value: '3', origin },
      { section: 'a', option: 'x', value: '4', origin },
    ])
    expect([...(read.get('a') ?? [])]).toEqual([
      ['x', '4'],
      ['y', '3'],
    ])
    expect([...(read.get('b') ?? [])]).toEqual([['x', '2']])
  })
})
