import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkFloorPlan, formatBreaches } from './check-floor-plan.ts'
import { readRooms } from './read-rooms.ts'

describe('the packages of this workspace', () => {
  const rooms = readRooms(fileURLToPath(new URL('../../..', import.meta.url)))

  it('are all looked at', () => {
    expect(rooms.map(({ name }) => name)).toContain('@mailtide/contracts')
    expect(rooms.filter(({ sources }) => sources.length > 0).length).toBeGreaterThan(2)
  })

  it('keep to the floor plan', () => {
    expect(formatBreaches(checkFloorPlan(rooms))).toBe('')
  })
})
