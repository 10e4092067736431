import { MailtideError, type SyncEvent } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { dryRun, names, nothing, pairOf, run } from '../testing/run-events.ts'
import { createEventLines } from './event-lines.ts'
import { createDress, type LinesUi, logLine } from './show-lines.ts'

const { account } = names

/** With a clock that gains 65 seconds at each look. */
function linesFor(events: readonly SyncEvent[]) {
  let time = 0
  const now = () => {
    time += 65_000
    return time
  }
  return events.flatMap(createEventLines(names, { now }))
}

describe('the lines of a run', () => {
  it.each(['ttyui', 'basic', 'quiet'] as const)('in %s', async (ui: LinesUi) => {
    await expect(linesFor(run).map(createDress(ui)).join('')).toMatchFileSnapshot(`golden/run.${ui}.txt`)
  })

  it('of a dry run', async () => {
    await expect(linesFor(dryRun).map(createDress('basic')).join('')).toMatchFileSnapshot('golden/dry-run.basic.txt')
  })

  it('in a log file', async () => {
    const noon = new Date(2026, 0, 2, 12, 3, 4)
    const lines = linesFor(run).map((line) => logLine(line, noon))
    await expect(lines.join('')).toMatchFileSnapshot('golden/run.log.txt')
  })

  it('says that there was nothing to do', () => {
    const counts = { local: nothing, remote: nothing }
    const [summary] = linesFor([{ type: 'account-finished', account, counts, failures: 0 }])
    expect(summary?.text).toBe('home: nothing new')
  })

  it('names the six folders with most changes and sums up the others', () => {
    const finished = Array.from({ length: 9 }, (_, index): SyncEvent => {
      const counts = { local: { ...nothing, copied: index + 1 }, remote: nothing }
      return { type: 'folder-finished', account, folders: pairOf(`F${index + 1}`), counts }
    })
    const counts = { local: { ...nothing, copied: 45 }, remote: nothing }
    const lines = linesFor([...finished, { type: 'account-finished', account, counts, failures: 0 }])
    expect(lines.at(-2)?.text).toBe('home: F9 +9, F8 +8, F7 +7, F6 +6, F5 +5, F4 +4, 3 more folders +6 here')
  })

  it('shows where in the program an error arose only when asked to', () => {
    const error = new MailtideError('x', 'it broke', { scope: 'account', cause: new Error('because') })
    const failed: SyncEvent = { type: 'failed', account, error }
    expect(createEventLines(names, { now: () => 0 })(failed).map(({ text }) => text)).toEqual([
      'it broke (account home)',
    ])
    const told = createEventLines(names, { now: () => 0, showStack: true })(failed)
    expect(told.filter(({ level }) => level === 'debug').map(({ text }) => text)).toEqual(
      expect.arrayContaining(['MailtideError: it broke', 'Error: because', expect.stringMatching(/^\s+at /)]),
    )
  })
})
