import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellsOf, cutTo, foldTo } from './cells.ts'
import { type FrameInput, frameOf } from './frame.ts'
import type { AccountLights } from './lights.ts'

const accounts: AccountLights[] = [
  {
    name: 'home',
    wakesAt: undefined,
    threads: new Map([
      ['', 'account' as const],
      ['INBOX', 'copying'],
      ['A', 'folder'],
    ]),
  },
  { name: 'personal', wakesAt: 276_000, threads: new Map([['', 'sleeping' as const]]) },
  { name: 'a very long name', wakesAt: -5, threads: new Map([['', 'idle' as const]]) },
]
const usual: FrameInput = {
  rows: 12,
  columns: 60,
  banner: [' mailtide 1.2.3', 'MIT licence '],
  log: [
    { text: '*** Processing account home', activity: 'connecting' },
    { text: `a folder called \x1b[2J ${'日本'.repeat(20)}`, activity: 'copying' },
    { text: 'ERROR: it broke', activity: 'warning' },
  ],
  question: undefined,
  accounts,
  now: 0,
  isColoured: true,
}
const shown = (input: FrameInput) => `${frameOf(input).rows.join('\n').replaceAll('\x1b', '␛')}\n`

describe('the screen of blinkenlights', () => {
  it('has a banner, the log, and a row of lights for each account', async () => {
    await expect(shown(usual)).toMatchFileSnapshot('golden/screen.txt')
  })

  it('has no colours where they are not wanted', async () => {
    await expect(shown({ ...usual, isColoured: false })).toMatchFileSnapshot('golden/screen.plain.txt')
  })

  it('asks in the log, with the cursor behind the question', () => {
    const { rows, cursor } = frameOf({ ...usual, isColoured: false, log: [], question: 'Password: ' })
    expect(rows[1]).toBe('Password: ')
    expect(cursor).toEqual({ row: 2, column: 11 })
  })

  it('fills the screen exactly, whatever its size and whatever is told', () => {
    const size = fc.integer({ min: 1, max: 40 })
    const text = fc.string({ unit: 'grapheme', maxLength: 120 })
    fc.assert(
      fc.property(size, size, fc.array(text), fc.option(text, { nil: undefined }), (rows, columns, texts, question) => {
        const log = texts.map((line) => ({ text: line, activity: 'folder' as const }))
        const frame = frameOf({ ...usual, rows, columns, log, question, isColoured: false })
        expect(frame.rows).toHaveLength(rows)
        for (const row of frame.rows) {
          // A letter of two cells has no place in a column.
          expect(cellsOf(row.replaceAll(/\x1b\[\d+m/g, ''))).toBeLessThanOrEqual(Math.max(2, columns))
        }
      }),
    )
  })
})

describe('folding', () => {
  it('loses no letter', () => {
    const text = fc.string({ unit: 'grapheme' })
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 20 }), (line, columns) => foldTo(line, columns).join('') === line),
    )
  })

  it.each([
    ['Entwürfe', 8],
    ['日本語', 6],
    ['📁 x', 4],
    ['e\u0301', 1],
    ['𠀀', 2],
  ])('%j takes %d cells', (text, cells) => {
    expect(cellsOf(text)).toBe(cells)
    expect(cutTo(text, cells)).toBe(text)
    expect(cellsOf(cutTo(text, cells - 1))).toBeLessThan(cells)
  })
})
