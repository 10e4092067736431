import { describe, expect, it } from 'vitest'
import { createGate } from './gate.ts'

describe('createGate', () => {
  it('lets no more pass at once than it is wide, in order, failures included', async () => {
    const gate = createGate(2)
    const begun: number[] = []
    let inside = 0
    let most = 0
    const work = async (number: number) => {
      begun.push(number)
      inside++
      most = Math.max(most, inside)
      await Promise.resolve()
      inside--
      if (number === 2) throw new Error('no luck')
      return number
    }
    const done = await Promise.allSettled([1, 2, 3, 4, 5].map((number) => gate.pass(() => work(number))))
    expect(most).toBe(2)
    expect(begun).toEqual([1, 2, 3, 4, 5])
    expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled'])
  })
})
