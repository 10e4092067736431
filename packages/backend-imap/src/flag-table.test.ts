import { noFlags } from '@mailtide/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFlagTable } from './flag-table.ts'

const sets = [noFlags, new Set(['\\Seen']), new Set(['$Work'])]

describe('createFlagTable', () => {
  it('is a map by ascending UID, in whatever order rows come', () => {
    const row = fc.tuple(fc.integer({ min: 1, max: 300 }), fc.constantFrom(...sets))
    fc.assert(
      fc.property(fc.array(row, { maxLength: 200 }), fc.integer({ min: 1, max: 301 }), (rows, from) => {
        const table = createFlagTable()
        for (const [uid, flags] of rows) table.add(uid, flags)
        const expected = [...new Map(rows)].sort((a, b) => a[0] - b[0])
        expect([...table]).toEqual(expected.map(([uid, flags]) => ({ id: String(uid), flags })))
        expect(table.length).toBe(expected.length)
        expect(table.largestUid).toBe(expected.at(-1)?.[0] ?? 0)
        expect(table.countFrom(from)).toBe(expected.filter(([uid]) => uid >= from).length)
        expect(table.has(from)).toBe(expected.some(([uid]) => uid === from))
      }),
    )
  })
})

describe('createFlagTable with labels', () => {
  it('keeps the labels of a message of which flags alone are told again', () => {
    const table = createFlagTable()
    const labels = new Set(['Work'])
    table.add(2, noFlags, labels)
    table.add(1, noFlags, new Set())
    table.add(2, new Set(['\\Seen']))
    expect([...table]).toEqual([
      { id: '1', flags: noFlags, labels: new Set() },
      { id: '2', flags: new Set(['\\Seen']), labels },
    ])
  })
})
