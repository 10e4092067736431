import { describe, expect, it } from 'vitest'
import { untilDisturbed } from './disturbances.ts'

const { signal } = new AbortController()

/** Looks that are late by so many milliseconds each, and find these addresses. */
function disturbedAfter(looks: readonly { readonly late: number; readonly addresses: string }[]) {
  let now = 0
  let look = 0
  return untilDisturbed(
    {
      now: () => now,
      async wait(milliseconds) {
        now += milliseconds + (looks[look]?.late ?? 0)
        look++
        if (look > looks.length) throw new Error('undisturbed')
      },
      addresses: () => looks[look - 1]?.addresses ?? 'a',
    },
    signal,
  )
}

describe('untilDisturbed', () => {
  it('bears that a busy machine is late', async () => {
    const looks = [9000, 0, 9000].map((late) => ({ late, addresses: 'a' }))
    await expect(disturbedAfter(looks)).rejects.toThrow('undisturbed')
  })

  it('notices that the machine slept', async () => {
    const looks = [0, 60_000].map((late) => ({ late, addresses: 'a' }))
    expect(await disturbedAfter(looks)).toBe('this machine was asleep')
  })

  it('notices another network', async () => {
    const looks = ['a', 'a', 'a b'].map((addresses) => ({ late: 0, addresses }))
    expect(await disturbedAfter(looks)).toBe('the network has changed')
  })
})
