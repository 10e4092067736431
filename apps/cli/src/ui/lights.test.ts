import { describe, expect, it } from 'vitest'
import type { Happening } from './happening.ts'
import { createLights } from './lights.ts'

const account = 'home'
const nothing = { copied: 0, removed: 0, flagged: 0 }
const started: Happening = { type: 'account-started', account, dryRun: false }
const finished: Happening = {
  type: 'account-finished',
  account,
  counts: { local: nothing, remote: nothing },
  failures: 0,
}

/** An account after these happenings, at noon of its clock. */
function after(...events: readonly Happening[]) {
  const lights = createLights(() => 1000)
  for (const event of events) lights.note(event)
  return lights.accounts[0]
}

describe('createLights', () => {
  it('knows when an account wakes', () => {
    expect(after(started, finished, { type: 'sleeping', account, seconds: 60 })?.wakesAt).toBe(61_000)
    expect(after({ type: 'sleeping', account, seconds: 60 }, { type: 'awake', account })?.wakesAt).toBeUndefined()
  })

  it('still knows it while single folders are synced, and afterwards', () => {
    const sleeping: Happening = { type: 'sleeping', account, seconds: 60 }
    expect(after(started, finished, sleeping, started)?.wakesAt).toBe(61_000)
    const slept = after(started, finished, sleeping, started, finished)
    expect([slept?.wakesAt, [...(slept?.threads.values() ?? [])]]).toEqual([61_000, ['sleeping']])
  })
})
